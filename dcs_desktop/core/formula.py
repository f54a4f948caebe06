"""Arithmetic and comparison over answers, nothing else.

The whole grammar::

    rule    = sum [("==" | "!=" | "<=" | ">=" | "<" | ">") sum]
    sum     = product {("+" | "-") product}
    product = factor {("*" | "/") factor}
    factor  = number | name | call | "(" sum ")" | "-" factor
    call    = ("abs" | "min" | "max") "(" sum {"," sum} ")"
            | "count" "(" table ["," column "," choice] ")"
            | "prev" "(" name ")"

Numbers are exact decimals. Whatever is not answered makes the whole formula
undetermined (None), and so does a division by zero: a rule about figures
that are not there says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any, Protocol

LONGEST = 1000
DEEPEST = 40
EXACT = Context(prec=60)
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[^\W\d]\w*(?:\.\w+)*)|(?P<sign>==|!=|<=|>=|[-+*/()<>,]))"
)
COMPARISONS = ("==", "!=", "<=", ">=", "<", ">")
CALLS = ("abs", "min", "max", "count", "prev")


class FormulaFault(ValueError):
    """A formula that does not follow the grammar; the text says where."""


class Answered(Protocol):
    """What a formula may ask about a report."""

    def number(self, key: str) -> Decimal | None:
        """The number of a field, None when there is none."""

    def previous(self, key: str) -> Decimal | None:
        """The same field's number in the period compared with."""

    def count(self, table: str, column: str, choice: str) -> int | None:
        """The rows of a table, or of those with this choice in this column."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Name:
    """A field's number."""

    key: str


@dataclass(frozen=True, slots=True)
class Previous:
    """The same field's number in the period compared with."""

    key: str


@dataclass(frozen=True, slots=True)
class Count:
    """The rows of a table, or of those with one choice in one column."""

    table: str
    column: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """abs, min or max of sums."""

    function: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """Two sums joined by +, -, * or /."""

    sign: str
    left: Expression
    right: Expression


Expression = Number | Name | Previous | Count | Call | Operation


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sums that should stand in a relation."""

    sign: str
    left: Expression
    right: Expression


def parse_expression(text: str) -> Expression:
    """The tree of a sum. Raises FormulaFault."""
    reader = _Reader(text)
    expression = reader.sum()
    reader.end()
    return expression


def parse_rule(text: str) -> Comparison:
    """The tree of a comparison. Raises FormulaFault."""
    reader = _Reader(text)
    left = reader.sum()
    sign = reader.take(*COMPARISONS)
    if not sign:
        raise FormulaFault(f"“{text}”: thiếu dấu so sánh (== != <= >= < >)")
    right = reader.sum()
    reader.end()
    return Comparison(sign, left, right)


class _Reader:
    """Walks over the tokens of one formula."""

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise FormulaFault(f"công thức dài quá {LONGEST} ký tự")
        self.text = text
        self.tokens = _tokens(text)
        self.at = 0
        self.depth = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, *wanted: str) -> str:
        token = self.peek()
        if token and token in wanted:
            self.at += 1
            return token
        return ""

    def need(self, wanted: str) -> None:
        if not self.take(wanted):
            raise FormulaFault(f"“{self.text}”: thiếu “{wanted}” trước “{self.peek()}”")

    def end(self) -> None:
        if self.peek():
            raise FormulaFault(f"“{self.text}”: thừa “{self.peek()}”")

    def sum(self) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaFault(f"“{self.text}”: lồng nhau quá {DEEPEST} bậc")
        left = self.product()
        while sign := self.take("+", "-"):
            left = Operation(sign, left, self.product())
        self.depth -= 1
        return left

    def product(self) -> Expression:
        left = self.factor()
        while sign := self.take("*", "/"):
            left = Operation(sign, left, self.factor())
        return left

    def factor(self) -> Expression:
        if self.take("("):
            inner = self.sum()
            self.need(")")
            return inner
        if self.take("-"):
            self.depth += 1
            if self.depth > DEEPEST:
                raise FormulaFault(f"“{self.text}”: lồng nhau quá {DEEPEST} bậc")
            negative = Operation("-", Number(Decimal(0)), self.factor())
            self.depth -= 1
            return negative
        token = self.peek()
        if not token or not (token[0].isalpha() or token[0].isdecimal() or token[0] == "_"):
            raise FormulaFault(f"“{self.text}”: chờ một số hoặc một mã số liệu trước “{token}”")
        self.at += 1
        if token[0].isdecimal():
            return Number(Decimal(token))
        return self.call(token) if token in CALLS and self.take("(") else Name(token)

    def call(self, function: str) -> Expression:
        if function in ("abs", "min", "max"):
            arguments = [self.sum()]
            while self.take(","):
                arguments.append(self.sum())
            self.need(")")
            return Call(function, tuple(arguments))
        names = [self.name()]
        while self.take(","):
            names.append(self.name())
        self.need(")")
        if function == "prev" and len(names) == 1:
            return Previous(names[0])
        if function == "count" and len(names) in (1, 3):
            return Count(*names)
        raise FormulaFault(f"“{self.text}”: {function}(…) nhận số tham số khác")

    def name(self) -> str:
        token = self.peek()
        if not token or not (token[0].isalpha() or token[0] == "_"):
            raise FormulaFault(f"“{self.text}”: chờ một mã trước “{token}”")
        self.at += 1
        return token


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    at = 0
    text = text.rstrip()
    while at < len(text):
        found = TOKEN.match(text, at)
        if not found:
            raise FormulaFault(f"“{text}”: không hiểu ký tự “{text[at:].strip()[:1]}”")
        tokens.append(found["number"] or found["name"] or found["sign"])
        at = found.end()
    return tokens


def value_of(expression: Expression, answered: Answered) -> Decimal | None:
    """The exact number of a sum, None while something in it is not answered."""
    return VALUES[expression.__class__](expression, answered)


def _rows(count: Count, answered: Answered) -> Decimal | None:
    rows = answered.count(count.table, count.column, count.choice)
    return None if rows is None else Decimal(rows)


def _operation(two: Operation, answered: Answered) -> Decimal | None:
    """One frame of Python for each sign: a long sum is deep."""
    left, right = two.left, two.right
    return _combined(
        two.sign, VALUES[left.__class__](left, answered), VALUES[right.__class__](right, answered)
    )


# By the class of an expression, which thousands of reports ask for every formula. Any: each of its class.
VALUES: Mapping[type, Callable[[Any, Answered], Decimal | None]] = {
    Number: lambda number, _answered: number.value,
    Name: lambda name, answered: answered.number(name.key),
    Previous: lambda name, answered: answered.previous(name.key),
    Count: _rows,
    Call: lambda call, answered: _called(call.function, [value_of(one, answered) for one in call.arguments]),
    Operation: _operation,
}


def _called(function: str, numbers: list[Decimal | None]) -> Decimal | None:
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        return None
    return {"abs": lambda: abs(known[0]), "min": lambda: min(known), "max": lambda: max(known)}[function]()


def _combined(sign: str, left: Decimal | None, right: Decimal | None) -> Decimal | None:
    if left is None or right is None or (sign == "/" and right == 0):
        return None
    match sign:
        case "+":
            return EXACT.add(left, right)
        case "-":
            return EXACT.subtract(left, right)
        case "*":
            return EXACT.multiply(left, right)
        case _:
            return EXACT.divide(left, right)


def holds(rule: Comparison, answered: Answered) -> bool | None:
    """Whether the relation holds, None while something in it is not answered.

    What is not answered is at least 0: a rule that no answer could mend any
    more does not wait for it (9 brought to mediation, 12 of them settled).
    """
    left, right = value_of(rule.left, answered), value_of(rule.right, answered)
    if left is None or right is None:
        return False if _beyond_mending(rule, left, right, answered) else None
    match rule.sign:
        case "==":
            return left == right
        case "!=":
            return left != right
        case "<=":
            return left <= right
        case ">=":
            return left >= right
        case "<":
            return left < right
        case _:
            return left > right


def _beyond_mending(
    rule: Comparison, left: Decimal | None, right: Decimal | None, answered: Answered
) -> bool:
    at_least_left, at_least_right = least(rule.left, answered), least(rule.right, answered)
    too_much_left = right is not None and at_least_left is not None and at_least_left > right
    too_much_right = left is not None and at_least_right is not None and at_least_right > left
    match rule.sign:
        case "==":
            return too_much_left or too_much_right
        case "<=" | "<":
            return too_much_left
        case ">=" | ">":
            return too_much_right
        case _:
            return False


def least(expression: Expression, answered: Answered) -> Decimal | None:
    """What a sum of figures is at the least when those not answered are 0 or more; None where that says nothing."""
    known = value_of(expression, answered)
    if known is not None:
        return known
    match expression:
        case Name() | Count():
            return Decimal(0)
        case Operation("+", left, right):
            parts_of_it = least(left, answered), least(right, answered)
            return None if None in parts_of_it else _combined("+", *parts_of_it)
        case _:
            return None


def names(tree: Expression | Comparison) -> tuple[str, ...]:
    """Every field a formula speaks of, each once, in reading order."""
    return tuple(dict.fromkeys(part.key for part in parts(tree) if isinstance(part, Name | Previous)))


def names_now(tree: Expression | Comparison) -> tuple[str, ...]:
    """The fields of this very report that a formula rests on, each once."""
    return tuple(dict.fromkeys(part.key for part in parts(tree) if isinstance(part, Name)))


def counts(tree: Expression | Comparison) -> tuple[Count, ...]:
    """Every count of rows in a formula."""
    return tuple(part for part in parts(tree) if isinstance(part, Count))


def parts(tree: Expression | Comparison) -> Iterator[Expression]:
    """Every part of a formula, depth first."""
    match tree:
        case Comparison(_, left, right):
            yield from parts(left)
            yield from parts(right)
        case Operation(_, left, right):
            yield tree
            yield from parts(left)
            yield from parts(right)
        case Call(_, arguments):
            yield tree
            for argument in arguments:
                yield from parts(argument)
        case _:
            yield tree

"""What a linked figure prints: in a sentence, as a chip, on a line of the annex."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from dcs_desktop.core.citing import citation, is_citation
from dcs_desktop.core.form import Form
from dcs_desktop.core.narrative import Link
from dcs_desktop.core.report import Answers
from dcs_desktop.core.values import BLANK, FieldType, Kind, State, Value, rounded, shown, shown_number

Figures = Mapping[str, Value]
DOTS = "……"
LEADER = "…" * 8


def shown_link(
    link: Link,
    form: Form,
    figures: Figures,
    answers: Answers,
    before: Figures | None = None,
    leading_zero: bool = False,
) -> str:
    """The text a linked figure prints; dots where the figure is not answered.

    ``leading_zero`` is the report's setting for counts under ten, which the
    link's own display overrides. A pair prints "675/450", an issued document
    its citation, short unless the display asks for the full one.
    """
    if is_citation(link.key):
        return citation(form, answers, link.key, full=link.form == "full")
    zero = leading_zero if link.leading_zero is None else link.leading_zero
    if link.form == "count" or link.key in form.tables:
        rows = len(answers.rows.get(link.key, ()))
        return _counted(Decimal(rows), zero) if rows else _nothing(link)
    if link.form == "change":
        return _change(link, figures, before or {})
    figure = form.figures.get(link.key)
    if figure is not None and figure.pair:
        done, target = (figures.get(key, BLANK) for key in figure.base_keys)
        text = f"{_value(link, figure.type, done, zero)}/{_value(link, figure.type, target, zero)}"
        return _with_unit(link, text, figure.type)
    field = form.fields.get(link.key)
    if field is None:
        return _dots(link)
    return _with_unit(link, _value(link, field.type, figures.get(link.key, BLANK), zero), field.type)


def shown_in_sentence(link: Link, form: Form, figures: Figures) -> str:
    """A figure as a message says it."""
    return shown_link(link, form, figures, Answers())


def _value(link: Link, kind: FieldType, value: Value, zero: bool) -> str:
    if not value.answered or value.state is State.PENDING:
        return _dots(link)
    number = value.content
    if value.state is State.NONE:
        return _nothing(link)
    if value.state is not State.GIVEN or not isinstance(number, Decimal):
        return shown(kind, value)
    if link.decimals is not None:
        text = shown_number(number, link.decimals)
    elif kind.kind is Kind.COUNT:
        text = _counted(number, zero)
    else:
        text = shown(kind, value)
    return text + "%" if kind.kind is Kind.PERCENT else text


def _counted(number: Decimal, zero: bool) -> str:
    text = shown_number(number)
    return "0" + text if zero and 0 < number < 10 and "," not in text else text


def _with_unit(link: Link, text: str, kind: FieldType) -> str:
    asked = link.unit and kind.unit and kind.kind is not Kind.PERCENT
    return f"{text} {kind.unit}" if asked and text != "không" else text


def _change(link: Link, figures: Figures, before: Figures) -> str:
    now, then = figures.get(link.key, BLANK).number, before.get(link.key, BLANK).number
    change = change_percent(now, then, 2 if link.decimals is None else link.decimals)
    return _dots(link) if change is None else shown_number(change) + "%"


def _dots(link: Link) -> str:
    return LEADER if link.leader else DOTS


def _nothing(link: Link) -> str:
    return "0" if link.nought else "không"


def change_percent(now: Decimal | None, then: Decimal | None, decimals: int = 2) -> Decimal | None:
    """How much more than before, in percent rounded half up; None without a base."""
    if now is None or then is None or then == 0:
        return None
    return rounded(100 * (now - then) / then, decimals)

"""An increase or decrease against a stated earlier value: "tăng 15 vụ (50%) so với cùng kỳ (45/30)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dcs_desktop.core.prose.figures import Quantity, tolerance
from dcs_desktop.core.prose.finding import Correction, ProseFinding
from dcs_desktop.core.prose.numbers import percent_of, states, written_like
from dcs_desktop.core.prose.ratios import WORD
from dcs_desktop.core.prose.sentences import ABOUT_SIGN, CODE, COUNT, RATIO, SHARE, SIGNS, Sentence
from dcs_desktop.i18n import _

FIGURE = f"[{COUNT}{SHARE}]"
GAP = rf"(?: (?:{WORD}|{CODE})){{0,8}}?"
# "tăng 12 vụ", then perhaps "(40%)", ", tương đương 40%".
CHANGE = re.compile(
    rf"\b(?P<way>tăng|giảm|vượt|cao hơn|thấp hơn|nhiều hơn|ít hơn)(?: thêm| được| trên| bớt)? (?P<by>{FIGURE})"
    rf"(?:(?: {WORD}){{0,3}}?(?: ,)?(?: \(| tương đương(?: với)?| tương ứng(?: với)?| bằng| tức| hay)(?: tăng| giảm)? (?P<share>{SHARE}))?"
)
UP = frozenset({"tăng", "vượt", "cao hơn", "nhiều hơn"})
# The two values after the change: "(45/30 vụ)", "(từ 22 xuống 20)".
AFTER_RATIO = re.compile(rf"{GAP}(?: ,)?(?: \))? ?{GAP} \({GAP} {RATIO}")
AFTER_FROM_TO = re.compile(
    rf"{GAP}(?: ,| \(| :)? ?(?:tăng |giảm )?từ (?P<then>{FIGURE}){GAP} (?:lên|xuống|còn|đến)(?: còn)? (?P<now>{FIGURE})"
)
# The earlier value alone: "so với cùng kỳ (30 vụ)", "so với cùng kỳ năm 2023 là 30 vụ".
AFTER_THEN = re.compile(
    rf"{GAP}(?: \))? ?{GAP} (?:\(|là|:){GAP} ?(?P<then>{FIGURE})(?=(?: {WORD}){{0,3}}(?: [),.;]|$))"
)
BEFORE_FROM_TO = re.compile(
    rf"từ (?P<then>{FIGURE}){GAP} (?:lên|xuống|còn|đến)(?: còn| đến| mức)? (?P<now>{FIGURE}){GAP}(?: ,| \(| ;)? ?(?:{WORD} ){{0,2}}?$"
)
BEFORE_RATIO = re.compile(rf"{RATIO}{GAP}(?: ,| :| \(| ;)?{GAP} ?$")
BEFORE_TWO = re.compile(
    rf"(?P<one>{FIGURE})(?P<first>{GAP}(?: [,;():]| và)*{GAP}) (?P<two>{FIGURE})(?P<last>{GAP})(?: [,;)])*(?: như vậy| tức)?{GAP} ?$"
)
EARLIER = re.compile(rf"cùng kỳ|năm trước|trước|năm {CODE}|năm học|so với|quý|tháng")
AGAINST = re.compile(r"so (?:với|cùng)|cùng kỳ|năm trước|kỳ trước")
PLAN = re.compile(r"kế hoạch|chỉ tiêu|dự toán|nghị quyết")
REACH = 120


@dataclass(frozen=True, slots=True)
class _Values:
    """The two values a change lies between."""

    one: Quantity
    two: Quantity
    inside: bool = False  # written as a ratio, which may also be done and planned

    def base(self, up: bool) -> Quantity:
        """The earlier of both, told by the direction: the lower one of an increase."""
        low, high = sorted((self.one, self.two), key=lambda figure: figure.value)
        return low if up else high

    @property
    def difference(self) -> Decimal:
        return abs(self.one.value - self.two.value)

    @property
    def step(self) -> Decimal:
        """By how much the difference may be off, its figures being rounded."""
        return self.one.step + self.two.step


def changes(sentence: Sentence) -> Iterator[ProseFinding]:
    """Every change of the sentence that its two values do not give."""
    if not re.search("tăng|giảm|hơn|vượt", sentence.skeleton):
        return
    used: set[int] = set()
    for found in CHANGE.finditer(sentence.skeleton):
        by = _figure(sentence, found.start("by"))
        values = _values(sentence, found, by, used)
        used.add(found.start("by"))
        if values is not None:
            yield from _checked(found["way"] in UP, by, values)
            if found["share"]:
                yield from _checked(found["way"] in UP, sentence.shares[found.start("share")], values)
        elif found["share"] and by.unit != "%":
            yield from _alone(sentence, found, by)


def _figure(sentence: Sentence, place: int) -> Quantity:
    return sentence.counts.get(place) or sentence.shares[place]


def _values(sentence: Sentence, found: re.Match[str], by: Quantity, used: set[int]) -> _Values | None:
    """The two values a change is between, if the sentence states both beyond doubt."""
    return _after(sentence, found, by, used) or _before(sentence, found, by)


def _after(sentence: Sentence, found: re.Match[str], by: Quantity, used: set[int]) -> _Values | None:
    skeleton, end = sentence.skeleton, found.end("share") if found["share"] else found.end("by")
    if ratio := AFTER_RATIO.match(skeleton, end):
        pair = sentence.ratios[ratio.end() - 1]
        if by.unit == "%" or pair.counts(by) or by.unit not in _units(pair.left, pair.right):
            return _Values(pair.left, pair.right)
        return None
    if both := AFTER_FROM_TO.match(skeleton, end):
        return _Values(_figure(sentence, both.start("now")), _figure(sentence, both.start("then")))
    then = AFTER_THEN.match(skeleton, end)
    if then is None or not AGAINST.search(skeleton[end : then.end()]):
        return None
    place = then.start("then")
    earlier = _figure(sentence, place)
    used.add(place)
    now = _nearest(sentence, found.start(), earlier, used)
    return None if now is None else _Values(now, earlier)


def _units(*figures: Quantity) -> set[str]:
    return {figure.unit for figure in figures if figure.unit}


def _nearest(sentence: Sentence, before: int, like: Quantity, used: set[int]) -> Quantity | None:
    """The count or percentage of the same unit next before a place."""
    kind = sentence.shares if like.unit == "%" else sentence.counts
    places = [place for place in kind if place < before and place not in used and before - place < REACH]
    fitting = [kind[p] for p in places if kind[p].same_unit(like) and not _aside(sentence.skeleton[p:before])]
    return fitting[-1] if fitting else None


def _aside(text: str) -> bool:
    """Whether what begins a stretch of text stands in brackets that close in it."""
    return text.find(")") >= 0 and not 0 <= text.find("(") < text.find(")")


def _before(sentence: Sentence, found: re.Match[str], by: Quantity) -> _Values | None:
    begin = max(found.start() - REACH, 0)
    before = sentence.skeleton[begin : found.start()]
    if both := _last(BEFORE_FROM_TO, before):
        one, two = (_figure(sentence, begin + both.start(name)) for name in ("now", "then"))
        return _Values(one, two)
    if ratio := _last(BEFORE_RATIO, before):
        return _of_ratio(sentence, found, by, begin + ratio.start())
    two_counts = _last(BEFORE_TWO, before)
    if two_counts is None or not EARLIER.search(two_counts[0]):
        return None
    one, two = (_figure(sentence, begin + two_counts.start(name)) for name in ("one", "two"))
    if not one.same_unit(two) or not (by.unit == "%" or by.same_unit(one)):
        return None
    said_both = re.search(rf"năm {CODE}.*năm {CODE}", sentence.skeleton[: found.start()])
    return _Values(one, two) if said_both or AGAINST.search(two_counts[0]) else None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The match that begins last, for the figures nearest the end."""
    for place in range(len(text) - 1, -1, -1):
        if text[place] in SIGNS or text.startswith("từ ", place):
            if found := pattern.match(text, place):
                return found
            if text[place] in {RATIO, ABOUT_SIGN}:
                return None
    return None


def _of_ratio(sentence: Sentence, found: re.Match[str], by: Quantity, place: int) -> _Values | None:
    """A ratio before the change, if it is now and then and not done and planned."""
    ratio, skeleton = sentence.ratios[place], sentence.skeleton
    up = found["way"] in UP
    end = found.end()
    plan = PLAN.search(skeleton, place, min(end + 40, len(skeleton)))
    planned = found["way"] == "vượt" and plan
    against = AGAINST.search(skeleton, max(place - 60, 0), min(end + 60, len(skeleton)))
    if not planned and (plan or not against):
        return None
    if by.unit != "%" and not ratio.counts(by):
        return None
    if (ratio.left.value > ratio.right.value) != up:
        return None
    return _Values(ratio.left, ratio.right)


def _checked(up: bool, by: Quantity, values: _Values) -> Iterator[ProseFinding]:
    """A finding if the change stated is not the difference of the values, or its percentage."""
    base = values.base(up)
    if by.unit == "%":
        if base.value <= 0 or _is_share(by, values, base):
            return
        points = values.one.unit == "%"
        right = values.difference if points else percent_of(values.difference, base.value, by.decimals)
        computed = written_like(right, by.text) + "%"
    else:
        if values.one.unit == "%" and not by.unit.startswith("điểm"):
            return
        if abs(by.value - values.difference) <= tolerance([by, values.one, values.two]) or (
            by.scale != values.one.scale and by.scale == 1 and by.unit == "đồng"
        ):
            return
        computed = written_like(values.difference / by.scale, by.text)
    yield _finding(by, values, computed)


def _is_share(by: Quantity, values: _Values, base: Quantity) -> bool:
    exact = 100 * values.difference / base.value
    if states(by.value, by.decimals, exact):
        return True
    if values.one.unit == "%" and by.value == values.difference:
        return True
    rounding = 100 * values.step / base.value
    return bool(rounding) and abs(by.value - exact) <= min(rounding, Decimal("0.5"))


def _finding(by: Quantity, values: _Values, computed: str) -> ProseFinding:
    one, two = values.one, values.two
    message = _("Giữa {one} và {two} là {computed}, trong câu ghi {stated}. Đề nghị kiểm tra lại.")
    said = message.format(one=one.text, two=two.text, computed=computed, stated=by.text)
    return ProseFinding(
        min(by.start, one.start, two.start),
        max(by.end, one.end, two.end),
        "change",
        by.text,
        computed,
        said,
        Correction(by.start, by.end, computed),
    )


def _alone(sentence: Sentence, found: re.Match[str], by: Quantity) -> Iterator[ProseFinding]:
    """ "465 triệu đồng, tăng 65 triệu đồng (tăng 20%)": the earlier value follows from the other two."""
    near = re.search(rf"{COUNT}(?: {WORD}){{0,3}}(?: [,(])? ?$", sentence.skeleton[: found.start()])
    if near is None:
        return
    now = sentence.counts[near.start()]
    up = found["way"] in UP
    then = now.value - by.value if up else now.value + by.value
    if not now.same_unit(by) or then <= 0 or now.scale != by.scale:
        return
    earlier = Quantity(
        written_like(then / now.scale, now.text), now.start, now.end, then, now.decimals, now.scale, now.unit
    )
    yield from _checked(up, sentence.shares[found.start("share")], _Values(now, earlier))

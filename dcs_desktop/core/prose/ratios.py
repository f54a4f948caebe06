"""A percentage beside its two figures: "675/450 học viên, đạt 150%", "45 vụ trên tổng số 60 vụ, chiếm 75%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dcs_desktop.core.prose.figures import Quantity, Ratio
from dcs_desktop.core.prose.finding import Correction, ProseFinding
from dcs_desktop.core.prose.numbers import (
    DOUBTFUL,
    WHOLE_GROUPED,
    percent_of,
    states,
    written_like,
)
from dcs_desktop.core.prose.sentences import ABOUT_SIGN, CODE, COUNT, RATIO, SHARE, SIGNS, Sentence
from dcs_desktop.i18n import _

WORD = rf"[^\s{SIGNS}?,;:.()\[\]=]+"
WORDS = rf"(?:(?! (?:tăng|giảm|vượt|còn)\b) (?:{WORD}|{CODE})){{0,12}}?"
IS = r"(?: (?:là|:|được|=|tỷ lệ|tỉ lệ|tỷ trọng|mức|bao phủ))*"
CLAIM = rf"(?: (?:đạt|chiếm|bằng|hoàn thành|tương ứng|tương đương|ứng với|với tỷ lệ|tỷ lệ|tỷ trọng|=))+{IS}"
# What may stand after a percentage that is about the figures beside it.
BASE = r"(?:chỉ tiêu|kế hoạch|kh\b|dự toán|nghị quyết|so|tổng|yêu cầu|mục tiêu|pháp lệnh|diện tích kế|nhu cầu|vốn)"
FREE = rf"(?=$| [,;.:)(\]\-+!?]| (?:và|trong|trên|vượt|tăng|giảm|cao|thấp|theo|năm|với|đúng|nhưng|còn|để|của|do|sau|cả)\b| {BASE})"

RATIO_FIRST = re.compile(
    rf"{RATIO}(?P<what>{WORDS})(?P<aside>(?: ,{WORDS})??)(?P<apart>(?: [,;:(\-])*)(?P<claim>(?:{CLAIM})?) {SHARE}(?P<after>{FREE})?"
)
SHARE_FIRST = re.compile(
    rf"(?P<before>(?:{WORD} ){{0,2}}){SHARE}{WORDS} \((?: (?:tương ứng|tương đương|tức|với|là|bằng|đạt|có|:))*(?! trong đó){WORDS} {RATIO}(?!{WORDS}(?: [,:(])*{CLAIM} {SHARE})"
)
LONE_SHARE = re.compile(rf"(?P<apart>[,(:]?)(?P<claim>{CLAIM}|(?<=\()) {SHARE}(?P<after>{FREE})?")
BASED = re.compile(rf" (?:{BASE}|số|dân)")
WHOLE_AFTER = re.compile(
    rf"{CLAIM} (?P<share>{SHARE})(?: so (?:với|cùng)|(?= (?:dự toán|kế hoạch|chỉ tiêu))){WORDS} (?:\({WORDS}|(?:dự toán|kế hoạch|chỉ tiêu)(?: giao| là| năm)*) ?(?P<count>{COUNT})(?=(?: {WORD}){{0,3}}(?: [),.;]|$))"
)
PART_AFTER = re.compile(
    rf"\b(?:tỷ lệ|chiếm|đạt){WORDS} (?P<share>{SHARE}) \( (?P<count>{COUNT})(?=(?: {WORD}){{0,3}} \))"
)
CHANGE = re.compile(r"\b(?:tăng|giảm|vượt|hơn|thêm|kém|lãi|lãi suất)\b")
PLANNED = re.compile(r"\b(?:kế hoạch|kh|chỉ tiêu|dự toán|giao)\b")
IN_ALL = re.compile(rf"\b(?:tổng số|tổng cộng)\b|{PLANNED.pattern}")
OTHERS = re.compile(rf"[{RATIO}{SHARE}{ABOUT_SIGN};]")


def ratios(sentence: Sentence) -> Iterator[ProseFinding]:
    """Every percentage of the sentence that its two figures do not give."""
    if not sentence.shares:
        return
    told: set[int] = set()
    for found in RATIO_FIRST.finditer(sentence.skeleton):
        share = found[0].index(SHARE) + found.start()
        if _belongs(sentence, found, share):
            told |= {share, found.start()}
            yield from _compared(sentence.ratios[found.start()], sentence.shares[share])
    for found in SHARE_FIRST.finditer(sentence.skeleton):
        share, ratio = found[0].index(SHARE) + found.start(), found.end() - 1
        if not {share, ratio} & told and not CHANGE.search(found["before"]):
            told |= {share, ratio}
            yield from _compared(sentence.ratios[ratio], sentence.shares[share])
    for found in (*WHOLE_AFTER.finditer(sentence.skeleton), *PART_AFTER.finditer(sentence.skeleton)):
        share = found.start("share")
        pair = None if share in told else _told_after(sentence, found)
        if pair is not None:
            told.add(share)
            yield from _of_two(*pair, sentence.shares[share])
    known: Quantity | None = None
    for found in LONE_SHARE.finditer(sentence.skeleton):
        share = found[0].index(SHARE) + found.start()
        pair = None if share in told else _part_and_whole(sentence, found, share, known)
        if pair is not None:
            known = pair[1]
            yield from _of_two(*pair, sentence.shares[share])


def _belongs(sentence: Sentence, found: re.Match[str], share: int) -> bool:
    """Whether a percentage after a ratio is the ratio's: it is said to be, and nothing else is counted by it."""
    apart, claim = found["apart"], found["claim"]
    if not claim and "(" not in apart:
        return False
    ratio, stated = sentence.ratios[found.start()], sentence.shares[share]
    if found["aside"] and ("," not in apart or not claim):
        return False
    exact = 100 * ratio.left.value / ratio.right.value
    if found["after"] is None and not (
        claim.strip().startswith(("chiếm", "bằng")) and "số" in _next(sentence, share)
    ):
        return "(" in apart
    if stated.value == 100 and exact < 100 and not apart:
        return False
    return bool(apart) or exact / 2 < stated.value < exact * 2


def _next(sentence: Sentence, at: int) -> str:
    return sentence.skeleton[at + 1 : at + 5]


def _compared(ratio: Ratio, stated: Quantity) -> Iterator[ProseFinding]:
    left, right = ratio.left, ratio.right
    exact = 100 * left.value / right.value
    if _agrees(stated, left, right):
        return
    doubtful = _doubtful(ratio)
    if doubtful is not None:
        wrong, meant = doubtful
        part, whole = (meant, right.value) if wrong is left else (left.value, meant)
        if states(stated.value, stated.decimals, 100 * part / whole):
            yield _separator(ratio, wrong, stated)
        return
    if exact > 100_000 or exact < Decimal("0.01"):
        return
    yield percent_finding(left, right, stated, f"{left.text}/{right.text}")


def percent_finding(part: Quantity, whole: Quantity, stated: Quantity, figures: str) -> ProseFinding:
    """The finding that a percentage of two figures is stated wrongly; ``figures`` is how the text puts them."""
    right = percent_of(part.value, whole.value, stated.decimals)
    computed = written_like(right, stated.text) + stated.text[len(stated.text.rstrip("%")) :]
    message = _("{figures} là {computed}, trong câu ghi {stated}. Đề nghị kiểm tra lại.")
    places = [part.start, whole.start, stated.start]
    ends = [part.end, whole.end, stated.end]
    return ProseFinding(
        min(places),
        max(ends),
        "ratio",
        stated.text,
        computed,
        message.format(figures=figures, computed=computed, stated=stated.text),
        Correction(stated.start, stated.end, computed),
    )


def _agrees(stated: Quantity, part: Quantity, whole: Quantity) -> bool:
    """Whether the percentage can be that of the figures, amounts taken as rounded to their last place."""
    exact = 100 * part.value / whole.value
    if states(stated.value, stated.decimals, exact):
        return True
    if abs(exact - stated.value) > Decimal("0.5") or whole.value <= whole.step:
        return False
    half = Decimal("0.5").scaleb(-stated.decimals)
    low = 100 * (part.value - part.step) / (whole.value + whole.step)
    high = 100 * (part.value + part.step) / (whole.value - whole.step)
    return part.step + whole.step > 0 and low - half <= stated.value <= high + half


def _doubtful(ratio: Ratio) -> tuple[Quantity, Decimal] | None:
    """The figure of a ratio whose comma seems to stand for a dot, and the number then meant."""
    for one, other in ((ratio.left, ratio.right), (ratio.right, ratio.left)):
        if DOUBTFUL.fullmatch(one.text) and WHOLE_GROUPED.fullmatch(other.text):
            return one, one.value * 1000
    return None


def _separator(ratio: Ratio, wrong: Quantity, stated: Quantity) -> ProseFinding:
    meant = wrong.text.replace(",", ".")
    message = _("“{written}” có thể là “{meant}”: với dấu chấm, {percent} mới đúng. Đề nghị kiểm tra lại.")
    return ProseFinding(
        ratio.start,
        stated.end,
        "separator",
        wrong.text,
        meant,
        message.format(written=wrong.text, meant=meant, percent=stated.text),
        Correction(wrong.start, wrong.end, meant),
    )


def _of_two(part: Quantity, whole: Quantity, stated: Quantity) -> Iterator[ProseFinding]:
    if whole.value <= 0 or _agrees(stated, part, whole):
        return
    exact = 100 * part.value / whole.value
    if exact / 2 < stated.value < 2 * exact:  # else it is a share of something else
        yield percent_finding(part, whole, stated, f"{part.text}/{whole.text}")


def _told_after(sentence: Sentence, found: re.Match[str]) -> tuple[Quantity, Quantity] | None:
    """The figures of "3,6 tỷ đồng, bằng 120% so với năm 2023 (3 tỷ đồng)" or "300 hộ, tỷ lệ nghèo 4% (12 hộ)"."""
    after = sentence.counts[found.start("count")]
    before = [p for p in sentence.counts if p < found.start() and sentence.counts[p].same_unit(after)]
    if not before or found.start() - before[-1] > 80 or CHANGE.search(found[0]):
        return None
    gap = sentence.skeleton[before[-1] : found.start()]
    if OTHERS.search(gap) or CHANGE.search(sentence.skeleton[max(before[-1] - 12, 0) : found.start()]):
        return None
    nearest = sentence.counts[before[-1]]
    if found.re is WHOLE_AFTER:
        return nearest, after
    return (after, nearest) if len(before) == 1 and after.value < nearest.value else None


def _part_and_whole(
    sentence: Sentence, found: re.Match[str], share: int, known: Quantity | None
) -> tuple[Quantity, Quantity] | None:
    """The part and the whole of a percentage of two counts told apart: the whole is a plan or what there is in all.

    ``known`` is the whole of the percentage before. None where it may be of something else.
    """
    if found["after"] is None and "(" not in found["apart"]:
        return None
    clause = max(sentence.skeleton.rfind(sign, 0, found.start()) for sign in (RATIO, ABOUT_SIGN, "?")) + 1
    places = [place for place in sentence.counts if clause <= place < found.start()]
    if (
        len(places) < 2
        or found.start() - places[-1] > 60
        or places[-1] < sentence.skeleton.rfind(";", 0, share)
    ):
        return None
    last = sentence.counts[places[-1]]
    if (
        CHANGE.search(sentence.skeleton[max(places[-1] - 10, 0) : found.start()])
        or SHARE in sentence.skeleton[places[-1] : found.start()]
    ):
        return None
    if _planned(sentence.skeleton, places[-1], places[-2]):
        part = sentence.counts[places[-2]]
        return (part, last) if part.same_unit(last) and len(places) == 2 else None
    wholes = _wholes(sentence, places, found)
    agreeing = [whole for whole in wholes if _agrees(sentence.shares[share], last, whole)]
    if agreeing:
        return last, agreeing[0]
    if known in wholes:
        wholes = [known]
    return (last, wholes[0]) if len(wholes) == 1 else None


def _wholes(sentence: Sentence, places: list[int], found: re.Match[str]) -> list[Quantity]:
    """What the last of some counts may be a share of."""
    skeleton, claim = sentence.skeleton, found["claim"]
    last = sentence.counts[places[-1]]
    based = BASED.match(skeleton, found.end())
    planned = [place for place in places[:-1] if _planned(skeleton, place, -1, PLANNED if based else IN_ALL)]
    if planned and (
        alike := [sentence.counts[place] for place in planned if sentence.counts[place].same_unit(last)]
    ):
        return alike
    if based or ("đạt" in claim and "tỷ lệ" not in claim and "(" not in found["apart"]):
        return []
    wholes = [sentence.counts[place] for place in places[:-1]]
    among = re.search(r"trong đó|,? có", skeleton[places[-2] : places[-1]])
    return [
        whole
        for whole in wholes
        if whole.value >= last.value
        and (whole.same_unit(last) or (among and whole is wholes[-1] and _bare(last)))
    ]


def _bare(quantity: Quantity) -> bool:
    return quantity.unit in {"nữ", "nam", "là", "có"} or quantity.person


def _planned(skeleton: str, place: int, since: int, words: re.Pattern[str] = IN_ALL) -> bool:
    """Whether a count is what was planned or there was in all: the words just before it say so."""
    near = skeleton[max(since + 1, place - 24) : place]
    near = near[max(near.rfind(sign) for sign in (",", ";", "(", COUNT)) + 1 :]
    return bool(words.search(near))

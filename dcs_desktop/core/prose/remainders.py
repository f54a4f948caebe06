"""What is left of a stated whole: "đã giải quyết 71/72 đơn, còn 01 đơn"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from dcs_desktop.core.prose.figures import Quantity, tolerance
from dcs_desktop.core.prose.finding import Correction, ProseFinding
from dcs_desktop.core.prose.numbers import written_like
from dcs_desktop.core.prose.sentences import ABOUT_SIGN, CODE, COUNT, RATIO, Sentence
from dcs_desktop.i18n import _

LEFT = re.compile(
    rf"(?P<lead>[,;(.]|\b(?:và|cuối năm|hiện|nay|số)) (?:còn |hiện |vẫn |số )*còn(?: lại)?(?: là| :| tồn| thiếu)? (?P<left>{COUNT})(?P<tail>[^,;.()]*)"
)
UNSURE = re.compile(rf"\b(?:mỗi|bình quân|trung bình)\b|{ABOUT_SIGN}")
# What is said of things left; "còn 12 hộ nghèo" counts something else.
LEFT_TAIL = re.compile(
    r" (?:đang|chưa|không|chờ|tồn|sẽ|trong|do|vì|quá|trễ|chuyển|tiếp|đề|sót|lại|có|cần|phải|thiếu|xin|gặp|vướng|để|nợ|hoạt|được|bị)\b"
)


def remainders(sentence: Sentence) -> Iterator[ProseFinding]:
    """Every remainder that is not the whole less what the sentence takes from it."""
    if " còn" not in sentence.skeleton:
        return
    groups: dict[int, list[re.Match[str]]] = {}
    for found in LEFT.finditer(sentence.skeleton):
        ratio = max((place for place in sentence.ratios if place < found.start()), default=-1)
        groups.setdefault(ratio, []).append(found)
    for ratio, group in groups.items():
        if ratio >= 0:
            yield from _of_ratio(sentence, ratio, group)
        elif len(group) == 1:
            yield from _of_counts(sentence, group[0])


def _of_ratio(sentence: Sentence, place: int, found: list[re.Match[str]]) -> Iterator[ProseFinding]:
    ratio = sentence.ratios[place]
    left = [sentence.counts[one.start("left")] for one in found]
    between = sentence.skeleton[place : found[0].start("left")]
    if UNSURE.search(between) or not all(ratio.counts(figure) for figure in left):
        return
    if ratio.left.value > ratio.right.value or not all(
        _is_left(one, figure) for one, figure in zip(found, left, strict=True)
    ):
        return
    right = ratio.right.value - ratio.left.value
    step = tolerance([ratio.left, ratio.right, *left])
    if any(abs(total - right) <= step for total in accumulate(figure.value for figure in left)):
        return
    others = sum(figure.value for figure in left[:-1])
    if right > others:
        yield _finding(left[-1], right - others, f"{ratio.right.text} - {ratio.left.text}", ratio.start)


def _is_left(found: re.Match[str], figure: Quantity) -> bool:
    """Whether nothing but the unit follows, or what things left do."""
    tail = found["tail"].split()
    unit = len(figure.unit.split())
    if figure.scale > 1:
        unit += len([word for word in tail[:2] if word in {"nghìn", "triệu", "tỷ"}])
        unit -= 0 if figure.unit in tail[:2] else 1
    rest = " " + " ".join(tail[1:] if unit <= 1 else tail[unit:])
    return not rest.strip() or bool(LEFT_TAIL.search(rest))


def _of_counts(sentence: Sentence, found: re.Match[str]) -> Iterator[ProseFinding]:
    """The whole is the first count of its unit, the others before are taken from it."""
    before = sentence.skeleton[: found.start()]
    left = sentence.counts[found.start("left")]
    counts = [f for p, f in sentence.counts.items() if p < found.start() and f.same_unit(left)]
    if UNSURE.search(before) or RATIO in before or not 2 <= len(counts) <= 4:
        return
    whole, *taken = counts
    step = tolerance([*counts, left])
    possible = {whole.value - total for total in accumulate(figure.value for figure in taken)}
    possible |= {one.value - other.value for one in counts for other in counts}
    if any(abs(value - left.value) <= step for value in possible):
        return
    right = whole.value - sum(figure.value for figure in taken)
    if right <= 0 or len(taken) > 2 or not TAKEN.search(before):
        return
    figures = " - ".join(figure.text for figure in counts)
    yield _finding(left, right, figures, whole.start)


TAKEN = re.compile(
    rf"\b(?:đã|được|giải quyết|thu về|trả lời|hoàn thành|chi|thoát|nhận|trả|xử lý|kiểm tra|giảm|bán|cấp|xong|dùng|thực hiện|đồng ý|tán thành|hiện có|có mặt)\b|trong (?:tổng số )?{COUNT}|{CODE}"
)


def _finding(left: Quantity, right: Decimal, figures: str, start: int) -> ProseFinding:
    computed = written_like(right / left.scale, left.text)
    message = _("{figures} còn {computed}, trong câu ghi còn {stated}. Đề nghị kiểm tra lại.")
    return ProseFinding(
        start,
        left.end,
        "remainder",
        left.text,
        computed,
        message.format(figures=figures, computed=computed, stated=left.text),
        Correction(left.start, left.end, computed),
    )

"""The free-text check: laws on generated statements, and how well it does on sentences it has not seen."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dcs_desktop.core.prose import ProseFinding, check_text

SENTENCES = Path(__file__).parent.parent / "data" / "prose"


@dataclass(frozen=True)
class Score:
    """Findings that are right, findings in all, findings expected."""

    right: int
    found: int
    expected: int

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.expected


def _labelled(part: str) -> list[tuple[str, list[str]]]:
    """The sentences of a part, each with what should be found in it."""
    lines = (SENTENCES / f"{part}.txt").read_text("utf-8").splitlines()
    pairs = [line.partition(" => ") for line in lines if line and not line.startswith("#")]
    return [(sentence, [one for one in wanted.split("; ") if one]) for sentence, _arrow, wanted in pairs]


def _said(finding: ProseFinding) -> str:
    return f"{finding.kind} {finding.stated} -> {finding.computed}"


def _score(labelled: list[tuple[str, list[str]]]) -> Score:
    right = found = expected = 0
    for sentence, wanted in labelled:
        left, said = list(wanted), [_said(finding) for finding in check_text(sentence)]
        for one in said:
            if one in left:
                left.remove(one)
                right += 1
        found, expected = found + len(said), expected + len(wanted)
    return Score(right, found, expected)


@pytest.mark.parametrize("part", ["development", "kept-apart"])
def test_few_false_alarms_and_few_misses(part: str) -> None:
    labelled = _labelled(part)
    score = _score(labelled)
    print(f"{part}: {len(labelled)} sentences, precision {score.precision:.4f}, recall {score.recall:.4f}")  # noqa: T201 -- the figures that docs/prose-check.md gives
    assert score.precision >= 0.97
    assert score.recall >= 0.85


def test_the_labelled_sentences_are_many_and_half_of_them_traps() -> None:
    labelled = _labelled("development") + _labelled("kept-apart")
    traps = [sentence for sentence, wanted in labelled if not wanted]
    assert len({sentence for sentence, _wanted in labelled}) == len(labelled) >= 300
    assert len(traps) * 2 >= len(labelled)


def test_a_finding_says_what_was_computed_and_offers_it() -> None:
    text = "Mở lớp nghề cho 540/400 học viên, đạt 130,5% chỉ tiêu."
    [finding] = check_text(text)
    fixed = finding.correction
    assert (finding.kind, finding.stated, finding.computed) == ("ratio", "130,5%", "135%")
    assert text[finding.start : finding.end] == "540/400 học viên, đạt 130,5%"
    assert text[fixed.start : fixed.end] == "130,5%"
    assert "540/400 là 135%" in finding.message
    assert check_text(text[: fixed.start] + fixed.text + text[fixed.end :]) == ()


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _zero(number: int) -> str:
    return f"{number:02d}" if number < 10 else _grouped(number)


def _percent(part: int, whole: int, decimals: int) -> Decimal:
    place = Decimal(1).scaleb(-decimals)
    return (Decimal(100) * part / whole).quantize(place, rounding=ROUND_HALF_UP)


def _written(percent: Decimal) -> str:
    whole, _point, rest = f"{percent:f}".partition(".")
    return _grouped(int(whole)) + (f",{rest}" if rest else "") + "%"


def _short(percent: Decimal) -> str:
    text = _written(percent)[:-1]
    return (text.rstrip("0").rstrip(",") if "," in text else text) + "%"


WAYS = (
    "Trong năm đã giải quyết {a}/{b} hồ sơ, đạt {p}.",
    "Hội viên tham gia: {a}/{b} hội viên (chiếm tỷ lệ {p}).",
    "Tỷ lệ hộ tham gia là {p} ({a}/{b} hộ).",
    "Có {a} vụ trên tổng số {b} vụ hòa giải thành, đạt tỷ lệ {p}.",
)
NUMBERS = st.integers(5, 99_999).filter(lambda number: not 1900 <= number <= 2100)
WRITTEN = st.sampled_from([str, _grouped, _zero])


@given(NUMBERS, NUMBERS, st.integers(0, 2), st.sampled_from(WAYS), WRITTEN)
def test_a_right_statement_gives_no_finding(
    part: int, whole: int, decimals: int, way: str, written: Callable[[int], str]
) -> None:
    part = min(part, whole)
    stated = _percent(part, whole, decimals)
    text = way.format(a=written(part), b=written(whole), p=_written(stated))
    assert check_text(text) == ()


@given(NUMBERS, NUMBERS, st.integers(0, 2), st.sampled_from(WAYS), WRITTEN, st.integers(2, 9))
def test_a_wrong_statement_gives_exactly_its_finding(
    part: int, whole: int, decimals: int, way: str, written: Callable[[int], str], off: int
) -> None:
    part, whole = min(part, whole), max(part, whole)
    right = _percent(part, whole, decimals)
    stated = right + off * Decimal(1).scaleb(-decimals)
    assume(right > 20 and stated != 100)
    text = way.format(a=written(part), b=written(whole), p=_written(stated))
    assert [_said(finding) for finding in check_text(text)] == [
        f"ratio {_written(stated)} -> {_short(right)}"
    ]


PIECES = st.sampled_from(
    ["tăng", "giảm", "còn", "gồm", "trong đó", "tổng cộng", "đạt", "chiếm", "tỷ lệ", "so với cùng kỳ", "vụ", "tỷ", "triệu",
     "5/4", "0/0", "07", "1.250,5", "1.250,5.3", "12%", "%", "(", ")", ";", ",", ".", "\n", "/", "2024", "từ", "lên", "٣", "🙂",
     "99999999999999999999", "\ue000", "…", "và", "kế hoạch"]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=60).map(" ".join))
def test_any_text_is_checked_and_every_offset_points_at_what_is_stated(text: str) -> None:
    for finding in check_text(text):
        fixed = finding.correction
        assert text[fixed.start : fixed.end] == finding.stated
        assert finding.start <= fixed.start < fixed.end <= finding.end <= len(text)


@pytest.mark.parametrize("piece", ["1234567/", "1/2 ", "1.111", "9"])
def test_a_megabyte_of_digits_and_slashes_takes_less_than_a_second(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    began = time.perf_counter()
    assert check_text(text) == ()
    assert time.perf_counter() - began < 1


def test_ten_times_the_text_takes_about_ten_times_as_long() -> None:
    text = " ".join(sentence for sentence, _wanted in _labelled("development")[:60])

    def took(times: int) -> float:
        began = time.perf_counter()
        check_text(text * times)
        return time.perf_counter() - began

    once = min(took(2) for _try in range(3))
    assert took(20) < 30 * once

"""Pictures of figures: readable at any number of units, what is missing drawn as missing, told apart without colour."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import pairwise

import pytest

from dcs_desktop.core.combine import combine
from dcs_desktop.core.comparing import Before, Compared, compared
from dcs_desktop.core.picture import Look, Picture, of_change, of_counts, of_units
from dcs_desktop.core.picture_layout import Drawing, drawn
from dcs_desktop.core.report import Answers
from dcs_desktop.core.values import NONE, given
from dcs_desktop.printing.pictures import EDGES, FILLS
from dcs_desktop.printing.unit_pictures import PAPER
from dcs_desktop.ui.look import DARK, LIGHT, Colours
from tests.printing import many_units

LINE = 13.0


def _plan(picture: Picture, width: float = 500.0) -> Drawing:
    return drawn(picture, width, LINE, lambda words: 5.0 * len(words))


def test_units_stand_by_size_and_one_without_a_number_last_as_missing() -> None:
    parts = [("Xã A", Decimal(12)), ("Xã B", None), ("Xã C", Decimal(1640)), ("Xã D", Decimal(0))]
    picture = of_units("Số vụ", parts, PAPER, "vụ")
    assert [(bar.label, bar.said, bar.look) for bar in picture.bars] == [
        ("Xã C", "1.640", Look.NOW),
        ("Xã A", "12", Look.NOW),
        ("Xã D", "0", Look.NOW),
        ("Xã B", "chưa có", Look.MISSING),
    ]
    assert [tick.label for tick in picture.ticks] == ["0", "500", "1.000", "1.500", "2.000"]
    assert picture.bars[0].length == pytest.approx(0.82)
    assert picture.told == (
        "Số vụ (vụ). Xã C: 1.640; Xã A: 12; Xã D: 0; Xã B: chưa có. "
        "Gồm 3/4 đơn vị; các đơn vị khác chưa có số liệu."
    )


@pytest.mark.parametrize("units", [21, 168, 3321])
def test_more_units_than_can_be_read_are_counted_by_size_and_none_is_lost(units: int) -> None:
    chance = random.Random(units)
    parts = [
        (f"Xã {n}", Decimal(int(chance.lognormvariate(5, 1.2))) if n % 16 else None) for n in range(units)
    ]
    picture = of_units("Số vụ", parts, PAPER)
    assert len(picture.bars) <= 12
    counts = [int(bar.said.split()[0].replace(".", "")) for bar in picture.bars]
    assert sum(counts) == units
    assert picture.bars[-1].look is Look.MISSING
    assert counts[-1] == sum(number is None for _name, number in parts)
    assert "/" in picture.note


def test_a_change_names_both_periods_and_who_is_compared() -> None:
    picture = of_change("So", ("2023", Decimal(40)), ("2024", Decimal(50)), "Chỉ tính 3/5 đơn vị.", PAPER)
    assert [(bar.label, bar.said, bar.look) for bar in picture.bars] == [
        ("2023", "40", Look.LAST),
        ("2024", "50", Look.NOW),
    ]
    assert "Chỉ tính 3/5 đơn vị." in picture.told


def test_only_units_with_both_periods_are_compared() -> None:
    form = many_units.form(8)
    now = {"a": Answers({"s0": given(10)}), "b": Answers({"s0": given(7)}), "c": Answers({})}
    last = {"a": Answers({"s0": given(8)}), "b": Answers({}), "c": Answers({"s0": given(99)})}

    def before(said: dict[str, Answers]) -> Before:
        return Before(combine(form, said, "abc"), "2023", "2024")

    found = compared(combine(form, now, "abc"), before(last), "s0")
    assert found == Compared(1, 3, Decimal(8), Decimal(10), 1)
    assert found.percent == 25
    assert compared(combine(form, now, "abc"), before(last), "s7") is None
    nothing = {"a": Answers({"s0": NONE})}
    from_nothing = compared(combine(form, now, "abc"), before(nothing), "s0")
    assert from_nothing is not None
    assert from_nothing.percent is None


def test_everything_stands_on_the_plane_and_no_marks_touch() -> None:
    parts = [(f"Xã có tên rất là dài số {n}", Decimal(10) ** (n % 19) if n % 4 else None) for n in range(20)]
    plan = _plan(of_units("Một tên số liệu dài " * 8, parts, PAPER, "triệu đồng"))
    for said in plan.words:
        long = 5.0 * len(said.words)
        left = {"left": said.x, "right": said.x - long, "middle": said.x - long / 2}[said.align]
        assert left >= -30
        assert left + long <= plan.width + 30
        assert 0 < said.y < plan.height
    assert all(box.x >= 0 and box.x + box.width <= plan.width for box in plan.boxes)
    marks = [said for said in plan.words if said.align == "middle"]
    assert all(
        one.x + 2.5 * len(one.words) < other.x - 2.5 * len(other.words) for one, other in pairwise(marks)
    )


def test_nothing_at_all_is_a_picture_too() -> None:
    assert [bar.said for bar in of_units("Số", [("Xã A", None)], PAPER).bars] == ["chưa có"]
    assert _plan(of_units("Số", [], PAPER)).boxes == ()
    assert [
        bar.said for bar in of_counts("Nộp", [("Đã nhận", 1), ("Chưa nhận", 2)], frozenset(), PAPER).bars
    ] == [
        "1 (33,3%)",
        "2 (66,7%)",
    ]


def _linear(colour: str) -> tuple[float, float, float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def _deutan(colour: str) -> tuple[float, float, float]:
    """As seen without green cones (Machado, Oliveira, Fernandes 2009, severity 1.0)."""
    red, green, blue = _linear(colour)
    return (
        0.367322 * red + 0.860646 * green - 0.227968 * blue,
        0.280085 * red + 0.672501 * green + 0.047413 * blue,
        -0.011820 * red + 0.042940 * green + 0.968881 * blue,
    )


def _grey(colour: str) -> tuple[float, float, float]:
    red, green, blue = _linear(colour)
    lightness = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return lightness, lightness, lightness


def _contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    lights = [0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2] for c in (one, other)]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize("seen", [_linear, _deutan, _grey], ids=["usual", "deuteranopia", "greyscale"])
def test_bars_stand_out_on_paper_however_they_are_seen(seen: object) -> None:
    assert callable(seen)
    white = seen("#FFFFFF")
    assert all(_contrast(seen(edge), white) >= 3 for edge in EDGES.values())
    assert _contrast(seen(FILLS[Look.NOW]), seen(FILLS[Look.LAST])) >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("seen", [_linear, _deutan, _grey], ids=["usual", "deuteranopia", "greyscale"])
def test_bars_stand_out_in_the_window_however_they_are_seen(seen: object, theme: Colours) -> None:
    assert callable(seen)
    ground = seen(theme.surface)
    assert all(_contrast(seen(colour), ground) >= 3 for colour in (theme.accent, theme.muted))
    assert _contrast(seen(theme.accent), seen(theme.accent_soft)) >= 3

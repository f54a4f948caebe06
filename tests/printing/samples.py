"""A small report and its letterheads, for the tests of paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from dcs_desktop.core.building import build
from dcs_desktop.core.form import Form
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Answers, Identity, Letterhead, Report, Row, UnitName
from dcs_desktop.core.template_file import read_template
from dcs_desktop.core.values import NONE, Coverage, State, Value, given
from dcs_desktop.core.wording import places_for
from dcs_desktop.printing import Printed, render_report

TEMPLATES = Path(__file__).parent.parent / "data" / "templates"
COMMUNE = UnitName("31426", "GSO-2024", "Xã Phương Bình", "xã", "Huyện Phụng Hiệp")
DISTRICT = UnitName("934", "GSO-2024", "Huyện Phụng Hiệp", "huyện")
YEAR = Period.parse("2024")

SENTENCE = (
    "Ủy ban nhân dân xã niêm yết đủ mười một nội dung tại trụ sở, phát thanh ba kỳ mỗi tuần "
    "và ghi lại từng ý kiến của bà con để trả lời trong buổi họp gần nhất. "
)

STATE = Letterhead(
    layout="state",
    superior_body="Ủy ban nhân dân huyện Phụng Hiệp",
    issuing_body="Ủy ban nhân dân xã Phương Bình",
    number="5",
    series="BC-UBND",
    place="Phương Bình",
    day=date(2024, 2, 5),
    addressees=("Ủy ban nhân dân huyện Phụng Hiệp",),
    recipients=("Như trên", "Thường trực Đảng ủy xã", "Lưu: VT"),
    signing=("TM. Ủy ban nhân dân", "Chủ tịch"),
    signatory="Nguyễn Văn A",
)
PARTY = replace(
    STATE,
    layout="party",
    superior_body="Đảng bộ huyện Phụng Hiệp",
    issuing_body="Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở",
    number="45",
    series="BC/BCĐ",
    day=date(2024, 6, 9),
    addressees=(),
    recipients=("Thường trực Huyện ủy", "Lưu Văn phòng"),
    signing=("K/T Trưởng Ban", "Phó Trưởng Ban"),
)

ANSWERS = Answers(
    {
        "hoa_giai.tiep_nhan": given(1640),
        "hoa_giai.dua_ra": given(40),
        "hoa_giai.thanh": given(8),
        "nha_van_hoa": given(True),
        "cong_trai": given(False),
        "III.1.e": given("Trong năm, các tổ hòa giải họp đều. " + SENTENCE * 3),
        "III.1.g": given(SENTENCE * 2),
        "IV.1": given(SENTENCE * 3),
    },
    {"mo_hinh": (Row("r1", {"ten": given("Tổ tự quản ấp Thạnh Lợi"), "van_ban": given("125/KH-UBND")}),)},
)


@cache
def form(template: str = "paper", level: str = "commune") -> Form:
    """The form of one of the templates of the tests."""
    data = (TEMPLATES / f"{template}.toml").read_bytes()
    read = read_template(data, template, lambda _reference: (TEMPLATES / "small.toml").read_bytes())
    unit = COMMUNE if level == "commune" else DISTRICT
    return build(read, level, YEAR.kind, places_for(read.places, level, unit, DISTRICT, YEAR, {}))


def report(letterhead: Letterhead, answers: Answers = ANSWERS) -> Report:
    """The report of the commune with these answers under this letterhead."""
    return Report(Identity(COMMUNE, DISTRICT, YEAR, "commune", "giay@2024"), answers, letterhead)


def printed(letterhead: Letterhead = STATE, answers: Answers = ANSWERS, template: str = "paper") -> Printed:
    """What comes out of the printer."""
    return render_report(report(letterhead, answers), form(template))


def told(texts: Mapping[str, str], answers: Answers = ANSWERS) -> Answers:
    """The answers with these narratives by item."""
    for item, text in texts.items():
        answers = answers.with_value(item, given(text))
    return answers


def nothing(key: str) -> Answers:
    """The answers with a figure that did not occur."""
    return ANSWERS.with_value(key, NONE)


def partly(key: str, number: int, covered: int, expected: int) -> Answers:
    """The answers with a total of some of the units only."""
    total = Value(State.GIVEN, given(number).content, coverage=Coverage(covered, expected))
    return ANSWERS.with_value(key, total)

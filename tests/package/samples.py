"""A small report and its template, for the tests of packages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Answers, Identity, Letterhead, Report, Row, UnitName
from dcs_desktop.core.template import Template
from dcs_desktop.core.template_file import read_template
from dcs_desktop.core.values import NONE, NOT_APPLICABLE, State, Value, given, pending, with_note

SMALL = Path(__file__).parent.parent / "data" / "templates" / "small.toml"
COMMUNE = UnitName("31426", "GSO-2024", "Xã Phương Bình", "xã", "Huyện Phụng Hiệp")
DISTRICT = UnitName("934", "GSO-2024", "Huyện Phụng Hiệp", "huyện")

TEMPLATE: Template = read_template(SMALL.read_bytes(), "small", lambda _reference: None)

REPORT = Report(
    Identity(COMMUNE, DISTRICT, Period.parse("2024"), "commune", TEMPLATE.reference),
    Answers(
        {
            "hoa_giai.tiep_nhan": with_note(given(412), "Sổ theo dõi"),
            "hoa_giai.dua_ra": pending("=chưa tổng hợp xong"),
            "hoa_giai.thanh": NONE,
            "giam_sat.done": Value(State.GIVEN, Decimal(1640)),
            "III.1.e": given('Đã **hòa giải**, gồm:\n- "việc" thứ nhất, {hoa_giai.thanh}\n- việc thứ hai'),
        },
        {
            "mo_hinh": (
                Row("r2", {"ten": given('=HYPERLINK("http://x")')}),
                Row("r1", {"ten": given("'Tổ tự quản, ấp\nThạnh Lợi")}),
                Row("r3", {"ten": NOT_APPLICABLE}),
                Row("r4"),
            )
        },
        {"coverage": "Đã đối chiếu"},
    ),
    Letterhead(number="12", day=date(2024, 12, 5), signatory="Nguyễn Văn A", places={"thon": "ấp"}),
)

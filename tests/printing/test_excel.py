"""The Excel workbook: states as words, numbers as numbers, totals as formulas that come to the program's own."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given as law
from hypothesis import settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from dcs_desktop import template_library
from dcs_desktop.core.building import build
from dcs_desktop.core.by_unit import ByUnit, UnitLine, by_unit
from dcs_desktop.core.combine import combine
from dcs_desktop.core.form import Form, Role, RollUp
from dcs_desktop.core.period import Period, PeriodKind
from dcs_desktop.core.report import Answers, Identity, Letterhead, Report, Row, UnitName
from dcs_desktop.core.values import ADDITIVE, BLANK, NONE, NOT_APPLICABLE, Kind, State, Value, given, pending
from dcs_desktop.printing.excel import excel_workbook, units_workbook

YEAR = Period(2024)
FORM: Form = build(template_library.template("dcs@2024"), "commune", PeriodKind.YEAR, {})
RECEIVED, INTO = "hoa_giai.tiep_nhan", "hoa_giai.dua_ra"
UNITS = tuple(UnitLine(f"{number:05}@GSO-2024", f"Xã số {number}", "received") for number in range(1, 5))
SUMMED = [
    f.key
    for f in FORM.fields.values()
    if f.role is Role.ENTERED and f.type.kind in ADDITIVE and FORM.figures[f.figure].roll_up is RollUp.SUM
]

Sheet = Sequence[Sequence[object]]


def below(answers: list[Answers], units: tuple[UnitLine, ...] = UNITS) -> ByUnit:
    said = {unit.identity: each for unit, each in zip(units, answers, strict=True)}
    return by_unit(combine(FORM, said, [unit.identity for unit in units]), units, said)


def workbook(of: ByUnit) -> bytes:
    return units_workbook("Huyện Mẫu", YEAR, of)


def sheets(data: bytes) -> dict[str, Sheet]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def column(data: bytes, key: str) -> list[object]:
    """The cells under a key: one a unit, the total, the coverage."""
    for sheet in sheets(data).values():
        if len(sheet) > 5 and key in sheet[4]:
            place = sheet[4].index(key)
            return [row[place] for row in sheet[5:]]
    raise KeyError(key)


def formulas(data: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(data)) as parts:
        names = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        return [found for name in names for found in re.findall(r"<f>(.*?)</f>", parts.read(name).decode())]


def test_each_state_is_told_and_only_numbers_count() -> None:
    states = [given(12), NONE, pending("Chờ công an xã"), NOT_APPLICABLE]
    data = workbook(below([Answers({RECEIVED: value}) for value in states]))
    assert column(data, RECEIVED) == [12.0, 0.0, "chưa có số liệu", "không áp dụng", 12.0, "2/3"]


def test_a_total_is_a_formula_over_the_cells_of_the_units() -> None:
    data = workbook(below([Answers({RECEIVED: given(5)}) for _unit in UNITS]))
    wanted = (
        r"IF\(COUNT\('Đơn vị III\.1'!\$([A-Z]+)\$6:\$\1\$9\)=0,\"\",SUM\('Đơn vị III\.1'!\$\1\$6:\$\1\$9\)\)"
    )
    found = [said.replace("&quot;", '"').replace("&apos;", "'") for said in formulas(data)]
    assert sum(re.fullmatch(wanted, said) is not None for said in found) > 20


def test_a_ratio_is_one_of_sums_over_the_units_that_have_both() -> None:
    pair = next(f for f in FORM.figures.values() if f.pair and f.roll_up is RollUp.SUM)
    done, target = pair.base_keys
    said = [{done: given(1), target: given(4)}, {done: given(8), target: given(6)}, {done: given(90)}, {}]
    data = workbook(below([Answers(each) for each in said]))
    *_units, total, covered = column(data, f"{pair.id}.percent")
    assert total == pytest.approx(90.0)  # (1 + 8) / (4 + 6), without the unit that has no plan
    assert covered == "2/4"
    assert any("SUMPRODUCT" in formula and formula.startswith("IFERROR") for formula in formulas(data))


def test_nothing_of_the_content_becomes_a_formula_or_a_link() -> None:
    text = next(f for f in FORM.fields.values() if f.type.kind is Kind.TEXT and f.role is Role.ENTERED)
    hostile = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "http://example.vn"]
    units = tuple(replace(unit, name=word) for unit, word in zip(UNITS, hostile, strict=True))
    answers = [Answers({text.key: given(word), RECEIVED: given(3)}) for word in hostile]
    data = workbook(below(answers, units))
    names = [row[1] for row in sheets(data)["Đơn vị III.1"][5:9]]
    assert names == hostile
    assert not any("cmd" in formula or formula == "1+1" for formula in formulas(data))
    with zipfile.ZipFile(BytesIO(data)) as parts:
        assert not any(
            "hyperlink" in parts.read(name).decode("utf-8", "replace") for name in parts.namelist()
        )


def test_a_number_too_long_for_a_spreadsheet_keeps_every_digit_as_a_text() -> None:
    long = Decimal(10) ** 18 + 7
    data = workbook(
        below([Answers({RECEIVED: given(n)}) for n in (long, Decimal(1), Decimal(2), Decimal(3))])
    )
    assert column(data, RECEIVED)[0] == "1.000.000.000.000.000.007"
    assert column(data, RECEIVED)[4] == "1.000.000.000.000.000.013"
    said = [row[1] for row in sheets(data)["Bìa"] if row[0] == "Không có công thức"]
    assert FORM.fields[RECEIVED].label in str(said)


def test_units_that_have_not_filed_are_named_on_the_cover() -> None:
    units = (*UNITS[:3], replace(UNITS[3], state="not_received", late=True))
    data = workbook(below([Answers({RECEIVED: given(1)})] * 3 + [Answers()], units))
    cover = {str(row[0]): str(row[1]) for row in sheets(data)["Bìa"]}
    assert cover["Đã nhận báo cáo"] == "3/4 đơn vị"
    assert cover["Chưa nhận"] == "Xã số 4"
    assert sheets(data)["Đơn vị III.1"][8][2] == "chưa nhận, quá hạn"
    assert column(data, RECEIVED)[-1] == "3/4"


def test_the_same_content_gives_the_same_bytes() -> None:
    answers = [Answers({RECEIVED: given(7)}) for _unit in UNITS]
    assert workbook(below(answers)) == workbook(below(answers))


def own_report(answers: Answers) -> bytes:
    unit = UnitName("31426", "GSO-2024", "Xã Phương Bình", "xã")
    identity = Identity(
        unit, UnitName("934", "GSO-2024", "Huyện Phụng Hiệp", "huyện"), YEAR, "commune", "dcs@2024"
    )
    return excel_workbook(Report(identity, answers, Letterhead()), FORM)


def test_the_reports_own_figures_stand_with_their_percentage_as_a_formula() -> None:
    pair = next(f for f in FORM.figures.values() if f.pair)
    done, target = pair.base_keys
    data = own_report(Answers({done: given(675), target: given(450)}))
    row = next(row for row in sheets(data)["Số liệu"] if row[1] == pair.id)
    assert row[4:7] == [675.0, 450.0, 150.0]
    assert any(formula.startswith("IF(AND(ISNUMBER(E") for formula in formulas(data))


def test_a_table_has_a_sheet_and_a_long_text_says_that_it_was_cut() -> None:
    table = next(t for t in FORM.tables.values() if any(c.type.kind is Kind.TEXT for c in t.columns))
    words = next(c for c in table.columns if c.type.kind is Kind.TEXT)
    rows = (Row("r1", {words.id: given("=2+2")}), Row("r2", {words.id: given("a" * 33_000)}))
    data = own_report(Answers(rows={table.id: rows}))
    name = next(n for n, s in sheets(data).items() if s and s[0] and s[0][0] == table.label)
    place = [c.id for c in table.columns].index(words.id)
    assert len(name) <= 31
    assert [row[place] for row in sheets(data)[name]][2] == "=2+2"
    assert str([row[place] for row in sheets(data)[name]][3]).endswith(
        "… (còn 1000 ký tự, xem trong báo cáo)"
    )


VALUES: st.SearchStrategy[Value] = st.one_of(
    st.just(BLANK),
    st.just(NONE),
    st.just(NOT_APPLICABLE),
    st.just(pending("Chờ số liệu")),
    st.integers(1, 10**9).map(given),
)


@settings(deadline=None, max_examples=12)
@law(st.lists(st.dictionaries(st.sampled_from(SUMMED), VALUES, max_size=12), min_size=4, max_size=4))
def test_what_the_cells_add_up_to_is_the_programs_total(said: list[dict[str, Value]]) -> None:
    of = below([Answers(values) for values in said])
    data = workbook(of)
    for key in {key for values in said for key in values}:
        *cells, shown, covered = column(data, key)
        total = of.totals.totals[key].value
        numbers = [cell for cell in cells if isinstance(cell, float)]
        assert str(total.coverage) == covered
        assert covered == f"{len(numbers)}/{4 - cells.count('không áp dụng')}"
        if numbers:
            assert shown == sum(numbers) == float(total.number or 0)
        else:
            assert shown in ("", "không áp dụng")
            assert total.state in (State.BLANK, State.NOT_APPLICABLE)


@pytest.mark.soak
def test_libreoffice_computes_the_same_totals(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    fields = [f for f in FORM.fields.values() if f.role is Role.ENTERED and f.type.numeric]
    answers = [
        Answers({f.key: given((place * 7 + number) % 50 + 1) for number, f in enumerate(fields)})
        for place in range(4)
    ]
    data = workbook(below(answers))
    forgetful = tmp_path / "forgetful.xlsx"
    with zipfile.ZipFile(BytesIO(data)) as parts, zipfile.ZipFile(forgetful, "w") as kept:
        for name in parts.namelist():
            text = parts.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", text)
            kept.writestr(name, text)
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/home", "--convert-to", "ods",
         "--outdir", str(tmp_path), str(forgetful)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    theirs = CalamineWorkbook.from_path(tmp_path / "forgetful.ods")
    compared = 0
    for name, sheet in sheets(data).items():
        if name.startswith("Đơn vị"):
            other = theirs.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for ours, computed in zip(sheet[9][3:], other[9][3:], strict=True):
                assert computed == pytest.approx(ours), name
                compared += isinstance(ours, float)
    assert compared > 60

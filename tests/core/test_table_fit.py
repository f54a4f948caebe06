"""Which table of the report a copied table is meant for, and its rows."""

from __future__ import annotations

import pytest

from dcs_desktop.core.form import Column, RollUp, Table
from dcs_desktop.core.offered import Cell
from dcs_desktop.core.table_fit import appended, fitting
from dcs_desktop.core.values import FieldType, Kind
from dcs_desktop.reading.copied_parts import parts_of

TEXT = FieldType(Kind.TEXT)


def table(id: str, *labels: str) -> Table:
    columns = tuple(Column(f"c{n}", label, TEXT, False, 1) for n, label in enumerate(labels))
    return Table(id, id, columns, "", RollUp.NONE, "", False, "")


PAPERS = table("van_ban", "Số, ký hiệu", "Ngày ban hành", "Trích yếu nội dung")
MODELS = table("mo_hinh", "Tên mô hình", "Nơi thực hiện")
TABLES = (MODELS, PAPERS)


def block(*lines: str) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(map(Cell, line.split("|"))) for line in lines)


@pytest.mark.parametrize(
    ("lines", "id", "columns"),
    [
        (("STT|SO, KY HIEU|Trích yếu",), "van_ban", {1: "c0", 2: "c2"}),
        (("DANH MỤC||", "TT|Số ký hiệu văn bản|Ngày, tháng, năm ban hành"), "van_ban", {1: "c0", 2: "c1"}),
        (("Nơi thực hiện|Tên mô hình|Ghi chú",), "mo_hinh", {0: "c1", 1: "c0"}),
        (("Số, ký hiệu|Ngày ban hành|Tên mô hình",), "van_ban", {0: "c0", 1: "c1"}),
        (("Tên mô hình|Hộ|Ấp|Kinh phí|Nơi thực hiện|Ai|Khi nào",), None, {}),
        (("Ấp|Số hộ", "Ấp 1|12"), None, {}),
        (("Tên mô hình", "Một"), None, {}),
        ((), None, {}),
    ],
)
def test_a_table_is_known_by_the_heads_of_its_columns(
    lines: tuple[str, ...], id: str | None, columns: dict[int, str]
) -> None:
    found = fitting(TABLES, block(*lines))
    assert (None if found is None else found.table.id) == id
    assert ({} if found is None else found.columns) == columns


def test_every_cell_goes_in_or_is_told() -> None:
    lines = block(
        "DANH MỤC|||", "TT|Tên mô hình|Nơi thực hiện|Kinh phí", "1|2|3|4", "1|Một|Ấp 1|5", "|||", "2|Hai||"
    )
    fit = fitting(TABLES, lines)
    assert fit is not None
    offers = appended(fit, lines, there=3, before=2)
    assert [(one.key, one.cell.text, one.label) for one in offers if one.key] == [
        ("mo_hinh/+3/c0", "Một", "dòng 6"),
        ("mo_hinh/+3/c1", "Ấp 1", "dòng 6"),
        ("mo_hinh/+4/c0", "Hai", "dòng 7"),
    ]
    assert [(one.label, one.cell.text) for one in offers if one.out] == [("", "DANH MỤC"), ("Kinh phí", "5")]


@pytest.mark.parametrize(
    ("html", "parts"),
    [
        ("một<table>hai<table>ba</table></table>bốn", [(False, "một"), (True, "<table>hai<table>ba</table></table>"), (False, "bốn")]),
        ("<!--<table>--><p>x", [(False, "<!--<table>--><p>x")]),
        ("a<TABLE b", [(False, "a"), (True, "<TABLE b")]),
        ("</table>x", [(False, "</table>x")]),
    ],
)  # fmt: skip
def test_a_page_is_cut_at_its_tables_and_nothing_is_lost(html: str, parts: list[tuple[bool, str]]) -> None:
    assert [(part.table, part.html) for part in parts_of(html, "")] == parts


def test_lines_with_tabs_stand_apart() -> None:
    found = parts_of("", "a\nb\tc\nd\te\nf\ng\th\n")
    assert [(part.table, part.text) for part in found] == [
        (False, "a"),
        (True, "b\tc\nd\te"),
        (False, "f"),
        (False, "g\th"),
        (False, ""),
    ]

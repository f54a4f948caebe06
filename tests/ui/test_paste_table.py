"""A table pasted into a text goes into the report's table of those columns, or stays text: asked first, one undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from dcs_desktop.core.legacy_tables import Legacy
from dcs_desktop.core.offered import Verdict
from dcs_desktop.ui import messages
from dcs_desktop.ui.cells_dialog import CellsDialog
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.workspace import Workspace
from tests.core.test_legacy import in_old_codes
from tests.ui.shell_data import paste, unit_file, with_report

ITEM, TABLE = "II.1.b", "cuoc_kiem_tra"
WORD = """<html><head><style>p.MsoNormal {{ font: 13pt "Times New Roman" }}</style></head><body>
<p class=MsoNormal><b>Trước</b> bảng</p><!--[if <table> ]--><table class=MsoTableGrid border=1>
<tr><td><p>TT</p></td><td><p><b>Loại</b></p></td><td><p>Ngày, tháng</p></td><td><p>Đơn vị được kiểm tra</p></td><td><p>Ghi chú</p></td></tr>
<tr><td>(1)</td><td>(2)</td><td>(3)</td><td>(4)</td><td>(5)</td></tr>
{rows}</table><p class=MsoNormal>Sau bảng</p></body></html>"""
ROWS = (
    "<tr><td>1</td><td><p>Kiểm tra</p></td><td>05/4/2024</td><td><p>Trường Tiểu học <o:p></o:p>số 1</p></td><td>đạt</td></tr>"
    "<tr><td>2</td><td>Giám sát</td><td>cuối năm</td><td>Ấp 3</td><td></td></tr>"
)
PAGE = WORD.format(rows=ROWS)
TEXT = "Trước bảng\nTT\tLoại\tNgày, tháng\tĐơn vị được kiểm tra\tGhi chú\n1\tKiểm tra\t05/4/2024\tTrường\tđạt\nSau bảng"


@pytest.fixture
def report(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> MainWindow:
    window.open_data(with_report(unit_file(tmp_path / "dcs.sqlite")), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.open_first_report()
    return window


def _area(window: MainWindow, item: str = ITEM) -> ProseArea:
    view = window.room.view
    assert view is not None
    view.go_to(item)
    area = view.findChild(ProseArea, item)
    assert area is not None
    area.setFocus()
    return area


def _answer(qtbot: QtBot, window: MainWindow, act: Callable[[CellsDialog], None]) -> Callable[[], bool]:
    """Do something with the preview once it is there; what is returned says whether that is done."""
    done: list[bool] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, CellsDialog):
            act(dialog)
            done.append(True)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(20, look)
    return lambda: bool(done)


def _press(name: str) -> Callable[[CellsDialog], None]:
    def press(dialog: CellsDialog) -> None:
        found = dialog.findChild(QPushButton, name)
        assert found is not None
        found.click()

    return press


def _workspace(window: MainWindow) -> Workspace:
    assert window.room.workspace is not None
    return window.room.workspace


def _rows(window: MainWindow, table: str = TABLE) -> list[dict[str, str]]:
    here = _workspace(window)
    return [
        {column: str(value.content) for column, value in row.cells.items()}
        for row in here.answers.rows.get(table, ())
    ]


def test_rows_go_into_the_table_and_the_rest_into_the_text_with_one_undo(
    qtbot: QtBot, report: MainWindow
) -> None:
    area = _area(report)
    QTest.keyClicks(area, "Mo dau. ")
    told: list[tuple[Verdict, str]] = []

    def take(dialog: CellsDialog) -> None:
        told.extend((one.verdict, one.offer.label) for one in dialog.model.lines)
        assert "2 đoạn" in " ".join(part.text() for part in dialog.findChildren(type(dialog.told)))
        dialog.take.click()

    done = _answer(qtbot, report, take)
    paste(area, TEXT, PAGE)
    qtbot.waitUntil(done)
    qtbot.waitUntil(lambda: len(_rows(report)) == 2)
    assert _rows(report) == [
        {"loai_cuoc": "kiem_tra", "ngay": "2024-04-05", "don_vi": "Trường Tiểu học số 1"},
        {"loai_cuoc": "giam_sat", "don_vi": "Ấp 3"},
    ]
    assert [label for verdict, label in told if verdict is Verdict.OUT] == ["dòng 2", "Ghi chú"]
    here = _workspace(report)
    assert here.answers.prose(ITEM) == "Mo dau. **Trước** bảng\n\nSau bảng"
    view = report.room.view
    assert view is not None
    assert view.page is not None
    qtbot.waitUntil(lambda: bool(view.findChildren(type(area), ITEM)))
    QTest.keyClick(area, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert _rows(report) == []
    assert here.answers.prose(ITEM) == "Mo dau."
    assert area.toPlainText() == "Mo dau."
    view.redo()
    assert len(_rows(report)) == 2
    assert "Sau bảng" in area.toPlainText()


def test_rows_that_are_there_are_not_added_again(qtbot: QtBot, report: MainWindow) -> None:
    area = _area(report)
    done = _answer(qtbot, report, _press("take"))
    paste(area, TEXT)
    qtbot.waitUntil(done)
    qtbot.waitUntil(lambda: len(_rows(report)) == 1)
    told: list[Verdict] = []

    def take(dialog: CellsDialog) -> None:
        dialog.same.click()
        told.extend(one.verdict for one in dialog.model.lines)
        dialog.take.click()

    done = _answer(qtbot, report, take)
    paste(area, TEXT.replace("Sau bảng", "2\tKiểm tra\t06/4/2024\tTrường\t"))
    qtbot.waitUntil(done)
    qtbot.waitUntil(lambda: len(_rows(report)) == 2)
    assert told.count(Verdict.SAME) == told.count(Verdict.GOES) == 3
    assert [row["ngay"] for row in _rows(report)] == ["2024-04-05", "2024-04-06"]


def test_all_of_it_can_be_text_instead(qtbot: QtBot, report: MainWindow) -> None:
    area = _area(report)
    done = _answer(qtbot, report, _press("as_text"))
    paste(area, TEXT, PAGE)
    qtbot.waitUntil(done)
    qtbot.waitUntil(lambda: "Sau bảng" in area.toPlainText())
    assert "1; Kiểm tra; 05/4/2024; Trường Tiểu học số 1; đạt" in area.toPlainText()
    assert _rows(report) == []


def test_leaving_the_preview_changes_nothing(qtbot: QtBot, report: MainWindow) -> None:
    area = _area(report)
    QTest.keyClicks(area, "giu nguyen")
    area.selectAll()
    done = _answer(qtbot, report, _press("leave"))
    paste(area, TEXT, PAGE)
    qtbot.waitUntil(done)
    qtbot.wait(20)
    assert area.toPlainText() == "giu nguyen"
    assert _rows(report) == []
    assert QGuiApplication.clipboard().text() == TEXT


def test_lines_with_tabs_are_a_table_too(qtbot: QtBot, report: MainWindow) -> None:
    area = _area(report)
    done = _answer(qtbot, report, _press("take"))
    paste(area, TEXT)
    qtbot.waitUntil(done)
    qtbot.waitUntil(lambda: bool(_rows(report)))
    assert _rows(report) == [{"loai_cuoc": "kiem_tra", "ngay": "2024-04-05", "don_vi": "Trường"}]
    assert area.toPlainText() == "Trước bảng\nSau bảng"


def test_a_table_of_old_fonts_is_converted_first(
    qtbot: QtBot, report: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask", lambda *_said, **_more: True)
    done = _answer(qtbot, report, _press("take"))
    paste(_area(report), in_old_codes(TEXT, Legacy.TCVN3))
    qtbot.waitUntil(done)
    qtbot.waitUntil(lambda: bool(_rows(report)))
    assert _rows(report)[0]["don_vi"] == "Trường"


@pytest.mark.parametrize(
    ("item", "page"),
    [
        (ITEM, "<table><tr><td>Ấp</td><td>Hộ</td></tr><tr><td>Ấp 1</td><td>12</td></tr></table>"),
        ("I.a", PAGE),
    ],
)
def test_a_table_that_fits_none_is_lines(qtbot: QtBot, report: MainWindow, item: str, page: str) -> None:
    area = _area(report, item)
    before = area.toPlainText()
    paste(area, "x", page)
    assert "; " in area.toPlainText()
    assert area.toPlainText() != before
    assert QApplication.activeModalWidget() is None

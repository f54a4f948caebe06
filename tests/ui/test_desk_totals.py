"""The totals of the desk: opened into units, pictures, hints, last period; sorted and searched; out as data."""

from __future__ import annotations

from pathlib import Path

import frictionless
import pdfplumber
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from dcs_desktop.core.period import Period
from dcs_desktop.core.picture import Look
from dcs_desktop.store import open_file
from dcs_desktop.ui import files, look, messages, tables, unit_report
from dcs_desktop.ui.desk_totals import CHANGE, TotalsTab
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.request_dialog import RequestDialog
from dcs_desktop.workspace import Workspace
from tests.ui.shell_data import DISTRICT, entered_figures, packed, unit_file, with_report


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> TotalsTab:
    """A district with one commune's packages of 2023 and 2024; its first figure grew from 3 to 30."""
    packed(with_report(unit_file(tmp_path / "2023.sqlite"), Period(2023)), tmp_path / "goi")
    commune = with_report(unit_file(tmp_path / "2024.sqlite"))
    file = open_file(commune)
    workspace = Workspace.open(file, file.reports()[0].ref)
    workspace.enter(entered_figures(workspace)[0], "30")
    workspace.flush()
    workspace.close()
    file.close()
    packed(commune, tmp_path / "goi")
    window.resize(1366, 768)
    window.open_data(unit_file(tmp_path / "huyen.sqlite", DISTRICT), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.open_paths([tmp_path / "goi"])
    desk = window.desk
    assert desk is not None
    qtbot.waitUntil(lambda: desk.packages.verdicts.topLevelItemCount() == 2)
    desk.period_choice.setCurrentIndex(desk.period_choice.findData("2024"))
    desk.tabs.setCurrentWidget(desk.totals)
    desk.totals.show_period(Period(2024))
    qtbot.waitUntil(lambda: not desk.totals.totals.isColumnHidden(CHANGE))
    _choose(desk.totals, _first(desk.totals))
    return desk.totals


def _lines(tab: TotalsTab) -> list[QTreeWidgetItem]:
    return [line for line in tables.rows(tab.totals) if line.data(0, tables.KEY) and not line.isHidden()]


def _first(tab: TotalsTab) -> QTreeWidgetItem:
    return next(line for line in _lines(tab) if line.text(2) == "1/15")


def _choose(tab: TotalsTab, line: QTreeWidgetItem) -> None:
    tab.totals.setCurrentItem(line)


def test_a_total_stands_beside_last_period_and_in_pictures_and_in_any_order(tab: TotalsTab) -> None:
    assert _first(tab).text(CHANGE) == "+900% (1/15)"
    assert "2023: 3, nay 30 (+900%; so được 1/15 đơn vị)." in tab.pane.lies.text()
    _the_pictures_say_what_lacks(tab)
    _any_column_sorts(tab)
    tab.sought.setText("zzz khong co")
    assert _lines(tab) == []


def _the_pictures_say_what_lacks(tab: TotalsTab) -> None:
    QTest.keyClick(tab.pane.turn, Qt.Key.Key_Space)
    QApplication.processEvents()
    units, change, filed = tab.pane.pictures.pictures
    assert [bar.look for bar in units.bars] == [Look.NOW] + 14 * [Look.MISSING]
    assert units.note == "Gồm 1/15 đơn vị; các đơn vị khác chưa có số liệu."
    assert change.note == "Chỉ tính 1/15 đơn vị có số liệu ở cả hai kỳ."
    assert [bar.said for bar in filed.bars] == ["1 (6,7%)", "14 (93,3%)"]
    assert filed.note == "Đã nhận báo cáo của 1/15 đơn vị."
    assert tab.pane.pictures.accessibleDescription().startswith(units.told)
    assert tab.pane.pictures.isVisible()
    drawn = tab.pane.pictures.grab().toImage()
    wide, tall = range(0, drawn.width(), 7), range(0, drawn.height(), 3)
    seen = {drawn.pixelColor(x, y).name() for x in wide for y in tall}
    assert {look.colour("accent").name(), look.colour("accent_soft").name()} <= seen


def _any_column_sorts(tab: TotalsTab) -> None:
    before = [line.data(0, tables.KEY) for line in tables.rows(tab.totals)]
    action = tab.totals.actions()[1]
    assert action.text() == "Sắp theo: Tổng"
    action.trigger()
    action.trigger()
    assert _lines(tab)[0].text(1).startswith("30")
    tab.totals.header().sectionClicked.emit(1)
    assert [line.data(0, tables.KEY) for line in tables.rows(tab.totals)] == before
    tab.pane.sorting.by(1)
    tab.pane.sorting.by(1)
    assert tables.rows(tab.parts)[0].text(1) == "30"


def test_a_slip_is_found_looked_at_in_its_report_and_asked_about(
    qtbot: QtBot, tab: TotalsTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, all_of_them = str(_first(tab).data(0, tables.KEY)), len(_lines(tab))
    tab.doubtful.click()
    qtbot.waitUntil(lambda: len(_lines(tab)) == 1)
    assert _lines(tab)[0].data(0, tables.KEY) == key
    assert "gấp khoảng 10 lần kỳ trước (3" in _lines(tab)[0].toolTip(0)
    tab.parts.setFocus()
    tab.parts.setCurrentItem(tables.rows(tab.parts)[0])
    assert "gấp khoảng 10 lần kỳ trước (3" in tab.pane.hint.text()
    seen: list[str] = []
    asked: list[tuple[str, str]] = []

    def look_at(dialog: unit_report.UnitReportDialog) -> int:
        line = dialog.lines.currentItem()
        assert line is not None
        seen.extend((dialog.windowTitle(), line.text(1), str(line.data(0, tables.KEY)), dialog.whole.text()))
        return 0

    def remember(dialog: RequestDialog) -> int:
        asked.extend((question.key, question.text) for question in dialog.questions)
        return 0

    monkeypatch.setattr(unit_report.UnitReportDialog, "exec", look_at)
    monkeypatch.setattr(RequestDialog, "exec", remember)
    QTest.keyClick(tab.parts, Qt.Key.Key_Return)
    assert seen[:3] == ["Báo cáo của Xã Phương Bình", "30", key]
    assert seen[3].endswith("30")
    tab.pane.ask.click()
    assert asked == [(key, tab.pane.hint.text())]
    tab.doubtful.click()
    assert len(_lines(tab)) == all_of_them


def test_the_figures_leave_as_a_data_package_and_pictures_on_paper(
    qtbot: QtBot, tab: TotalsTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, said = tmp_path / "so-lieu.zip", list[str]()
    monkeypatch.setattr(files, "ask_to_save", lambda *_asked: path)
    monkeypatch.setattr(messages, "note", lambda _asker, words: said.append(words))
    tab.data.click()
    qtbot.waitUntil(lambda: bool(said))
    assert frictionless.Package(str(path)).validate().valid
    paper = tmp_path / "theo-don-vi.pdf"
    monkeypatch.setattr(files, "ask_to_save", lambda *_asked: paper)
    monkeypatch.setattr(messages, "ask", lambda *_said: False)
    tab.pane.on_paper.setChecked(True)
    tab.print.click()
    qtbot.waitUntil(paper.exists)
    with pdfplumber.open(paper) as pdf:
        words = "".join(page.extract_text() for page in pdf.pages)
    assert "Chỉ tính 1/15 đơn vị có số liệu ở cả hai kỳ." in words

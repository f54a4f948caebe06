"""The same period of last year and the period just before beside a half-year report, in rows and pane, by key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dcs_desktop.cli.shown import beside_json
from dcs_desktop.core.period import Period
from dcs_desktop.store import open_file
from dcs_desktop.ui.figure_row import FigureRow
from dcs_desktop.ui.report_view import ReportView
from dcs_desktop.workspace import Workspace, new_report
from tests.ui.shell_data import unit_file

KEY = "to_hoa_giai"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """The second half of 2024, after a first half with 12 groups and a second half of 2023 with 10."""
    file = open_file(unit_file(tmp_path / "data.dcs"))
    setup = file.setup()
    assert setup is not None
    for period, number in (("2023-H2", "10"), ("2024-H1", "12"), ("2024-H2", "13")):
        opened = Workspace.open(file, new_report(file, setup, Period.parse(period), "dcs@2024"))
        opened.enter(KEY, number)
        opened.write("III.1.e", f"Kỳ {period}.")
        opened.flush()
    yield opened
    opened.close()
    file.close()


@pytest.fixture
def view(workspace: Workspace, qtbot: QtBot) -> ReportView:
    made = ReportView(workspace)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.activateWindow()
    made.go_to(KEY)
    made.side.setCurrentWidget(made.side.last)
    QApplication.processEvents()
    return made


def beside(view: ReportView) -> tuple[str, str, str]:
    """The head of the column, what stands in the row of the figure, the pane at the right."""
    assert view.page is not None
    block = next(block for block in view.page.blocks if block.item.id == "III.1.e")
    row = next(row for row in block.rows if row.figure.id == KEY)
    assert isinstance(row, FigureRow)
    return block._heads[2].text(), row._last.accessibleName(), view.side.last.text.toPlainText()


def test_the_same_half_of_last_year_stands_first_and_f7_turns_to_the_half_before(
    view: ReportView, workspace: Workspace
) -> None:
    head, row, pane = beside(view)
    assert head == "6T cuối 2023"
    assert row == "10 +3 (+30%)"
    assert "Kỳ 2023-H2." in pane
    assert "+3 (+30%)" in pane
    assert view.side.last.choice.isVisible()
    QTest.keyClick(view, Qt.Key.Key_F7)
    head, row, pane = beside(view)
    assert head == "6T đầu 2024"
    assert row == "12 +1 (+8,3%)"
    assert "Kỳ 2024-H1." in pane
    workspace.enter(KEY, "12")
    view.refresh()
    assert beside(view)[1] == "12 không đổi"
    QTest.keyClick(view.side.last.choice, Qt.Key.Key_Up)
    assert beside(view)[0] == "6T cuối 2023"


def test_a_year_has_only_one_report_beside_it(workspace: Workspace, qtbot: QtBot) -> None:
    file, setup = workspace.file, workspace.file.setup()
    assert setup is not None
    for text in ("2023", "2024"):
        year = Workspace.open(file, new_report(file, setup, Period.parse(text), "dcs@2024"))
    view = ReportView(year)
    qtbot.addWidget(view)
    assert view.side.last.choice.count() == 1
    assert view.side.last.choice.isHidden()


def test_the_change_is_in_the_json_of_show(workspace: Workspace) -> None:
    last_year, before = beside_json(workspace.form, workspace.figures, workspace.earlier)
    assert (last_year["period"], last_year["same_period_last_year"]) == ("2023-H2", True)
    assert last_year["figures"][KEY] == {"state": "number", "value": 10, "change": 3, "percent": 30}
    assert (before["period"], before["same_period_last_year"]) == ("2024-H1", False)
    assert list(before["figures"]) == [KEY]

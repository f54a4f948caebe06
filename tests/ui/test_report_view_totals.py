"""The receiving unit's own report: totals from below in their rows, the unit's own part, a replaced total."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from dcs_desktop.core.form import Figure, Source
from dcs_desktop.core.values import Coverage, Kind, State, given
from dcs_desktop.store import open_file
from dcs_desktop.ui.editors import LineEditor
from dcs_desktop.ui.figure_row import FigureRow
from dcs_desktop.ui.report_view import ReportView
from dcs_desktop.workspace import Workspace, new_report
from tests.ui.shell_data import DISTRICT, PERIOD, unit_file


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """The district's new report for 2024."""
    file = open_file(unit_file(tmp_path / "data.dcs", DISTRICT))
    setup = file.setup()
    assert setup is not None
    opened = Workspace.open(file, new_report(file, setup, PERIOD, "dcs@2024"))
    yield opened
    opened.close()
    file.close()


@pytest.fixture
def figure(workspace: Workspace) -> Figure:
    """A count that is rolled up from the communes."""
    return next(
        figure
        for figure in workspace.form.figures.values()
        if figure.source is Source.BELOW and figure.type.kind is Kind.COUNT and not figure.pair
    )


@pytest.fixture
def view(workspace: Workspace, figure: Figure, qtbot: QtBot) -> ReportView:
    workspace.take_totals({figure.id: replace(given(358), coverage=Coverage(14, 15))})
    made = ReportView(workspace)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.go_to(figure.id)
    return made


def row_of(view: ReportView, figure: Figure) -> FigureRow:
    assert view.page is not None
    return next(row for block in view.page.blocks for row in block.rows if row.figure == figure)


def said(row: FigureRow) -> str:
    return " ".join(label.accessibleName() or label.text() for label in row.findChildren(QLabel))


def test_a_total_stands_with_its_coverage_and_cannot_be_typed(view: ReportView, figure: Figure) -> None:
    row = row_of(view, figure)
    assert "358" in said(row)
    assert "14/15" in said(row)
    assert row.findChildren(LineEditor) == []


def test_a_total_is_replaced_with_a_reason_and_taken_back(
    view: ReportView, figure: Figure, workspace: Workspace
) -> None:
    row = row_of(view, figure)
    row.open_line("override", figure.id)
    number = view.findChild(LineEditor, f"{figure.id}.override")
    reason = view.findChild(LineEditor, f"{figure.id}.override:reason")
    assert isinstance(number, LineEditor)
    assert isinstance(reason, LineEditor)
    QTest.keyClicks(number, "360")
    number.commit()
    assert "override_reason" in {finding.rule for finding in workspace.findings}
    QTest.keyClicks(reason, "bo sung bang van ban")
    reason.commit()
    workspace.flush()
    value = workspace.file.report(workspace.ref).answers.value(f"{figure.id}.override")
    assert (value.number, value.reason) == (Decimal(360), "bo sung bang van ban")
    assert workspace.figures[figure.id].number == 360
    assert "360" in said(row)
    away = next(w for w in row.findChildren(QWidget) if w.accessibleName().startswith("Bỏ số thay thế"))
    QTest.mouseClick(away, Qt.MouseButton.LeftButton)
    assert workspace.answers.value(f"{figure.id}.override").state is State.BLANK
    assert workspace.figures[figure.id].number == 358

"""The receiving desk: packages come in, each with its verdict; totals say whom they cover."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from dcs_desktop import receiving
from dcs_desktop.core.period import Period
from dcs_desktop.core.values import Coverage
from dcs_desktop.store import open_file
from dcs_desktop.ui import dressing, tables
from dcs_desktop.ui.clock import this_day
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.preferences import Preferences
from dcs_desktop.ui.receiving_desk import ReceivingDesk
from dcs_desktop.workspace import Workspace, new_report
from tests.ui.shell_data import DISTRICT, PERIOD, entered_figures, packed, unit_file, with_report


def _desk(qtbot: QtBot, window: MainWindow, folder: Path) -> ReceivingDesk:
    commune = folder / "xa.sqlite"
    if not commune.exists():
        with_report(unit_file(commune))
    packed(commune, folder / "goi")
    (folder / "goi" / "ghi-chu.zip").write_bytes(b"not a zip")
    window.open_data(unit_file(folder / "huyen.sqlite", DISTRICT), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.open_paths([folder / "goi"])
    assert window.desk is not None
    qtbot.waitUntil(
        lambda: window.desk is not None and window.desk.packages.verdicts.topLevelItemCount() == 2
    )
    return window.desk


def test_every_file_gets_its_verdict(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    desk = _desk(qtbot, window, tmp_path)
    lines = [desk.packages.verdicts.topLevelItem(place) for place in range(2)]
    words = {line.text(0): line.text(1) for line in lines if line is not None}
    assert words["ghi-chu.zip"] == "Không phải gói báo cáo"
    assert words["DCS_31426_2024-nam_CT.zip"].startswith("Đã nhận")


def test_the_units_that_are_missing_are_reminded(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    desk = _desk(qtbot, window, tmp_path)
    desk.tabs.setCurrentWidget(desk.filing)
    assert desk.filing.units.topLevelItemCount() == 15
    said = desk.filing.reminder.text.toPlainText()
    assert "Xã Hòa Mỹ" in said
    assert "Xã Phương Bình" not in said
    desk.filing.filter.setCurrentIndex(desk.filing.filter.findData("not_received"))
    assert desk.filing.units.topLevelItemCount() == 14


def test_a_total_says_whom_it_covers_and_opens_into_its_parts(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    desk = _desk(qtbot, window, tmp_path)
    desk.tabs.setCurrentWidget(desk.totals)
    lines = [desk.totals.totals.topLevelItem(n) for n in range(desk.totals.totals.topLevelItemCount())]
    covered = [line for line in lines if line is not None and line.text(2) == "1/15"]
    assert covered
    desk.totals.totals.setCurrentItem(covered[0])
    assert covered[0].data(0, tables.KEY)
    parts = [desk.totals.parts.topLevelItem(n) for n in range(desk.totals.parts.topLevelItemCount())]
    assert next(part.text(0) for part in parts if part is not None) == "Xã Phương Bình"
    assert len(parts) == 15


def test_a_training_package_does_not_move_the_desks_period(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    later = Period(2025)
    real, _real = packed(with_report(unit_file(tmp_path / "xa.sqlite")), tmp_path / "that")
    lesson = with_report(unit_file(tmp_path / "tap-huan.sqlite", training=True), later)
    training, identity = packed(lesson, tmp_path / "tap-huan")
    assert (identity.training, identity.period) == (True, later)
    district = unit_file(tmp_path / "huyen.sqlite", DISTRICT)
    file = open_file(district)
    verdicts = receiving.import_paths(file, [real, training], this_day())
    assert [verdict.verdict for verdict in verdicts][1] == "training_mismatch"
    file.close()
    window.open_data(district, None)
    qtbot.waitUntil(lambda: window.opened is not None)
    desk = window.show_desk()
    assert desk is not None
    assert desk.period == Period(2024)
    desk.take_in([training])
    qtbot.waitUntil(lambda: desk.packages.verdicts.topLevelItemCount() == 1)
    assert desk.period == Period(2024)


def test_the_own_report_stands_before_the_totals_do_and_is_printed_with_them(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    desk = _desk(qtbot, window, tmp_path)
    assert window.opened is not None
    file = window.opened.file
    setup = file.setup()
    assert setup is not None
    ref = new_report(file, setup, PERIOD, "dcs@2024")
    desk.back_asked.emit()
    window.open_report(ref)
    workspace = window.room.workspace
    assert window.room.view is not None
    assert workspace is not None
    below = [key for key in workspace.form.fields if key.endswith(".below")]
    assert not any(workspace.answers.value(key).answered for key in below)
    window.room.wait_for_totals()
    covered = [c for key in below if (c := workspace.answers.value(key).coverage) is not None]
    assert Coverage(1, 15) in covered
    window.room.leave()


def test_totals_that_come_after_the_report_was_left_do_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    _desk(qtbot, window, tmp_path)
    assert window.opened is not None
    file = window.opened.file
    setup = file.setup()
    assert setup is not None
    ref = new_report(file, setup, PERIOD, "dcs@2024")
    window.open_report(ref)
    window.show_start()
    window.room.wait_for_totals()
    answered = [value for key, value in file.report(ref).answers.values.items() if key.endswith(".below")]
    assert answered == []


@pytest.fixture
def large_letters() -> Iterator[None]:
    """Text of 125 %, in English, whose words are the longer ones."""
    dressing.dress(Preferences(text_size=125, language="en"))
    yield
    dressing.dress(Preferences())


def test_every_head_of_the_totals_is_whole_where_letters_are_large(
    large_letters: None, qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.resize(1366, 768)
    commune = with_report(unit_file(tmp_path / "xa.sqlite"))
    file = open_file(commune)
    workspace = Workspace.open(file, file.reports()[0].ref)
    noted = entered_figures(workspace)[0]
    workspace.set_note(noted, "sổ theo dõi của công chức văn hóa - xã hội")
    workspace.close()
    file.close()
    desk = _desk(qtbot, window, tmp_path)
    desk.tabs.setCurrentWidget(desk.totals)
    seen: set[bool] = set()
    for line in tables.rows(desk.totals.totals):
        if not line.data(0, tables.KEY):
            continue
        desk.totals.totals.setCurrentItem(line)
        seen.add(desk.totals.parts.isColumnHidden(3))
        QApplication.processEvents()
        for table in (desk.totals.totals, desk.totals.parts):
            heads = table.header()
            shown = [place for place in range(heads.count()) if not heads.isSectionHidden(place)]
            cut = [place for place in shown if heads.sectionSize(place) < heads.sectionSizeHint(place)]
            assert cut == [], f"{line.text(0)}: {table.accessibleName()}"
            assert sum(map(heads.sectionSize, shown)) <= table.viewport().width()
    assert seen == {True, False}, "with notes and without"


def test_texts_of_a_period_without_reports_say_so(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    desk = _desk(qtbot, window, tmp_path)
    desk.tabs.setCurrentWidget(desk.texts)
    assert desk.period == Period(2024)
    assert desk.texts.items.isVisible()
    desk.period_choice.setCurrentIndex(0)
    desk.period_choice.activated.emit(0)
    assert desk.period != Period(2024)
    assert not desk.texts.items.isVisible()
    words = [label.text() for label in desk.texts.findChildren(QLabel) if label.isVisible()]
    assert words[0] == f"Chưa nhận được báo cáo nào của {desk.period.words}."

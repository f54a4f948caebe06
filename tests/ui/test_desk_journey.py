"""The receiving desk's whole year through the window: fifteen packages in, two mended by letters, the report printed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pypdf
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from dcs_desktop import demo, receiving, sample
from dcs_desktop.core.trouble import Severity
from dcs_desktop.core.values import given
from dcs_desktop.ui import files, tables
from dcs_desktop.ui.export import ExportDialog
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.receiving_desk import ReceivingDesk
from dcs_desktop.ui.request_dialog import RequestDialog
from tests.test_demo import DISTRICT, PUBLISHED, YEAR
from tests.ui.test_letters import choose, close, over, state_of

# Two communes typed a digit too many.
SLIPS = {"31426": "giam_sat.mttq.done", "31405": "hoa_giai.tiep_nhan"}


def unit_files(folder: Path) -> list[Path]:
    """The fifteen communes' files and packages as the sample makes them, but for the two slips."""
    for name in ("units", "packages", "reports"):
        (folder / name).mkdir(parents=True)
    packages = []
    for right in sample.commune_reports():
        report, key = right, SLIPS.get(right.identity.unit.code)
        if key is not None:
            number = right.answers.value(key).number
            assert number is not None
            report = replace(right, answers=right.answers.with_value(key, given(number * 10 + 1)))
        packages.append(demo._unit(report, folder))
    return packages


def desk_of(qtbot: QtBot, window: MainWindow, path: Path) -> ReceivingDesk:
    window.open_data(path, None)
    qtbot.waitUntil(lambda: window.opened is not None and window.opened.path == path)
    desk = window.show_desk()
    assert desk is not None
    return desk


def took_in(qtbot: QtBot, window: MainWindow, desk: ReceivingDesk, paths: list[Path]) -> list[str]:
    """Drop packages on the window; their verdicts in words."""
    window.open_paths(paths)
    qtbot.waitUntil(lambda: desk.packages.verdicts.topLevelItemCount() == len(paths), timeout=20_000)
    return [line.text(1) for line in tables.rows(desk.packages.verdicts)]


def request(question: str, key: str) -> Callable[[QDialog], None]:
    """Ask one question at a figure."""

    def step(shown: QDialog) -> None:
        dialog = cast("RequestDialog", shown)
        line = next(one for one in tables.rows(dialog.places) if one.data(0, tables.KEY) == key)
        dialog.places.setCurrentItem(line)
        dialog.question.setPlainText(question)
        dialog.add.click()
        dialog.send.click()

    return step


def exported(qtbot: QtBot, window: MainWindow, folder: Path) -> Path:
    """Press *Xuất báo cáo* and go through its dialog; the package."""
    made: list[Path] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ExportDialog) and not made:
            dialog.target.setText(str(folder))
            dialog.write.click()
            assert dialog.exported is not None
            made.append(dialog.exported.path)
            dialog.accept()

    watch = QTimer(interval=20)
    watch.timeout.connect(look)
    watch.start()
    window.room.export()
    qtbot.waitUntil(lambda: bool(made))
    watch.stop()
    return made[0]


def mended(qtbot: QtBot, window: MainWindow, data: Path, letter: Path, key: str, right: str) -> Path:
    """The commune drops the letter, answers at the field, types the right figure and exports; its amendment."""
    window.open_data(data, None)
    qtbot.waitUntil(lambda: window.opened is not None and window.opened.path == data)

    def drop() -> None:
        window.open_paths([letter])
        qtbot.waitUntil(lambda: not window.worker.busy)

    over(qtbot, drop, lambda dialog: dialog.accept())
    view, workspace = window.room.view, window.room.workspace
    assert view is not None
    assert workspace is not None
    assert (workspace.identity.revision, view.field_here()) == (1, key)
    view.side.findings.acceptance.reason.setText("Gõ thừa một chữ số.")
    view.side.findings.acceptance.button.click()
    view.entry.enter(key, right)
    asked = [finding for finding in workspace.findings if finding.severity is Severity.QUESTION]
    assert [finding.accepted for finding in asked] == ["Gõ thừa một chữ số."]
    path = exported(qtbot, window, data.parent / "bổ sung")
    window.show_start()
    return path


def printed(qtbot: QtBot, window: MainWindow) -> str:
    """The words of the pages that would be printed."""
    page = window.room.preview("")
    assert page is not None
    qtbot.waitUntil(lambda: page.ready, timeout=30_000)
    assert page.printed is not None
    pages = pypdf.PdfReader(io.BytesIO(page.printed.data)).pages
    return re.sub(r"\s+", " ", " ".join(one.extract_text() for one in pages))


def test_the_desks_year(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "ask_folder", lambda *_said: tmp_path / "phiếu")
    packages = unit_files(tmp_path / "xã")
    path = tmp_path / "huyện.sqlite"
    report = sample.district_report()
    with demo._data_file(path, report) as file:
        ref = file.add_report(report)
    desk = desk_of(qtbot, window, path)
    assert len(took_in(qtbot, window, desk, packages)) == 15
    desk.go_to((1, str(YEAR)))
    assert {one.state for one in desk.filing._units} <= {"received", "with_errors"}
    assert window.opened is not None
    wrong = receiving.totals(window.opened.file, YEAR)
    assert {key for key in PUBLISHED if wrong.totals[key].value.number != PUBLISHED[key]} >= {*SLIPS.values()}

    letters = {}
    for code, key in SLIPS.items():
        choose(desk.filing, f"{code}@GSO-2024")
        over(qtbot, desk.filing.letters.ask_questions, request("Đề nghị kiểm tra lại số này.", key), close)
        (letters[code],) = (tmp_path / "phiếu").glob(f"*{code}*chinh-sua.zip")
        assert state_of(desk.filing, f"{code}@GSO-2024") == "correction_requested"

    right = {report.identity.unit.code: report for report in sample.commune_reports()}
    amendments = []
    for code, key in SLIPS.items():
        data = tmp_path / "xã" / "units" / f"{code}.sqlite"
        number = str(right[code].answers.value(key).number)
        amendments.append(mended(qtbot, window, data, letters[code], key, number))

    desk = desk_of(qtbot, window, path)
    assert all(words.startswith("Đã nhận") for words in took_in(qtbot, window, desk, amendments))
    found = receiving.totals(window.opened.file, YEAR)
    assert {key: found.totals[key].value.number for key in PUBLISHED} == PUBLISHED

    desk.back_asked.emit()
    window.open_report(ref)
    window.room.wait_for_totals()
    workspace = window.room.workspace
    assert workspace is not None
    assert {key: workspace.figures[key].number for key in DISTRICT} == DISTRICT
    words = printed(qtbot, window)
    for key in SLIPS.values():
        assert f" {PUBLISHED[key]} " in words, key
    assert str(wrong.totals["hoa_giai.tiep_nhan"].value.number) not in words

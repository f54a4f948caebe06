"""The way of a report through the window: made, headed, looked at, exported."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from dcs_desktop import draft_mail, package
from dcs_desktop.core.period import Period
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import format_date
from dcs_desktop.printing import Spot, fonts, render_report
from dcs_desktop.ui import files, messages
from dcs_desktop.ui.clock import this_day
from dcs_desktop.ui.export import ExportDialog
from dcs_desktop.ui.letterhead_dialog import LetterheadDialog
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.new_report import NewReportDialog
from dcs_desktop.ui.settings import SettingsDialog
from tests.ui.shell_data import type_into, unit_file, with_report


def _open(qtbot: QtBot, window: MainWindow, data: Path) -> None:
    window.open_data(data, None)
    qtbot.waitUntil(lambda: window.opened is not None)


def _open_report(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    _open(qtbot, window, with_report(unit_file(folder / "dcs.sqlite")))
    window.open_first_report()
    assert window.room.workspace is not None


def test_a_new_report_of_the_due_period(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _open(qtbot, window, unit_file(tmp_path / "dcs.sqlite"))
    assert window.opened is not None
    dialog = NewReportDialog(window.opened, Period(2024), window)
    assert dialog.period == Period(2024)
    assert dialog.template.currentData() == "dcs@2024"
    QTest.keyClick(dialog.make, Qt.Key.Key_Space)
    assert dialog.ref is not None
    window.open_report(dialog.ref)
    assert window.room.view is not None
    assert window.room.workspace is not None
    assert window.room.workspace.identity.period == Period(2024)
    assert "năm 2024" in window.windowTitle()
    window.show_start()
    assert window.start_page.reports.topLevelItemCount() == 1


def test_enter_opens_the_report_of_the_list(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _open(qtbot, window, with_report(unit_file(tmp_path / "dcs.sqlite")))
    QTest.keyClick(window.start_page.reports, Qt.Key.Key_Return)
    assert window.room.view is not None


def test_the_letterhead_is_kept(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _open_report(qtbot, window, tmp_path)
    workspace = window.room.workspace
    assert workspace is not None
    dialog = LetterheadDialog(workspace, window)
    QTest.keyClicks(dialog.form.number, "12")
    QTest.keyClicks(dialog.form.day, "31/11/2024")
    dialog.keep()
    assert dialog.form.fault, "the 31st of November is no day"
    dialog.form.day.clear()
    QTest.keyClicks(dialog.form.day, "05/12/2024")
    dialog.keep()
    assert (workspace.letterhead.number, str(workspace.letterhead.day)) == ("12", "2024-12-05")


def test_a_signing_day_to_come_is_doubted_and_taken(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _open_report(qtbot, window, tmp_path)
    workspace = window.room.workspace
    assert workspace is not None
    dialog = LetterheadDialog(workspace, window)
    dialog.show()
    form, tomorrow = dialog.form, this_day() + timedelta(days=1)
    QTest.keyClicks(form.day, format_date(this_day()))
    assert not form.day_said.isVisible()
    form.day.clear()
    QTest.keyClicks(form.day, format_date(tomorrow))
    assert form.day_said.isVisible()
    assert form.day_said.property("role") == "warning"
    assert format_date(tomorrow) in form.day_said.text()
    dialog.keep()
    assert workspace.letterhead.day == tomorrow
    again = LetterheadDialog(workspace, window)
    again.show()
    assert again.form.day_said.isVisible()
    again.form.day.setText("31/11/2024")
    assert again.form.fault
    assert again.form.day_said.property("role") == "error"
    again.close()


def test_the_small_picture_breaks_names_as_the_paper_does(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    _open_report(qtbot, window, tmp_path)
    workspace = window.room.workspace
    assert workspace is not None
    dialog = LetterheadDialog(workspace, window)
    dialog.show()
    picture = dialog.form.picture
    for layout in range(2):
        dialog.form.layout_choice.setCurrentIndex(layout)
        dialog.form.layout_choice.activated.emit(layout)
        assert picture.head.block is not None
        shown = [line.text for line in picture.head.block.left_lines if line.text]
        assert len(shown) > 1
        report = replace(workspace.report(), letterhead=dialog.form.letterhead())
        page = PdfReader(BytesIO(render_report(report, workspace.form).data)).pages[0].extract_text()
        assert [line for line in shown if line not in page] == []
        drawn = picture.head.grab().toImage()
        dark = sum(drawn.pixelColor(x, y).value() < 96 for x in range(drawn.width()) for y in range(0, 60, 2))
        assert dark > 200, "the names are really drawn"
    dialog.close()


def test_without_its_typeface_the_small_picture_says_so(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise Refusal("Phông chữ LiberationSerif-Bold.ttf của chương trình bị thiếu hoặc hỏng.")

    _open_report(qtbot, window, tmp_path)
    assert window.room.workspace is not None
    dialog = LetterheadDialog(window.room.workspace, window)
    with monkeypatch.context() as broken:
        broken.setattr(fonts, "register", missing)
        dialog.show()
        picture = dialog.form.picture
        assert not picture.head.isVisible()
        assert any("LiberationSerif-Bold" in label.text() for label in picture.findChildren(QLabel))
    type_into(dialog.form.series, "BC")
    assert picture.head.isVisible()
    dialog.close()


def test_the_preview_shows_the_pages(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _open_report(qtbot, window, tmp_path)
    page = window.room.preview()
    assert page is not None
    qtbot.waitUntil(lambda: page.ready, timeout=20_000)
    assert page.refusal == ""
    assert page.pages > 1
    assert not page.page_is_blank(0)
    assert page.document.getAllText(0).text().startswith("DỰ THẢO"), "nothing is written in it yet"
    page.back_asked.emit("")
    assert window.pages.currentWidget() is window.room.view


def test_the_preview_names_the_item_that_is_read(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _open_report(qtbot, window, tmp_path)
    page = window.room.preview()
    assert page is not None
    qtbot.waitUntil(lambda: page.ready, timeout=20_000)
    assert page.items.currentData() == "I.a", "the first page begins with the first item"
    items = [page.items.itemData(place) for place in range(page.items.count())]
    for item in items:
        page.go_to_item(item)
        assert page.items.currentData() == item
        assert page.view.top_of(page.spots[item]) >= page.view.verticalScrollBar().value()
    item = next(item for item in items if page.spots[item].page == 2)
    page.go_to_page(page.spots[item].page)
    top = page.view.verticalScrollBar().value()
    assert top == page.view.top_of(Spot(2, 0.0)), "pages are where Qt puts them"
    before = items[items.index(item) - 1]
    assert page.items.currentData() in (before, item)


@pytest.mark.parametrize("zoom", ["zoom_in", "zoom_out", "fit"])
def test_items_are_found_at_every_zoom(qtbot: QtBot, window: MainWindow, tmp_path: Path, zoom: str) -> None:
    _open_report(qtbot, window, tmp_path)
    page = window.room.preview("III.1.e")
    assert page is not None
    qtbot.waitUntil(lambda: page.ready, timeout=20_000)
    qtbot.waitUntil(lambda: page.items.currentData() == "III.1.e")
    getattr(page, zoom)()
    page.go_to_page(3)
    assert page.view.verticalScrollBar().value() == page.view.top_of(Spot(3, 0.0))
    page.go_to_item("III.1.e")
    assert page.items.currentData() == "III.1.e"


def test_the_item_that_is_read_is_mended_in_the_form(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    _open_report(qtbot, window, tmp_path)
    page = window.room.preview()
    assert page is not None
    qtbot.waitUntil(lambda: page.ready, timeout=20_000)
    page.go_to_item("III.1.e")
    page.edit_item()
    view = window.room.view
    assert window.pages.currentWidget() is view
    assert view is not None
    assert view.page is not None
    assert view.page.item_at(window.focusWidget()) == "III.1.e"


def test_the_saved_pdf_is_the_file_itself(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _open_report(qtbot, window, tmp_path)
    page = window.room.preview()
    assert page is not None
    qtbot.waitUntil(lambda: page.ready, timeout=20_000)
    monkeypatch.setattr(files, "ask_to_save_as", lambda *_args: (tmp_path / "bao-cao.pdf", 0))
    page.save()
    qtbot.waitUntil((tmp_path / "bao-cao.pdf").exists, timeout=20_000)
    workspace = window.room.workspace
    assert workspace is not None
    ours = render_report(workspace.report(), workspace.form)
    assert (tmp_path / "bao-cao.pdf").read_bytes() == ours.data


@pytest.mark.skipif(sys.platform == "win32", reason="there paths are shown whole")
def test_a_folder_at_home_is_read_short_and_copied_whole(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _open_report(qtbot, window, tmp_path)
    workspace = window.room.workspace
    assert workspace is not None
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / "Tài liệu" / "DCS"
    dialog = ExportDialog(workspace, str(folder), window)
    assert dialog.target.text() == "~/Tài liệu/DCS"
    dialog.export()
    assert dialog.exported is not None
    assert dialog.exported.path.parent == folder
    assert dialog.folder == str(folder)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert any(text.startswith(f"~/Tài liệu/DCS/{dialog.exported.path.name}") for text in words)
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Chép đường dẫn")
    copy.click()
    assert QApplication.clipboard().text() == str(dialog.exported.path)
    assert files.shown(Path("/opt/dcs/goi.zip")) == "/opt/dcs/goi.zip"


def test_the_exported_package_verifies(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _open_report(qtbot, window, tmp_path)
    workspace = window.room.workspace
    assert workspace is not None
    dialog = ExportDialog(workspace, str(tmp_path), window)
    dialog.export()
    assert dialog.exported is not None
    reading = package.read(dialog.exported.path)
    assert reading.faults == ()
    assert reading.report is not None
    assert reading.report.answers == workspace.answers
    assert dialog.exported.path.name in dialog.message.toPlainText()
    letter = message_from_bytes(
        draft_mail.draft(workspace.identity, dialog.exported.path, dialog.exported.digest),
        policy=policy.default,
    )
    attached = next(iter(letter.iter_attachments()))
    assert attached.get_filename() == dialog.exported.path.name
    assert attached.get_content() == dialog.exported.path.read_bytes()
    window.show_start()
    line = window.start_page.reports.topLevelItem(0)
    assert line is not None
    assert "đã xuất" in line.text(3)


def test_after_the_export_the_form_stands_where_the_hand_was(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    _open_report(qtbot, window, tmp_path)
    room = window.room
    assert room.view is not None
    section = next(s for s in room.view.workspace.form.sections if len(s.items) > 2)
    room.view.go_to(section.items[2].id)

    def export() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog)
        try:
            dialog.export()
        finally:
            dialog.accept()

    room.folder = str(tmp_path)
    QTimer.singleShot(0, export)
    room.export()
    assert room.view.entry.closed is not None
    assert room.view.place_here() == section.items[2].id


def test_a_folder_that_cannot_be_written_is_said(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _open_report(qtbot, window, tmp_path)
    assert window.room.workspace is not None
    (tmp_path / "tệp").write_text("", "utf-8")
    dialog = ExportDialog(window.room.workspace, str(tmp_path / "tệp"), window)
    dialog.export()
    assert dialog.exported is None


def test_settings_change_the_look_at_once(qtbot: QtBot, window: MainWindow) -> None:
    from dcs_desktop.ui import look, preferences

    def choose_dark() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, SettingsDialog)
        dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
        dialog.theme.activated.emit(dialog.theme.currentIndex())
        dialog.reject()

    QTimer.singleShot(0, choose_dark)
    window.show_settings()
    assert look.colours() is look.DARK
    assert preferences.load().theme == "dark"


def test_the_selftest_walks_to_the_first_page(qtbot: QtBot, tmp_path: Path) -> None:
    from dcs_desktop.ui.selftest import selftest

    assert selftest(with_report(unit_file(tmp_path / "dcs.sqlite")))[0] == 0
    status, sentence = selftest(tmp_path / "không có.sqlite")
    assert (status, "không có.sqlite" in sentence) == (2, True)


def test_the_blank_form_is_saved_and_opened_for_printing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _open_report(qtbot, window, tmp_path)
    opened: list[Path] = []

    def open_outside(path: Path) -> bool:
        opened.append(path)
        return True

    monkeypatch.setattr(
        files, "ask_to_save", lambda _asker, _title, proposed, _kinds: tmp_path / proposed.name
    )
    monkeypatch.setattr(files, "open_outside", open_outside)
    monkeypatch.setattr(messages, "ask", lambda *_words: True)
    window.actions_by_name["blank"].trigger()
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    assert opened[0].name == "DCS_31426_2024-nam_mau-ghi-tay.pdf"
    assert opened[0].read_bytes().startswith(b"%PDF")

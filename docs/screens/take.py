"""Takes the pictures beside this file from the real window on a screen of 1366 x 768; `make screens` runs it."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Final, Literal

import docx
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from dcs_desktop import receiving
from dcs_desktop.core.form import Form
from dcs_desktop.core.letter import Question
from dcs_desktop.core.narrative import Link
from dcs_desktop.core.period import Period
from dcs_desktop.demo import make_demo
from dcs_desktop.printing import render_word
from dcs_desktop.ui import tables
from dcs_desktop.ui.clock import now
from dcs_desktop.ui.export import ExportDialog
from dcs_desktop.ui.field_search import FieldSearch
from dcs_desktop.ui.report_view import ReportView
from docs.screens.camera import HOME, OFFICER, Camera, press_default
from docs.screens.unlucky import take_keys, take_unlucky

COMMUNE: Final = "31426"
ITEM_OF_FIGURES, ITEM_OF_PROSE = "III.1.e", "II.1.a"
RETURNED_ITEM, RETURNED_WORDS = "I.b", "Đảng ủy xã lãnh đạo toàn diện việc này. "
OLDER: Final = Period(2023)
OLDER_FIGURES: Final = (
    ("Nội dung", "Số liệu"),
    ("Số vụ hòa giải thành", "26"),
    ("Số hòa giải viên nữ", "1,250"),
)
WRONG_FIGURE: Final = "hoa_giai.thanh"
ASKED: Final = (
    ("hoa_giai.thanh", "Số vụ hòa giải thành thấp hơn năm trước, đề nghị đối chiếu sổ theo dõi."),
    ("II.1.a", "Đề nghị nói rõ hình thức tuyên truyền nào có nhiều người dự nhất."),
)
PASTED: Final = (
    "Số vụ hòa giải tiếp nhận\t28\nSố vụ hòa giải thành\t85,650\nSố hòa giải viên\t45\nViệc khác\t9\n"
)


def take_first_start(camera: Camera) -> None:
    """The three pages that ask who sits here."""
    from dcs_desktop.ui.first_start import FirstStart

    page = camera.window.pages.currentWidget()
    assert isinstance(page, FirstStart)
    page.unit.sought.setText("phuong binh")
    camera.shoot("first-start")
    page.next.click()
    camera.shoot("first-start-receiver")
    page.next.click()
    camera.shoot("first-start-letterhead")


def take_commune(camera: Camera, export_to: Path) -> None:
    """A commune's start page, report, letterhead, preview."""
    window, room = camera.window, camera.window.room
    camera.shoot("start")
    camera.shoot_dialog("new-report", window.ask_new_report)
    camera.shoot_dialog(
        "amendment", lambda: QTest.keyClick(window.start_page.reports, Qt.Key.Key_Return), then=press_default
    )
    assert room.view is not None
    room.view.go_to(ITEM_OF_PROSE)
    camera.shoot("report-narrative")
    take_live(camera)
    take_links(camera)
    take_entry(camera)
    room.view.fill_place(ITEM_OF_FIGURES)
    camera.shoot("report-figures")
    camera.shoot_dialog("letterhead", room.edit_letterhead)
    page = room.preview()
    assert page is not None
    camera.settle(3)
    camera.shoot("preview")
    room.back_to_form()
    take_returned_word(camera, export_to / "Bao-cao.docx")
    take_word_in(camera, export_to)
    take_export(camera, export_to)
    camera.settle(3)
    camera.shoot_dialog("settings", window.show_settings)


def take_entry(camera: Camera) -> None:
    """What makes entry quick: a block pasted, the form for a colleague, one's own addition, the history, the keys."""
    from dcs_desktop.ui.excel_form_dialog import ExcelFormDialog
    from dcs_desktop.ui.keys_page import KeysPage
    from dcs_desktop.ui.own_additions import AdditionDialog

    window, view = camera.window, camera.window.room.view
    assert view is not None
    assert view.page is not None
    view.go_to(WRONG_FIGURE)
    field = view.findChild(QWidget, WRONG_FIGURE)
    assert field is not None
    view.entry.enter(WRONG_FIGURE, "21")
    camera.shoot_dialog("history", window.room.show_history)
    view.undo()
    QGuiApplication.clipboard().setText(PASTED)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    camera.shoot_dialog("paste-cells", lambda: camera.settle(3), wait=1500)
    camera.shoot_dialog("excel-form", ExcelFormDialog(view.workspace.form, window).exec)
    camera.shoot_dialog("own-addition", AdditionDialog(view.entry, view.page.section, None, window).exec)
    window.actions_by_name["keys"].trigger()
    keys = window.findChild(KeysPage)
    assert keys is not None
    keys.move(320, 40)
    camera.shoot("keys")
    keys.close()


def take_links(camera: Camera) -> None:
    """A number that could be linked and one that contradicts its figure; the box that finds figures; a chip's display."""
    view = camera.window.room.view
    assert view is not None
    view.go_to(ITEM_OF_FIGURES)
    assert view.page is not None
    narrative = view.page.narrative(ITEM_OF_FIGURES)
    assert narrative is not None
    area, figures = narrative.area, view.workspace.figures
    before = view.workspace.answers.prose(ITEM_OF_FIGURES)
    area.setFocus()
    area.moveCursor(QTextCursor.MoveOperation.End)
    offered, wrong = figures["hoa_giai.tiep_nhan"].number, (figures["hoa_giai.thanh"].number or 0) + 5
    area.insertPlainText(f" Cả năm hòa giải thành {wrong} vụ; các tổ nhận {offered} vụ")
    area.commit()
    camera.settle(1)
    area.check_figures()
    for _word in range(2):
        area.moveCursor(QTextCursor.MoveOperation.PreviousWord)
    view.check()
    area.setFocus()
    choose_finding(view, f"trong câu ghi {wrong}")
    camera.shoot("linked-offer")
    QTest.keyClick(area, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = camera.app.activePopupWidget()
    assert isinstance(box, FieldSearch)
    box.begin_with("hoa giai")
    camera.shoot("linked-search")
    box.close()
    area.moveCursor(QTextCursor.MoveOperation.Start)
    area.insert_link(Link("hoa_giai.khong_thanh"))
    camera.shoot_dialog(
        "linked-display", lambda: QTest.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    )
    view.entry.write(ITEM_OF_FIGURES, before)


def choose_finding(view: ReportView, words: str) -> None:
    """Choose a line of the findings, as the arrow keys do."""
    found = view.side.findings.list
    rows = (row for row in range(found.count()) if words in found.item(row).text())
    found.setCurrentRow(next(rows))


def take_live(camera: Camera) -> None:
    """The printed page beside the form."""
    view = camera.window.room.view
    assert view is not None
    view.bar.live.toggle()
    camera.settle(3)
    camera.shoot("report-page")
    view.bar.live.toggle()


def take_returned_word(camera: Camera, file: Path) -> None:
    """A Word file of the report in which a leader wrote a sentence more, beside the report."""
    room = camera.window.room
    assert room.workspace is not None
    made = render_word(room.workspace.report(), room.workspace.form)
    file.write_bytes(_with_words(made.data, RETURNED_ITEM, RETURNED_WORDS))
    camera.shoot_dialog("returned-word", lambda: camera.window.open_paths([file]), wait=2500)
    camera.settle(4)


def take_word_in(camera: Camera, folder: Path) -> None:
    """Last year's report out of a Word file of the office's own: its passages, then its figures."""
    from dcs_desktop import taking_word
    from dcs_desktop.ui.word_in_dialog import WordInDialog

    workspace, opened = camera.window.room.workspace, camera.window.opened
    assert workspace is not None
    assert opened is not None
    path = folder / "Bao cao dan chu co so 2023.docx"
    _older_report(workspace.form, path)
    document = taking_word.read(path)
    found = taking_word.proposed(opened.file, opened.setup, document, opened.setup.unit, OLDER)
    dialog = WordInDialog(found, opened.file, camera.window.worker, camera.window)
    camera.shoot_dialog("word-in-texts", dialog.exec)
    dialog.tabs.setCurrentWidget(dialog.figures)
    camera.settle(2)
    camera.shoot_dialog("word-in-figures", dialog.exec, wait=1500)


def _older_report(form: Form, path: Path) -> None:
    """A report as an office types it: headings in bold with letters, a sentence under each, an annex."""
    made = docx.Document()
    for item in form.items.values():
        if item.prose and not item.default:
            made.add_paragraph().add_run(f"{item.number}) {item.prompt}").bold = True
            made.add_paragraph("Đơn vị đã làm phần việc này đúng kế hoạch, không để tồn đọng.")
        if item.id == ITEM_OF_FIGURES:
            made.add_paragraph().add_run("Việc riêng của xã").bold = True
            made.add_paragraph("Tổ hòa giải tiếp nhận 28 vụ, đưa ra hòa giải 27 vụ, hòa giải thành 25 vụ.")
    made.add_paragraph("PHỤ LỤC")
    table = made.add_table(3, 2)
    for row, texts in zip(table.rows, OLDER_FIGURES, strict=True):
        row.cells[0].text, row.cells[1].text = texts
    made.save(str(path))


def _with_words(data: bytes, item: str, words: str) -> bytes:
    """A Word file with some words more at the beginning of an item."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            part = before.read(name).decode() if name == "word/document.xml" else None
            if part is not None:
                place = part.index(">", part.index("<w:t ", part.index(f'"item:{item}"'))) + 1
                part = part[:place] + words + part[place:]
            after.writestr(name, before.read(name) if part is None else part)
    return target.getvalue()


def take_export(camera: Camera, export_to: Path) -> None:
    """A figure that contradicts another, what the export says of it, and the export itself."""
    room = camera.window.room
    assert room.workspace is not None
    assert room.view is not None
    room.workspace.enter(WRONG_FIGURE, "9.999")
    room.view.refresh()
    room.view.go_to(WRONG_FIGURE)
    room.view.check()
    camera.shoot("report-findings")
    room.folder = str(export_to)
    camera.shoot_dialog("export", room.export, then=lambda dialog: export_and_shoot(camera, dialog))


def export_and_shoot(camera: Camera, dialog: QDialog) -> None:
    """Export, and keep what is offered then."""
    assert isinstance(dialog, ExportDialog)
    dialog.export()
    camera.shoot("exported")


def take_desk(camera: Camera, packages: Path) -> None:
    """The receiving desk, tab by tab, and the receiving unit's own report."""
    window = camera.window
    window.show_desk()
    desk = window.desk
    assert desk is not None
    desk.take_in([packages])
    camera.settle(3)
    camera.shoot("desk-packages")
    for place, name in ((1, "desk-filing"), (2, "desk-totals"), (3, "desk-texts")):
        desk.tabs.setCurrentIndex(place)
        camera.shoot(name)
    desk.tabs.setCurrentIndex(1)
    camera.shoot_dialog("desk-expected", desk.filing.ask_expected)
    window.open_first_report()
    room = window.room
    assert room.view is not None
    room.view.fill_place(ITEM_OF_FIGURES)
    camera.shoot("report-receiving")


def take_letters(camera: Camera, folder: Path) -> None:
    """A correction request: written at the desk, in the unit's file there, and as the unit sees it."""
    window, period = camera.window, Period(2024)
    desk = window.show_desk()
    assert desk is not None
    assert window.opened is not None
    desk.tabs.setCurrentWidget(desk.filing)
    line = next(one for one in tables.rows(desk.filing.units) if one.text(5) == COMMUNE)
    desk.filing.units.setCurrentItem(line)
    asked = [Question("", words, key) for key, words in ASKED]
    camera.shoot_dialog("letter-request", lambda: desk.filing.letters.ask_questions(asked))
    file, unit = window.opened.file, str(line.data(0, tables.KEY))
    letter = receiving.correction_request(file, unit, period, asked, now().date())
    path = receiving.send(file, letter, folder, now())
    desk.filing.show_period(period)
    camera.shoot_dialog("unit-history", desk.filing.show_history)
    camera.open(HOME / "units" / f"{COMMUNE}.sqlite")
    camera.shoot_dialog("letter", lambda: window.open_paths([path]), then=QDialog.accept, wait=2500)
    camera.settle(4)
    camera.shoot("letter-question")


def take_theme(theme: Literal["light", "dark"], demo: Path) -> None:
    """Every picture in one theme, on a copy of the sample data."""
    shutil.rmtree(HOME, ignore_errors=True)
    shutil.copytree(demo, HOME)
    camera = Camera(theme, HOME / "chua-co.sqlite")
    take_first_start(camera)
    camera.open(HOME / "units" / f"{COMMUNE}.sqlite")
    take_commune(camera, HOME)
    camera.open(HOME / "receiving.sqlite")
    take_desk(camera, HOME / "packages")
    take_letters(camera, HOME)
    take_keys(camera)
    take_unlucky(camera, HOME / "units" / f"{COMMUNE}.sqlite", HOME / "receiving.sqlite")
    camera.close()


def main() -> None:
    """All pictures of both themes."""
    os.environ["HOME"] = str(OFFICER)
    os.environ["DCS_DESKTOP_HOME"] = str(OFFICER / ".local" / "share" / "dcs-desktop")
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        make_demo(demo)
        for theme in ("light", "dark"):
            take_theme(theme, demo)
    shutil.rmtree(OFFICER.parent, ignore_errors=True)


if __name__ == "__main__":
    main()

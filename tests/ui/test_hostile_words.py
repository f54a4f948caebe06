"""A report whose every text is markup, on every screen: no part of the window takes a letter of it for a command."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from dcs_desktop import receiving
from dcs_desktop.core.form import Role
from dcs_desktop.core.own import addition, sections_for
from dcs_desktop.core.report import Letterhead
from dcs_desktop.core.values import Kind
from dcs_desktop.store import open_file
from dcs_desktop.ui.clock import this_day
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.workspace import Workspace
from tests.ui.shell_data import COMMUNE, DISTRICT, packed, unit_file, with_report
from tests.ui.test_every_screen import walk_commune, walk_desk, walk_letters, walk_settings

MARKUP = "<b>đ</b><img src=file:///etc/passwd>"
RICH = (Qt.TextFormat.AutoText, Qt.TextFormat.RichText, Qt.TextFormat.MarkdownText)


def hostile_file(path: Path) -> Path:
    """A commune's data file in which every text that somebody may type is markup."""
    unit_file(path, COMMUNE)
    with closing(open_file(path)) as file:
        setup = file.setup()
        assert setup is not None
        words = Letterhead(
            superior_body=MARKUP, issuing_body=MARKUP, number="1", series="BC", place=MARKUP,
            addressees=(MARKUP,), recipients=(MARKUP,), signing=(MARKUP,), signatory=MARKUP,
            places=dict.fromkeys(setup.letterhead.places, MARKUP) | {"thon": MARKUP},
        )  # fmt: skip
        named = replace(setup.unit, name=MARKUP, within=MARKUP)
        above = replace(setup.receiver, name=MARKUP)
        file.save_setup(replace(setup, unit=named, receiver=above, letterhead=words))
    with_report(path)
    with closing(open_file(path)) as file:
        workspace = Workspace.open(file, file.reports()[0].ref)
        _fill(workspace)
        workspace.flush()
        workspace.close()
    return path


def _fill(workspace: Workspace) -> None:
    form = workspace.form
    with workspace.together():
        section = sections_for(form, Kind.COUNT)[0].id
        workspace.set_own("own.1", addition(form, section, Kind.COUNT, MARKUP, MARKUP))
        for field in form.fields.values():
            if field.role is Role.ENTERED:
                if not field.type.numeric:
                    workspace.enter(field.key, MARKUP)
                workspace.set_note(field.key, MARKUP)
        for table in form.tables.values():
            row = workspace.add_row(table.id).row
            for column in table.columns:
                workspace.enter(f"{table.id}/{row}/{column.id}", MARKUP)
        for item in form.items.values():
            if item.prose:
                workspace.write(item.id, f"{MARKUP}[^1]\n\n[^1]: {MARKUP}")


def taken_for_commands(window: QWidget) -> list[str]:
    """The parts of a window that hold the words as markup: a label that may read it, a document with its picture."""
    found = []
    for part in window.findChildren(QWidget):
        if isinstance(part, QLabel) and "<img" in part.text() and part.textFormat() in RICH:
            found.append(f"{type(part.parent()).__name__}: {part.text()[:80]}")
        document = part.document() if isinstance(part, QTextEdit | QPlainTextEdit) else None
        if document is not None and _has_picture(document):
            found.append(f"{type(part).__name__} {part.objectName()}")
    return found


def _has_picture(document: QTextDocument) -> bool:
    return any(
        each.isImageFormat() and "passwd" in each.toImageFormat().name() for each in document.allFormats()
    )


def test_hostile_markup_is_letters_on_every_screen(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    commune = hostile_file(tmp_path / "xa.sqlite")
    other = Path(shutil.copy(commune, tmp_path / "kh.sqlite"))
    district = unit_file(tmp_path / "huyen.sqlite", DISTRICT)
    commands: dict[str, list[str]] = {}
    met: list[str] = []

    def look(name: str, screen: QWidget) -> None:
        if found := taken_for_commands(screen):
            commands[name] = found
        met.extend(name for part in screen.findChildren(QLabel) if "<img" in part.text())

    walk_commune(qtbot, window, commune, look)
    walk_settings(window, look)
    with closing(open_file(district)) as file:
        receiving.import_paths(file, [packed(other, tmp_path / "goi")[0]], this_day())
    walk_desk(qtbot, window, district, look)
    walk_letters(window, tmp_path, look)
    assert commands == {}
    assert len(set(met)) > 5

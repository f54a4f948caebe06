"""What others wrote, on its way out: to a screen, a terminal, a mail, a spreadsheet, it stays letters."""

from __future__ import annotations

import email
import email.policy
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import PureWindowsPath
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from dcs_desktop import cli, draft_mail, package
from dcs_desktop.cli.terminal import harmless
from dcs_desktop.core.letter import Head, LetterKind
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.package.letters import letter_name
from dcs_desktop.package.sheets import guarded, unguarded
from dcs_desktop.ui import look, messages
from dcs_desktop.ui.tasks import Told, Worker
from tests.package.samples import REPORT

MARKUP = '<b>đậm</b><img src="file:///etc/hostname"><a href="file:///">mở</a>'


def test_hostile_markup_in_a_tooltip_is_letters(qtbot: QtBot, qapp: QApplication) -> None:
    """Tooltips say names of units, files and fields; Qt would load a picture that such a name asks for."""
    before = qapp.styleSheet()
    look.apply(qapp, "light")
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.show()
    QToolTip.showText(QPoint(5, 5), MARKUP, holder)
    (tip,) = (each for each in qapp.topLevelWidgets() if each.inherits("QTipLabel"))
    assert isinstance(tip, QLabel)
    assert (tip.text(), tip.textFormat()) == (MARKUP, Qt.TextFormat.PlainText)
    QToolTip.hideText()
    qapp.setStyleSheet(before)


def test_hostile_markup_in_a_message_is_letters(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, Qt.TextFormat]] = []

    def look_at(box: QMessageBox) -> int:
        seen.extend((each.text(), each.textFormat()) for each in box.findChildren(QLabel) if each.text())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", look_at)
    messages.ask(None, MARKUP, "Có", "Không", MARKUP + " chi tiết")
    assert sorted(seen) == [
        (MARKUP, Qt.TextFormat.PlainText),
        (MARKUP + " chi tiết", Qt.TextFormat.PlainText),
    ]


def test_hostile_markup_in_progress_is_letters(qtbot: QtBot) -> None:
    """Long work names the file it is at."""
    holder, worker, seen = QWidget(), Worker(), Event()
    qtbot.addWidget(holder)
    holder.show()

    def work(told: Told) -> None:
        told(1, 2, MARKUP)
        seen.wait(10)

    worker.start(holder, work, lambda _done: None, saying="Đang nhận")
    qtbot.waitUntil(lambda: any(MARKUP in label.text() for label in holder.findChildren(QLabel)))
    (said,) = (label for label in holder.findChildren(QLabel) if MARKUP in label.text())
    assert said.textFormat() == Qt.TextFormat.PlainText
    seen.set()
    worker.close()


ESCAPES = "Xã \x1b]0;x\x07\x1b[2J\x9b1A\u202etxt.exe\u2066"


def test_hostile_signs_do_not_reach_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_args: object) -> object:
        raise Refusal(ESCAPES)

    monkeypatch.setattr(cli, "_done", refuse)
    assert cli.run(["list"], lambda *_: 0) == cli.REFUSED
    cli._print([ESCAPES, json.dumps({"name": ESCAPES}, ensure_ascii=False)])
    out, err = capsys.readouterr()
    for sign in "\x1b\x07\x9b\u202e\u2066":
        assert sign not in out + err
    assert json.loads(out.splitlines()[1]) == {"name": ESCAPES}
    assert harmless("Xã Đông Khê\t1\n") == "Xã Đông Khê\t1\n"


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x85"])
def test_hostile_names_add_no_line_to_the_head_of_a_mail(break_: str) -> None:
    mail = draft_mail.reminder(f"Nhắc{break_}Cc: x@y.vn", "Nội dung", f"a@b.vn{break_}Reply-To: x@y.vn")
    read = email.message_from_bytes(mail, policy=email.policy.default)
    assert set(read.keys()) == {
        "Subject", "Bcc", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"
    }  # fmt: skip


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "'"])
def test_hostile_cells_begin_no_formula_in_a_sheet(sign: str) -> None:
    text = f"{sign}cmd|' /C calc'!A0"
    assert guarded(text)[0] == "'"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    "code",
    ["../..\\CON", "CON", "a" * 300, "\u202etxt.exe", "\x00\x1b[2J", "ấp", "..", "con.txt:x", "", " . "],
)
def test_hostile_names_of_units_make_no_path_and_no_device(code: str) -> None:
    """A unit's code is all of others' words that comes into the name of a file."""
    identity = REPORT.identity
    unit = replace(identity.unit, code=code)
    head = Head(LetterKind.RECEIPT, unit, identity.receiver, "2024", False, 1, date(2024, 12, 2))
    for name in (
        package.file_name(replace(REPORT, identity=replace(identity, unit=unit))),
        letter_name(head),
    ):
        assert re.fullmatch(r"DCS_[A-Za-z0-9-]{0,40}_[A-Za-z0-9_-]{1,60}\.zip", name)
        assert not PureWindowsPath(name).is_reserved()

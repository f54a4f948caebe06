"""A question that takes several answers: typed one after another, or ticked in the list that opens, by key alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot

from dcs_desktop.core.values import Choice, FieldType, Kind
from dcs_desktop.ui.editors import ChoicesEditor, editor_for

SOME = FieldType(Kind.CHOICES, choices=(Choice("a", "Niêm yết"), Choice("b", "Họp thôn"), Choice("c", "Loa")))


def test_choices_are_ticked_by_key(qtbot: QtBot) -> None:
    editor = editor_for("hinh_thuc", SOME, "Hình thức")
    assert isinstance(editor, ChoicesEditor)
    qtbot.addWidget(editor)
    editor.show()
    editor.show_text("Loa")
    said: list[tuple[str, str]] = []
    editor.edited.connect(lambda key, text: said.append((key, text)))

    def tick() -> None:
        listed = QApplication.focusWidget()
        assert isinstance(listed, QListWidget)
        QTest.keyClick(listed, Qt.Key.Key_Space)
        QTest.keyClick(listed, Qt.Key.Key_Escape)

    QTimer.singleShot(300, tick)
    editor.actions()[0].trigger()
    assert editor.text() == "Niêm yết; Loa"
    assert said[-1] == ("hinh_thuc", "Niêm yết; Loa")

"""The tables of all units from the desk, as a PDF file to be printed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dcs_desktop.ui import files, messages
from dcs_desktop.ui.main_window import MainWindow
from tests.ui.shell_data import desk_with_one


def test_the_tables_of_all_units_are_saved_before_the_desk_has_a_report(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "Theo đơn vị.pdf"
    monkeypatch.setattr(files, "ask_to_save", lambda *_said: target)
    monkeypatch.setattr(messages, "ask", lambda *_said: False)
    desk = desk_with_one(qtbot, window, tmp_path)
    QTest.mouseClick(desk.totals.print, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(target.exists)
    with pdfplumber.open(BytesIO(target.read_bytes())) as pdf:
        words = pdf.pages[0].extract_text()
        rows = pdf.pages[0].extract_table() or [[]]
    assert "Tổng hợp từ báo cáo của 1/15 đơn vị; chưa có: " in words
    assert [row[2:5] for row in rows if row[1] in ("Xã Phương Bình", "Tổng hợp", "Số đơn vị có số liệu")] == [
        ["3", "4", "chưa có"],
        ["3", "4", "chưa có"],
        ["1/15", "1/15", "0/15"],
    ]

"""A template that was given: added from the menu, its form filled in by keys, its slips named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from dcs_desktop import paths, template_library
from dcs_desktop.core.period import Period
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.new_report import NewReportDialog
from tests.test_second_family import TEMPLATE
from tests.ui.shell_data import unit_file
from tests.ui.test_report_view import editor

QUARTER = Period.parse("2025-Q1")


@pytest.fixture(autouse=True)
def home() -> Iterator[None]:
    """A user who was given nothing yet."""
    template_library.template.cache_clear()
    yield
    template_library.template.cache_clear()


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """The file that is chosen in the dialog."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_said: (str(path), ""))


def test_a_given_template_is_added_and_filled_in(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    choose(monkeypatch, TEMPLATE)
    window.actions_by_name["template"].trigger()
    assert "quy-xa@2025" in said[0]
    window.open_data(unit_file(tmp_path / "xa.sqlite"), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    assert window.opened is not None
    dialog = NewReportDialog(window.opened, QUARTER, window)
    assert dialog.template.currentData() == "quy-xa@2025"
    QTest.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    assert dialog.ref is not None
    window.room.open(window.opened.file, dialog.ref)
    view, workspace = window.room.view, window.room.workspace
    assert view is not None
    assert workspace is not None
    view.go_to("dong_gop.tien")
    assert view.page is not None
    labels = [label.text() for label in view.page.findChildren(QLabel)]
    assert sum("lũy kế từ đầu năm" in text.lower() for text in labels) == 1
    assert not any(text.lower().count("lũy kế") > 1 for text in labels)
    for key, typed in (("dong_gop.tien", "12.345.678.901.234"), ("dong_gop.luy_ke", "12.345.678.901.230")):
        QTest.keyClicks(editor(view, key), typed)
        QTest.keyClick(editor(view, key), Qt.Key.Key_Return)
    assert [f.rule for f in workspace.findings if f.rule.startswith("lk.")] == ["lk.dong_gop"]
    editor(view, "dong_gop.luy_ke").selectAll()
    QTest.keyClicks(editor(view, "dong_gop.luy_ke"), "12345678901234")
    QTest.keyClick(editor(view, "dong_gop.luy_ke"), Qt.Key.Key_Return)
    assert [f.rule for f in workspace.findings if f.rule.startswith("lk.")] == []
    assert editor(view, "dong_gop.luy_ke").text() == "12.345.678.901.234"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (TEMPLATE.read_text("utf-8").replace('of = "tiep_dan.luot"', 'of = "tiep_dan.la"'), "tiep_dan.la"),
        ("a = " + "[" * 100_000, "không đọc được"),
        ("x" * 2_000_001, "2 MB"),
        ("\x00\xff", ""),
    ],
)
def test_a_wrong_template_is_refused_with_its_place(
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: list[str],
    content: str,
    words: str,
) -> None:
    file = tmp_path / "quy-xa-2026.toml"
    file.write_text(content, "utf-8")
    choose(monkeypatch, file)
    window.actions_by_name["template"].trigger()
    assert len(said) == 1
    assert words in said[0]
    assert not paths.given_templates_dir().exists()


def test_another_content_of_the_same_version_is_refused(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    other = tmp_path / "quy-xa-2025.toml"
    other.write_text(TEMPLATE.read_text("utf-8").replace("Số công trình", "Số việc"), "utf-8")
    for file in (TEMPLATE, TEMPLATE, other):
        choose(monkeypatch, file)
        window.actions_by_name["template"].trigger()
    assert "Đã thêm" in said[1]
    assert "nội dung khác" in said[2]


def test_a_given_template_that_was_damaged_is_named_and_stops_nothing_else(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    choose(monkeypatch, TEMPLATE)
    window.actions_by_name["template"].trigger()
    (kept,) = paths.given_templates_dir().iterdir()
    kept.write_text("{", "utf-8")
    template_library.template.cache_clear()
    assert [info.reference for info in template_library.known()] == ["dcs@2025", "dcs@2024"]
    with pytest.raises(Exception, match=kept.name):
        template_library.template("quy-xa@2025")

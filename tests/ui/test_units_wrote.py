"""What units wrote, beside the own report: per item, searched without marks, quoted with its source, one undo."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from dcs_desktop import demo, receiving
from dcs_desktop.core.letter import Question
from dcs_desktop.core.narrative import plain, read
from dcs_desktop.core.period import Period
from dcs_desktop.core.quoting import quotation
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.store import open_file
from dcs_desktop.ui import desk_texts
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.side_pane import UNITS
from dcs_desktop.ui.units_wrote import UnitsWrote

YEAR = Period.parse("2024")
ITEM = "III.1.a"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written") / "demo"
    demo.make_demo(folder)
    return folder / "receiving.sqlite"


def test_every_unit_that_wrote_is_there_in_the_order_of_the_list(made: Path) -> None:
    file = open_file(made, read_only=True)
    found = receiving.written(file, YEAR, ITEM)
    units = receiving.filed_units(file, YEAR)
    assert (found.looked_at, found.count) == (15, 15)
    said = [unit.identity for unit, _prose in found.quotations]
    assert said == [unit for unit in units if unit in said]
    for (report, form), (unit, prose) in zip(
        receiving.filed(file, YEAR, said).values(), found.quotations, strict=True
    ):
        assert prose == quotation(report, form, ITEM)
        assert plain(prose).startswith("“")
        assert plain(prose).endswith(f"” ({unit.name})")
        assert "{" not in plain(prose), "a linked figure is the unit's own: here it is letters"
    file.close()


def test_search_needs_no_marks_and_every_word(made: Path) -> None:
    file = open_file(made, read_only=True)
    everyone = receiving.written(file, YEAR, ITEM).quotations
    some = receiving.written(file, YEAR, ITEM, "dan ban TRONG tam").quotations
    assert 0 < len(some) < len(everyone)
    assert all("dân bàn" in plain(prose) for _unit, prose in some)
    assert receiving.written(file, YEAR, ITEM, "không có từ này").quotations == ()
    assert receiving.written(file, YEAR, "không có mục").quotations == ()

    def stop(_done: int, _of: int) -> None:
        raise Refusal("thôi")

    with pytest.raises(Refusal, match="thôi"):
        receiving.written(file, YEAR, ITEM, more=stop)
    file.close()


def test_a_quotation_goes_behind_the_text_with_its_unit_and_is_undone_as_one(
    made: Path, tmp_path: Path, window: MainWindow, qtbot: QtBot
) -> None:
    window.open_data(Path(shutil.copy(made, tmp_path / "dcs.sqlite")), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    assert window.opened is not None
    window.open_report(window.opened.file.reports()[0].ref)
    view, workspace = window.room.view, window.room.workspace
    assert view is not None
    assert workspace is not None
    window.room.wait_for_totals()
    view.fill_place(ITEM)
    view.side.setCurrentIndex(UNITS)
    panel = view.side.units
    assert isinstance(panel, UnitsWrote)
    qtbot.waitUntil(lambda: "/15" in panel.said.text())
    before = workspace.answers.prose(ITEM)
    panel.sought.setText("trong tam")
    qtbot.waitUntil(lambda: not panel.said.text().startswith("15/") and "/15" in panel.said.text())
    found = receiving.written(workspace.file, YEAR, ITEM, "trong tam").quotations
    assert panel.said.text().startswith(f"{len(found)}/15")
    unit, prose = found[0]
    panel.quoted.emit(prose)
    after = workspace.answers.prose(ITEM)
    assert plain(read(after)) == f"{plain(read(before))}\n{plain(prose)}"
    assert unit.name in after
    view.undo()
    assert workspace.answers.prose(ITEM) == before


def test_the_desk_looks_through_all_units_and_not_only_those_that_are_seen(
    made: Path, tmp_path: Path, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_texts, "ALL", 4)
    monkeypatch.setattr(desk_texts, "AT_A_TIME", 4)
    window.open_data(Path(shutil.copy(made, tmp_path / "dcs.sqlite")), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.show_desk()
    desk = window.desk
    assert desk is not None
    assert window.opened is not None
    file = window.opened.file
    desk.tabs.setCurrentWidget(desk.texts)
    tab = desk.texts
    tab.items.setCurrentIndex(tab.items.findData(ITEM))
    assert tab.some.count() == 4
    tab.sought.setText("trong tam")
    qtbot.waitUntil(lambda: "/15" in tab._said.text())
    expected = [unit.name for unit, _prose in receiving.written(file, YEAR, ITEM, "trong tam").quotations]
    titles = [title.text() for title in tab.findChildren(QLabel) if title.property("role") == "heading"]
    assert [name for name in titles if name in expected] == expected
    seen = [report.identity.unit.name for report, _form in tab._reports.values()]
    assert set(expected) - set(seen), "some are found that are not among those seen"
    tab.sought.clear()
    qtbot.waitUntil(lambda: "/4" in tab._said.text())


def test_a_text_is_copied_with_its_source_and_asked_about_where_it_is_read(
    made: Path, tmp_path: Path, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_data(Path(shutil.copy(made, tmp_path / "dcs.sqlite")), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.show_desk()
    desk = window.desk
    assert desk is not None
    desk.tabs.setCurrentWidget(desk.texts)
    tab = desk.texts
    tab.items.setCurrentIndex(tab.items.findData(ITEM))
    place = tab._texts.itemAt(0)
    assert place is not None
    card = place.widget()
    assert card is not None
    unit = next(
        report.identity.unit
        for report, _form in tab._reports.values()
        if report.identity.unit.name == card.findChildren(QLabel)[0].text()
    )
    words = card.findChildren(QLabel)[1]
    ask, copy = card.findChildren(QPushButton)
    copy.click()
    assert QApplication.clipboard().text() == f"“{words.text()}” ({unit.name})"
    words.setSelection(0, 12)
    asked: list[Question] = []
    monkeypatch.setattr(tab.letters, "ask_questions", asked.extend)
    ask.click()
    assert tab.letters.units == [unit.identity]
    assert asked == [Question("1", "", ITEM, words.text()[:12])]

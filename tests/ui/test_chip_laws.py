"""Laws of linked figures in a field of prose: whatever is done to them, the string stays canonical."""

from __future__ import annotations

from hypothesis import given as cases
from hypothesis import settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from dcs_desktop.core.narrative import Prose, read, write
from dcs_desktop.ui.narrative_paste import from_clipboard, to_clipboard, unlinked
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.surroundings import Surroundings


def _said(area: ProseArea) -> str:
    return write(Prose(area.paragraphs()))


def test_a_clipboard_without_the_printed_numbers_leaves_the_key() -> None:
    data = QMimeData()
    data.setData("application/x-dcs-printed", b"[broken")
    assert unlinked(read("{la.lung}"), data, lambda link: False) == (read("la.lung"), 1)


MARKUP = st.lists(
    st.sampled_from(
        [
            "Có 45 vụ",
            " {a.b}",
            "{c|value;d=1;unit}",
            "**đậm {a.b}**",
            " *nghiêng*",
            "😀",
            "\n\n- mục ",
            "\n\n",
        ]
    ),
    max_size=6,
).map("".join)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["link", "type", "cut", "copy", "paste", "enter", "offer"]),
        st.integers(0, 30),
        st.integers(0, 8),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@cases(MARKUP, STEPS)
def test_whatever_is_done_to_chips_the_string_stays_canonical_and_undo_brings_it_back(
    qapp: object, markup: str, steps: list[tuple[str, int, int]]
) -> None:
    around = Surroundings(
        lambda link: "45",
        lambda link: "",
        lambda id: 1,
        lambda found: Prose(tuple(found)),
        lambda prose: prose.paragraphs,
    )
    area = ProseArea(around)
    area.show_paragraphs(read(markup).paragraphs)
    first, held = _said(area), to_clipboard(read("{d.e}"), "45")
    for deed, place, length in steps:
        cursor, last = area.textCursor(), area.document().characterCount() - 1
        cursor.setPosition(min(place, last))
        cursor.setPosition(min(place + length, last), QTextCursor.MoveMode.KeepAnchor)
        area.setTextCursor(cursor)
        match deed:
            case "link":
                area.insert_link(read("{f.g|value;nought}").paragraphs[0].inlines[0])  # type: ignore[arg-type]  # a link
            case "type":
                QTest.keyClicks(area, "x1")
            case "enter":
                QTest.keyClick(area, Qt.Key.Key_Return)
            case "paste":
                area.insertFromMimeData(held)
            case _ if cursor.hasSelection():
                held = area.createMimeDataFromSelection()
                prose = from_clipboard(held)
                assert prose is not None
                assert write(read(write(prose))) == write(prose)
                if deed == "cut":
                    area.textCursor().removeSelectedText()
            case _:
                pass
        assert write(read(_said(area))) == _said(area)
    done = _said(area)
    while area.document().isUndoAvailable():
        area.undo()
    assert _said(area) == first
    while area.document().isRedoAvailable():
        area.redo()
    assert _said(area) == done

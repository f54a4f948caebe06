"""What is said of a place in a text, and its menu: the linked figure, the doubt or the offer there, then the usual."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu

from dcs_desktop.i18n import _
from dcs_desktop.ui import known_words

if TYPE_CHECKING:
    from dcs_desktop.ui.prose_area import ProseArea


def menu_at(area: ProseArea, point: QPoint) -> QMenu:
    """The menu of a place of the text."""
    menu = area.createStandardContextMenu()
    first = menu.actions()[0]
    for part in (
        _correcting(area, point),
        _spelling(area, point),
        _linking(area, point),
        _of_chip(area, point),
    ):
        for text, act in part:
            action = menu.addAction(text)
            action.triggered.connect(act)
            menu.insertAction(first, action)
        if part:
            menu.insertSeparator(first)
    return menu


def told_at(area: ProseArea, point: QPoint) -> str:
    """What is said of a place: which linked figure it is, what was computed, what a word may have been meant to be."""
    chip, doubt, slip = area.chip_at(point), area.doubt_at(point), area.slip_at(point)
    told = [] if chip is None else [area.around.told(chip[1])]
    told += [] if doubt is None else [doubt.said.message]
    if slip is not None:
        said = _("“{word}” không đúng chính tả tiếng Việt; có thể là {offered}.")
        bare = _("“{word}” không đúng chính tả tiếng Việt.")
        offered = ", ".join(f"“{word}”" for word in slip.offered)
        told.append((said if offered else bare).format(word=slip.word.selectedText(), offered=offered))
    return "\n".join(told)


Part = list[tuple[str, Callable[[], object]]]


def _correcting(area: ProseArea, point: QPoint) -> Part:
    doubt = area.doubt_at(point)
    if doubt is None or doubt.stated is None or area.isReadOnly():
        return []
    text = _("Sửa thành {number}").format(number=doubt.said.correction)
    return [(text, partial(area.correct, doubt))]


def _spelling(area: ProseArea, point: QPoint) -> Part:
    """What a doubtful word may have been meant to be, and that it is right as it is."""
    slip = area.slip_at(point)
    if slip is None or area.isReadOnly():
        return []

    def write(word: str) -> None:
        QTextCursor(slip.word).insertText(word, slip.word.charFormat())

    def keep(word: str) -> None:
        # Where the list cannot be written the word is only doubted again at the next start.
        with suppress(OSError):
            known_words.keep(word)
        area.check_figures()

    word = slip.word.selectedText()
    offered: Part = [
        (_("Sửa thành “{word}”").format(word=said), partial(write, said)) for said in slip.offered
    ]
    return [*offered, (_("“{word}” viết đúng, không nhắc nữa").format(word=word), partial(keep, word))]


def _linking(area: ProseArea, point: QPoint) -> Part:
    offer = area.offer_at(point)
    if offer is None or area.isReadOnly():
        return []
    told = [(area.around.named(link), link) for link in offer.links[:3]]
    return [
        (_("Liên kết với “{figure}”").format(figure=name), partial(area.accept_offer, offer, link))
        for name, link in told
    ]


def _of_chip(area: ProseArea, point: QPoint) -> Part:
    chip = area.chip_at(point) or area.chip()
    if chip is None:
        return []
    _position, link = chip
    opening: Part = [(_("Xem số liệu liên kết") + "\tF4", partial(area.link_opened.emit, link.key))]
    if area.isReadOnly():
        return opening
    display = _("Cách hiển thị số liệu…") + "\tAlt+Enter"
    return [*opening, (display, partial(area.display_asked.emit, chip))]

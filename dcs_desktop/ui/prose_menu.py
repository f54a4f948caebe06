"""The menu of a place in a text: the linked figure, the doubt or the offer there first, then the usual."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from dcs_desktop.i18n import _

if TYPE_CHECKING:
    from dcs_desktop.ui.prose_area import ProseArea


def menu_at(area: ProseArea, point: QPoint) -> QMenu:
    """The menu of a place of the text."""
    menu = area.createStandardContextMenu()
    first = menu.actions()[0]
    for part in (_correcting(area, point), _linking(area, point), _of_chip(area, point)):
        for text, act in part:
            action = menu.addAction(text)
            action.triggered.connect(act)
            menu.insertAction(first, action)
        if part:
            menu.insertSeparator(first)
    return menu


Part = list[tuple[str, Callable[[], object]]]


def _correcting(area: ProseArea, point: QPoint) -> Part:
    doubt = area.doubt_at(point)
    if doubt is None or doubt.stated is None or area.isReadOnly():
        return []
    text = _("Sửa thành {number}").format(number=doubt.said.correction)
    return [(text, partial(area.correct, doubt))]


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

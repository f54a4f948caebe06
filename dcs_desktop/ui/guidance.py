"""Hướng dẫn: what the items of the section ask, and the legal source of each."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from PySide6.QtWidgets import QFrame, QTextBrowser

from dcs_desktop.core.form import Item, Section
from dcs_desktop.i18n import _
from dcs_desktop.ui import look


class Guidance(QTextBrowser):
    """Read only."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("guidance")
        self.setAccessibleName(_("Hướng dẫn"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "plain")
        self.setOpenLinks(False)
        self.document().setDocumentMargin(look.GAP)

    def scroll_to(self, item: str) -> None:
        """Bring an item to the top."""
        self.scrollToAnchor(item)

    def show_section(self, section: Section) -> None:
        """Show the guidance on every item of a section, its figures and tables."""
        told = "".join(part for item in section.items for part in _item(item))
        nothing = _("Mẫu báo cáo không có hướng dẫn riêng cho mục này.")
        self.setHtml(told or f"<p>{escape(nothing)}</p>")


def _item(item: Item) -> Iterator[str]:
    details = [
        *((figure.label, figure.guidance) for figure in item.figures if figure.guidance),
        *((table.label, table.guidance) for table in item.tables if table.guidance),
    ]
    if not (item.guidance or item.legal or details):
        return
    yield f'<p><a name="{escape(item.id)}"></a><b>{escape(item.id)}.</b> <i>{escape(item.prompt)}</i></p>'
    if item.guidance:
        yield f"<p>{escape(item.guidance)}</p>"
    for label, guidance in details:
        yield f"<p><b>{escape(label)}:</b> {escape(guidance)}</p>"
    if item.legal:
        legal = _("Căn cứ: {source}").format(source=item.legal)
        yield f'<p><span style="color:{look.colour("muted").name()}">{escape(legal)}</span></p>'

"""Kỳ trước: last period's figures and text of the section that is being filled."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QTextBrowser

from dcs_desktop.core.form import Item, Section
from dcs_desktop.core.linked import shown_link
from dcs_desktop.core.narrative import Link, NoteMark, Paragraph, Text, marks, read
from dcs_desktop.core.values import shown
from dcs_desktop.i18n import _
from dcs_desktop.ui import figure_words as said
from dcs_desktop.ui import look

if TYPE_CHECKING:
    from dcs_desktop.workspace import Workspace


class LastPeriod(QTextBrowser):
    """Read, selected and copied from; never typed into."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.setObjectName("last_period")
        self.setAccessibleName(_("Kỳ trước"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "plain")
        self.setOpenLinks(False)
        self.document().setDocumentMargin(look.GAP)

    def show_section(self, section: Section) -> None:
        """Show what was reported in this section last period."""
        before = self._workspace.before
        if before is None:
            self.setHtml(_paragraph(_("Chưa có báo cáo kỳ trước trong dữ liệu này.")))
            return
        phrase = before.identity.period.words
        unit = before.identity.unit.name
        parts = [f"<p><b>{escape(unit)}, {escape(phrase)}</b></p>"]
        for item in section.items:
            parts += self._item(item)
        self.setHtml("".join(parts))

    def _item(self, item: Item) -> Iterator[str]:
        yield f'<p><a name="{escape(item.id)}"></a><i>{escape(item.id)}. {escape(item.prompt)}</i></p>'
        rows = "".join(self._figures(item))
        if rows:
            yield f'<table width="100%" cellspacing="0" cellpadding="2">{rows}</table>'
        yield from self._prose(item)
        yield from self._tables(item)

    def _figures(self, item: Item) -> Iterator[str]:
        for figure in item.figures:
            last = said.last_text(figure, self._workspace)
            if last:
                unit = "" if last.endswith("%") else figure.type.unit
                number = f"{last} {unit}".strip()
                yield f'<tr><td>{escape(figure.label)}</td><td align="right">{escape(number)}</td></tr>'

    def _prose(self, item: Item) -> Iterator[str]:
        before = self._workspace.before
        prose = read("" if before is None else before.answers.prose(item.id))
        order = marks(prose)
        for paragraph in prose.paragraphs:
            text = self._inlines(paragraph, order)
            yield f"<ul><li>{text}</li></ul>" if paragraph.bullet else f"<p>{text}</p>"
        for number, id in enumerate(order, 1):
            for paragraph in prose.notes.get(id, ()):
                yield f"<p><sup>{number}</sup> <small>{self._inlines(paragraph, ())}</small></p>"

    def _inlines(self, paragraph: Paragraph, order: tuple[str, ...]) -> str:
        parts = []
        for inline in paragraph.inlines:
            match inline:
                case Text(text, bold, italic):
                    parts.append(_styled(escape(text), bold, italic))
                case Link():
                    parts.append(_styled(escape(self._printed(inline)), inline.bold, inline.italic))
                case NoteMark(id) if id in order:
                    parts.append(f"<sup>{order.index(id) + 1}</sup>")
                case NoteMark():
                    pass
        return "".join(parts)

    def _printed(self, link: Link) -> str:
        before, form = self._workspace.before, self._workspace.form
        return "" if before is None else shown_link(link, form, before.figures, before.answers)

    def _tables(self, item: Item) -> Iterator[str]:
        before = self._workspace.before
        for table in item.tables:
            for row in () if before is None else before.answers.rows.get(table.id, ()):
                cells = (
                    shown(column.type, row.cells[column.id])
                    for column in table.columns
                    if column.id in row.cells
                )
                yield f"<ul><li>{escape('; '.join(cell for cell in cells if cell))}</li></ul>"


def _styled(text: str, bold: bool, italic: bool) -> str:
    text = f"<b>{text}</b>" if bold else text
    return f"<i>{text}</i>" if italic else text


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"

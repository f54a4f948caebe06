"""Kỳ trước: an earlier report's figures and text of the section that is being filled."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QTextBrowser, QVBoxLayout

from dcs_desktop.core.form import Item, Section
from dcs_desktop.core.linked import shown_link
from dcs_desktop.core.narrative import Link, NoteMark, Paragraph, Text, marks, read
from dcs_desktop.core.values import shown
from dcs_desktop.i18n import _
from dcs_desktop.ui import figure_words as said
from dcs_desktop.ui import look

if TYPE_CHECKING:
    from dcs_desktop.forms import Before
    from dcs_desktop.ui.older_units import OlderUnits
    from dcs_desktop.workspace import Workspace


class LastPeriod(QFrame):
    """The same period of last year or the period just before; ``chosen`` when it is another one now.

    The text is read, selected and copied from; never typed into.
    """

    chosen = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._section: Section | None = None
        self._at = ""
        self._older: OlderUnits | None = None
        self.setProperty("role", "pane")
        self.text = _reading()
        self.choice = QComboBox()
        self.choice.setObjectName("beside")
        self.choice.setAccessibleName(_("So với báo cáo"))
        self.choice.setToolTip(_("Báo cáo đứng bên cạnh để so sánh (F7)"))
        for before in workspace.earlier.choices:
            self.choice.addItem(choice_words(before, workspace))
        self.choice.setVisible(self.choice.count() > 1)
        self.choice.currentIndexChanged.connect(self._choose)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.HALF)
        above = QVBoxLayout()
        above.setContentsMargins(look.GAP, look.GAP, look.GAP, 0)
        above.addWidget(self.choice)
        box.addLayout(above)
        box.addWidget(self.text, 1)

    def turn(self) -> None:
        """The other report stands beside, where there are two."""
        if self.choice.count() > 1:
            self.choice.setCurrentIndex((self.choice.currentIndex() + 1) % self.choice.count())

    def _choose(self, place: int) -> None:
        self._workspace.beside = self._workspace.earlier.choices[place]
        if self._section is not None:
            self.show_section(self._section)
            self.text.scrollToAnchor(self._at)
        self.chosen.emit()

    def scroll_to(self, item: str) -> None:
        """Bring an item to the top."""
        self._at = item
        self.text.scrollToAnchor(item)

    def show_section(self, section: Section) -> None:
        """Show what was reported in this section then."""
        self._section = section
        from dcs_desktop.ui.older_units import older_units, source_words

        before = self._workspace.beside
        older = self._older = older_units(self._workspace, self._older)
        if before is None and not older.there:
            self.text.setHtml(_paragraph(_("Chưa có báo cáo kỳ trước trong dữ liệu này.")))
            return
        parts = [older.head()]
        if before is not None:
            phrase = before.identity.period.words
            unit = before.identity.unit.name
            source = source_words(self._workspace, before.identity)
            parts.append(f"<p><b>{escape(unit)}, {escape(phrase)}</b><br>{escape(source)}</p>")
        for item in section.items:
            parts += self._item(item)
            parts += older.item(item)
        self.text.setHtml("".join(parts))

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
                change = said.change_text(figure, self._workspace)
                below = f"<br><small>{escape(change)}</small>" if change else ""
                value = f'<td align="right">{escape(number)}{below}</td>'
                yield f"<tr><td>{escape(figure.label)}</td>{value}</tr>"

    def _prose(self, item: Item) -> Iterator[str]:
        before = self._workspace.beside
        prose = read("" if before is None else before.answers.prose(item.id))
        order = marks(prose)
        for paragraph in prose.paragraphs:
            text = self._inlines(paragraph, order)
            counted = paragraph.lead if paragraph.number else ""
            yield f"<ul><li>{text}</li></ul>" if paragraph.bullet else f"<p>{counted}{text}</p>"
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
        before, form = self._workspace.beside, self._workspace.form
        return "" if before is None else shown_link(link, form, before.figures, before.answers)

    def _tables(self, item: Item) -> Iterator[str]:
        before = self._workspace.beside
        for table in item.tables:
            for row in () if before is None else before.answers.rows.get(table.id, ()):
                cells = (
                    shown(column.type, row.cells[column.id])
                    for column in table.columns
                    if column.id in row.cells
                )
                yield f"<ul><li>{escape('; '.join(cell for cell in cells if cell))}</li></ul>"


def _reading() -> QTextBrowser:
    text = QTextBrowser()
    text.setObjectName("last_period")
    text.setAccessibleName(_("Kỳ trước"))
    text.setFrameShape(QFrame.Shape.NoFrame)
    text.setProperty("role", "plain")
    text.setOpenLinks(False)
    text.document().setDocumentMargin(look.GAP)
    return text


def choice_words(before: Before, workspace: Workspace) -> str:
    """What a report that can stand beside is called: "Cùng kỳ: 6 tháng đầu năm 2024"."""
    same = before.identity.period == workspace.identity.period.previous()
    words = _("Cùng kỳ: {period}") if same else _("Kỳ trước: {period}")
    return words.format(period=before.identity.period.words)


def _styled(text: str, bold: bool, italic: bool) -> str:
    text = f"<b>{text}</b>" if bold else text
    return f"<i>{text}</i>" if italic else text


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"

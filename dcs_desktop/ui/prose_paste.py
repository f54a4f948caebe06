"""What is pasted into a field of prose: put in at the cursor; text of the fonts of before Unicode offered as Unicode."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor

from dcs_desktop.core.narrative import Prose
from dcs_desktop.core.text import one_line
from dcs_desktop.i18n import _, format_number
from dcs_desktop.ui import messages
from dcs_desktop.ui import narrative_document as mapping
from dcs_desktop.ui.narrative_paste import PROSE_TYPE, from_clipboard, unlinked

if TYPE_CHECKING:
    from dcs_desktop.core.legacy_tables import Legacy
    from dcs_desktop.reading.copied_parts import Part
    from dcs_desktop.ui.prose_area import ProseArea

TAGS: Final = re.compile(r"(<[^<>]*>)")
# As much as the recognition needs, and as much as a look at before and after does.
LOOKED_AT, SHOWN = 50_000, 160
# What goes in without the keys waiting for it: some forty printed pages, and a page of HTML around as much.
MOST_LETTERS, LONGEST_PAGE = 100_000, 400_000


@dataclass(frozen=True, slots=True)
class CopiedTables:
    """What is pasted into a text and holds tables that the report has columns for; nothing of it is in the text yet."""

    area: ProseArea
    source: QMimeData
    parts: tuple[Part, ...]


def paste(area: ProseArea, source: QMimeData, *, as_text: bool = False) -> None:
    """Put paragraphs, lists, bold and italic in; what was converted is a step of its own, so that undo gives it back.

    Tables that the report has columns for are asked about first, unless all is wanted ``as_text``.
    """
    count = len(source.text()) or len(source.html())
    if count > MOST_LETTERS and not source.hasFormat(PROSE_TYPE):
        message = _(
            "Đoạn định dán có {count} ký tự, mỗi lần dán nhận nhiều nhất {most} ký tự. Chưa có gì được dán; đề nghị dán từng phần."
        )
        area.refused.emit(message.format(count=format_number(count), most=format_number(MOST_LETTERS)))
        return
    if not as_text and (tables := _tables(area, source)) is not None:
        area.table_pasted.emit(tables)
        return
    if source.hasHtml() and source.hasText() and len(source.html()) > LONGEST_PAGE:
        source = _letters(source)
        area.refused.emit(
            _("Đoạn dán dài nên chỉ phần chữ được lấy, không lấy chữ đậm, nghiêng và gạch đầu dòng.")
        )
    start = area.textCursor().selectionStart()
    entry = area.document().findBlock(start).textList() is not None
    if not _insert(area, source) or source.hasFormat(PROSE_TYPE):
        return
    encoding = _encoding(source.text())
    if encoding is None or not _wanted(area, source.text(), encoding):
        return
    cursor = area.textCursor()
    cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
    area.setTextCursor(cursor)
    _insert(area, in_unicode(source, encoding), entry=entry)


def _tables(area: ProseArea, source: QMimeData) -> CopiedTables | None:
    """The tables that are meant for the report's own, those of old fonts in Unicode where that is wanted."""
    known = area.around.tables()
    text, page = source.text(), source.html() if source.hasHtml() else ""
    if not known or source.hasFormat(PROSE_TYPE) or ("\t" not in text and "<table" not in page.lower()):
        return None
    from dcs_desktop.reading.copied_parts import meant_for

    copy = QMimeData()
    copy.setText(text)
    if page:
        copy.setHtml(page)
    parts = meant_for(known, page, text)
    encoding = None if parts else _encoding(text)
    if encoding is not None:
        copy = in_unicode(copy, encoding)
        parts = meant_for(known, copy.html() if page else "", copy.text())
        parts = parts if parts and _wanted(area, text, encoding) else ()
    return CopiedTables(area, copy, parts) if parts else None


def _letters(source: QMimeData) -> QMimeData:
    """The letters alone, where reading the page around them would let the keys wait."""
    data = QMimeData()
    data.setText(source.text())
    return data


def _insert(area: ProseArea, source: QMimeData, *, entry: bool = True) -> bool:
    """Put it in place of the selection, in a list only where that began as an ``entry`` of one."""
    prose = from_clipboard(source)
    if prose is None:
        return False
    prose, count = unlinked(prose, source, area.around.known)
    put(area, prose, entry=entry)
    if count:
        area.unlinked.emit(count)
    if "<img" in source.html():
        area.refused.emit(_("Hình ảnh trong đoạn dán không được lấy; phần chữ đã được dán đủ."))
    return True


def put(area: ProseArea, prose: Prose, *, entry: bool = True) -> None:
    """Put prose in place of the selection, as one step to undo."""
    cursor = area.textCursor()
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    if not entry and (entries := cursor.currentList()) is not None:
        entries.remove(cursor.block())
        cursor.setBlockFormat(mapping.paragraph_format())
    mapping.insert(cursor, area.around.adopt(prose))
    cursor.endEditBlock()
    area.setTextCursor(cursor)
    area.ensureCursorVisible()


def _encoding(text: str) -> Legacy | None:
    """The encoding of before Unicode that a text seems to be in."""
    from dcs_desktop.core.legacy import looks_legacy

    return None if text.isascii() else looks_legacy(text[:LOOKED_AT])


def _wanted(area: ProseArea, text: str, encoding: Legacy) -> bool:
    """Whether the user wants it in Unicode, before and after shown beside each other."""
    from dcs_desktop.core.legacy import from_legacy
    from dcs_desktop.core.legacy_tables import Legacy, name_of

    question = _("Đoạn vừa dán gõ bằng bảng mã cũ {encoding}. Chuyển sang Unicode?").format(
        encoding=name_of(encoding)
    )
    if encoding is Legacy.UTF8:
        question = _("Đoạn vừa dán là chữ Unicode bị chương trình khác đọc nhầm bảng mã. Khôi phục chữ Việt?")
    before, after = (one_line(part)[:SHOWN] for part in (text, from_legacy(text[:LOOKED_AT], encoding)))
    detail = _("Đang là: {before}\n\nSẽ là: {after}\n\nCtrl+Z trả lại như đã dán.").format(
        before=before, after=after
    )
    return messages.ask(area, question, _("&Chuyển sang Unicode"), _("&Giữ nguyên"), detail)


def in_unicode(source: QMimeData, encoding: Legacy) -> QMimeData:
    """The same paragraphs with their letters in Unicode."""
    from dcs_desktop.core.legacy import from_legacy

    def node(text: str) -> str:
        return html.escape(from_legacy(html.unescape(text), encoding), quote=False)

    data = QMimeData()
    data.setText(from_legacy(source.text(), encoding))
    if source.hasHtml():
        parts = TAGS.split(source.html())
        data.setHtml("".join(part if part.startswith("<") else node(part) for part in parts))
    return data

"""Reads a report kept as plain text or Markdown."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from dcs_desktop.core.legacy import from_legacy, looks_legacy
from dcs_desktop.core.legacy_tables import Legacy, western
from dcs_desktop.core.narrative import (
    Inline,
    Link,
    NoteMark,
    Paragraph,
    Prose,
    Text,
    link_markup,
    mapped,
    read,
    renamed,
    tidy,
    undrawn,
)
from dcs_desktop.core.old_report.document import OldDocument, OldLine
from dcs_desktop.core.text import nfc
from dcs_desktop.i18n import _
from dcs_desktop.reading.parts import unread

LARGEST_TEXT = 8_000_000
MOST_LINES = 50_000
# As much as the recognition of an older encoding needs.
LOOKED_AT = 50_000
HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*$")
RULE = re.compile(r"[\s|:=_*-]+$")
DEFINITION = re.compile(r"\[\^[A-Za-z0-9_-]{1,40}\]:")


def read_old_text(data: bytes, file_name: str) -> OldDocument:
    """A text file; one named ``.md`` as Markdown; one of an encoding of before Unicode in Unicode.

    Raises Unread: too large, or in no encoding that is known.
    """
    if len(data) > LARGEST_TEXT:
        text = _("Tệp lớn quá {most} MB nên không được mở. Hãy chia nhỏ tệp rồi nhận từng phần.")
        raise unread("hostile", text.format(most=LARGEST_TEXT // 1_000_000))
    said, legacy = _decoded(data)
    text = nfc(said)
    if text.count("\n") > MOST_LINES:
        refused = _("Tệp có hơn {most} dòng, không phải là một báo cáo. Hãy chọn tệp khác.")
        raise unread("hostile", refused.format(most=MOST_LINES))
    lines = tuple(_marked_lines(text) if file_name.lower().endswith(".md") else _plain_lines(text))
    return OldDocument(file_name, hashlib.sha256(data).hexdigest(), lines, legacy=legacy)


def _decoded(data: bytes) -> tuple[str, Legacy | None]:
    """The text in Unicode, and the older encoding it was turned out of, where it was typed in one."""
    text = _unicode(data)
    if text is None:
        text = "".join(western(code)[0] for code in data)
        legacy = looks_legacy(text[:LOOKED_AT])
        if legacy is None:
            said = _(
                "Tệp chữ này không ở dạng Unicode (UTF-8) và không ở bảng mã cũ nào được biết (TCVN3, VNI, VISCII, VPS). "
                "Hãy mở bằng Notepad hoặc Word rồi lưu lại ở dạng UTF-8."
            )
            raise unread("damaged", said)
    else:
        legacy = looks_legacy(text[:LOOKED_AT])
    return (text, None) if legacy is None else (from_legacy(text, legacy), legacy)


def _unicode(data: bytes) -> str | None:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                return None
            return None if "\x00" in text else text
    return None


def _plain_lines(text: str) -> Iterator[OldLine]:
    for line in text.split("\n"):
        cells = tuple(cell.strip() for cell in line.split("\t"))
        prose = tidy(Prose((Paragraph((Text(line),)),)))
        if not prose.paragraphs:
            continue
        entry = undrawn(prose.paragraphs[0])
        if len(cells) > 1 and sum(map(bool, cells)) > 1:
            yield OldLine(Prose((entry,)), cells=cells, table=1)
        else:
            yield OldLine(Prose((entry,)), strong=_shouted(line))


def _shouted(line: str) -> bool:
    letters = [sign for sign in line if sign.isalpha()]
    return len(letters) > 6 and all(sign.isupper() for sign in letters)


def _marked_lines(text: str) -> Iterator[OldLine]:
    """The lines of Markdown: headings, emphasis, lists, footnotes, tables of bars."""
    notes = _unlinked(read("\n".join(_definitions(text)))).notes
    for number, line in enumerate(_without_definitions(text)):
        if line.lstrip().startswith("|"):
            cells = tuple(_bare(cell) for cell in line.strip().strip("|").split("|"))
            if not RULE.match(line):
                yield OldLine(
                    Prose((Paragraph((Text("; ".join(filter(None, cells))),)),)), cells=cells, table=1
                )
            continue
        heading = HEADING.match(line)
        prose = _unlinked(read(heading[1] if heading else line))
        for paragraph in prose.paragraphs:
            own = {i.id for i in paragraph.inlines if isinstance(i, NoteMark)}
            one = Prose((undrawn(paragraph),), {id: notes[id] for id in own if id in notes})
            strong = heading is not None or _all_bold(paragraph)
            yield OldLine(renamed(one, {id: f"d{number}-{id}" for id in one.notes}), strong)


def _bare(cell: str) -> str:
    return cell.replace("**", "").strip()


def _definitions(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if DEFINITION.match(line))


def _without_definitions(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line.strip() and not DEFINITION.match(line))


def _unlinked(prose: Prose) -> Prose:
    """Braces of a file of others are letters, never linked figures."""

    def letters(inline: Inline) -> Inline:
        return Text(link_markup(inline), inline.bold, inline.italic) if isinstance(inline, Link) else inline

    return mapped(prose, letters)


def _all_bold(paragraph: Paragraph) -> bool:
    return all(i.bold for i in paragraph.inlines if isinstance(i, Text) and i.text.strip())

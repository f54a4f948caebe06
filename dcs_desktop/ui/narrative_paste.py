"""Prose on its way through the clipboard: as itself between items, as plain prose from Word and the web."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QMimeData

from dcs_desktop.core.narrative import (
    Inline,
    Link,
    Paragraph,
    Prose,
    Text,
    link_markup,
    links,
    listed,
    mapped,
    read,
    tidy,
    write,
)
from dcs_desktop.core.pasted_html import paragraphs_of
from dcs_desktop.core.text import nfc

if TYPE_CHECKING:
    from dcs_desktop.reading.copied_parts import Part

PROSE_TYPE: Final = "application/x-dcs-prose"
PRINTED_TYPE: Final = "application/x-dcs-printed"


def to_clipboard(prose: Prose, letters: str, shown: Callable[[Link], str] = link_markup) -> QMimeData:
    """Prose as the program's own kind, and as the letters it shows for every other program.

    ``shown`` tells what each linked figure prints, for a report that does not have the figure.
    """
    data = QMimeData()
    data.setData(PROSE_TYPE, QByteArray(write(prose).encode("utf-8")))
    printed = {link_markup(link): shown(link) for link in links(prose)}
    data.setData(PRINTED_TYPE, QByteArray(json.dumps(printed).encode("utf-8")))
    data.setText(letters)
    return data


def unlinked(prose: Prose, data: QMimeData, known: Callable[[Link], bool]) -> tuple[Prose, int]:
    """Pasted prose with the linked figures that the report does not know as the text they printed, and how many."""
    strange = [link for link in links(prose) if not known(link)]
    if not strange:
        return prose, 0
    printed = _printed(data)

    def one(inline: Inline) -> Inline:
        if not isinstance(inline, Link) or known(inline):
            return inline
        return Text(printed.get(link_markup(inline), inline.key), inline.bold, inline.italic)

    return tidy(mapped(prose, one)), len(strange)


def _printed(data: QMimeData) -> dict[str, str]:
    try:
        said = json.loads(bytes(data.data(PRINTED_TYPE).data()).decode("utf-8", "replace"))
    except ValueError:
        return {}
    return {str(key): str(text) for key, text in said.items()} if isinstance(said, dict) else {}


def from_clipboard(data: QMimeData) -> Prose | None:
    """The prose a clipboard holds, None when it holds none (a picture, files)."""
    if data.hasFormat(PROSE_TYPE):
        return read(bytes(data.data(PROSE_TYPE).data()).decode("utf-8", "replace"))
    if data.hasHtml():
        return Prose(from_html(data.html()))
    if data.hasText():
        return Prose(from_plain(data.text()))
    return None


def from_html(html: str) -> tuple[Paragraph, ...]:
    """Paragraphs, lists, bold and italic of a page or a Word document; fonts and pictures stay behind."""
    return _listed(tidy(Prose(paragraphs_of(html))).paragraphs)


def from_plain(text: str) -> tuple[Paragraph, ...]:
    """A paragraph a line; nothing in it is markup."""
    lines = (Paragraph((Text(line),)) for line in nfc(text).split("\n"))
    return _listed(tidy(Prose(tuple(lines))).paragraphs)


def _listed(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Word writes a list as paragraphs that begin with a drawn dot or a number: entries of a list again."""
    return tidy(Prose(tuple(map(listed, paragraphs)))).paragraphs


def prose_of(parts: Iterable[Part]) -> Prose:
    """What stands around the tables that go elsewhere; a table that goes nowhere stands there as lines."""
    around = (
        from_html(part.html) if part.html else from_plain(part.text) for part in parts if part.fit is None
    )
    return tidy(Prose(tuple(chain.from_iterable(around))))

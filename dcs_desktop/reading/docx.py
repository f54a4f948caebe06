"""Reads a Word file of a report that comes back from whoever edited it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from dcs_desktop.core.narrative import Link, Prose, links, plain, write
from dcs_desktop.core.returned import (
    Counted,
    Origin,
    Outside,
    Returned,
    ReturnedItem,
    StatedFigure,
    WordFault,
)
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.files import reason, step
from dcs_desktop.i18n import _
from dcs_desktop.reading.numbering import Numbering
from dcs_desktop.reading.parts import LARGEST_FILE, Unread, parts, unread
from dcs_desktop.reading.prose import Met, Stretch, Word, bookmarks_of
from dcs_desktop.reading.styles import styles_of
from dcs_desktop.reading.tree import Node

PROPERTY = "dcs."
LONGEST_PROPERTY = 300


def read(path: Path) -> Returned:
    """A Word file. Raises Refusal when there is no such file or it cannot be read from the disk."""
    try:
        if not path.is_file():
            raise Refusal(_("Không có tệp {file}. Đề nghị kiểm tra lại tên tệp.").format(file=path))
        if path.stat().st_size > LARGEST_FILE:
            return Returned(path.name, faults=(_too_large(),))
        data = step(path.read_bytes)
    except OSError as error:
        message = _("Không đọc được tệp {file}: {error}. Đề nghị chép tệp về máy rồi thử lại.")
        raise Refusal(message.format(file=path, error=reason(error))) from error
    return read_bytes(data, path.name)


def _too_large() -> WordFault:
    text = _("Tệp lớn quá {most} MB nên không được mở. Hãy bỏ bớt hình trong tệp Word rồi lưu lại.")
    return WordFault("hostile", text.format(most=LARGEST_FILE // 1_000_000))


def read_bytes(data: bytes, file_name: str) -> Returned:
    """A Word file in these bytes, with the fault that stands against it instead of its content."""
    try:
        found = parts(data)
        origin = _origin(_properties(found.get("properties")))
    except Unread as why:
        return Returned(file_name, faults=(why.fault,))
    met = Met()
    word = Word(
        styles_of(found.get("styles")),
        Numbering(found.get("numbering")),
        {note.attributes.get("w:id", ""): note for note in _footnotes(found.get("footnotes"))},
        bookmarks_of(found["document"]),
        met,
    )
    body = _Body(word)
    body.read(found["document"])
    items = body.items()
    if not items:
        return Returned(file_name, faults=(_without_items(),))
    counted = Counted(met.tracked, met.comments, met.left_out, met.struck)
    unknown = tuple(dict.fromkeys(met.unknown))
    return Returned(file_name, origin, items, tuple(body.outside), counted, unknown)


def _footnotes(part: Node | None) -> Iterator[Node]:
    """The footnotes, without the rules between text and notes."""
    for node in [] if part is None else part.parts:
        if node.name == "w:footnote" and node.attributes.get("w:type", "normal") == "normal":
            yield node


def _properties(part: Node | None) -> dict[str, str]:
    """What the program noted in the file: the custom properties whose names begin with ``dcs.``."""
    said = {}
    for node in [] if part is None else part.parts:
        name = node.attributes.get("name", "")
        if name.startswith(PROPERTY) and node.parts:
            said[name.removeprefix(PROPERTY)] = node.parts[0].text.strip()[:LONGEST_PROPERTY]
    return said


def _origin(said: Mapping[str, str]) -> Origin:
    """Which report the file is of. Raises Unread when it does not say."""
    asked = [said.get(name, "") for name in ("unit", "list", "period", "revision", "template")]
    if not all(asked) or not re.fullmatch(r"[0-9]{1,6}", asked[3]):
        raise unread(
            "not_ours",
            _(
                "Tệp Word này không cho biết là của báo cáo nào, nên không đối chiếu được. Hãy sửa trên tệp Word lưu từ "
                "chương trình này và gửi lại chính tệp ấy."
            ),
        )
    unit, units, period, revision, template = asked
    return Origin(f"{unit}@{units}", period, int(revision), template, said.get("digest", ""))


def _without_items() -> WordFault:
    text = _(
        "Tệp này không còn ô nội dung của mục nào (LibreOffice bỏ mất khi lưu), nên không đối chiếu được từng mục. Hãy "
        "sửa bằng Word trên tệp lưu từ chương trình, hoặc chép phần đã sửa vào từng mục."
    )
    return WordFault("not_ours", text)


class _Body:
    """The text of the document as it is read: a stretch for each item, and one for what belongs to none."""

    def __init__(self, word: Word) -> None:
        self.outside: list[Outside] = []
        self._word = word
        self._texts: dict[str, Stretch] = {}
        self._placeholders: dict[str, bool] = {}
        self._after = ""
        self._between = Stretch(word, self._item)

    def read(self, document: Node) -> None:
        """Read the body of a document from its beginning to its end."""
        body = document.part("w:body")
        self._between.blocks([] if body is None else body.parts)
        self._end_between()

    def items(self) -> dict[str, ReturnedItem]:
        """The items in the order of their first control; asked once."""
        return {id: self._returned(id, text) for id, text in self._texts.items()}

    def _returned(self, id: str, text: Stretch) -> ReturnedItem:
        prose, figures = text.taken()
        return ReturnedItem(write(prose), figures, self._placeholders[id])

    def _item(self, id: str, control: Node) -> None:
        self._end_between()
        properties, content = control.part("w:sdtPr"), control.part("w:sdtContent")
        shows_none = properties is not None and properties.on("w:showingPlcHdr") is True
        self._placeholders[id] = shows_none and self._placeholders.get(id, True)
        self._texts.setdefault(id, Stretch(self._word)).blocks([] if content is None else content.parts)
        self._after = id

    def _end_between(self) -> None:
        prose, figures = self._between.taken()
        self.outside += _lines(self._after, prose, figures)


def _lines(after: str, prose: Prose, figures: tuple[StatedFigure, ...]) -> Iterator[Outside]:
    """Some paragraphs as letters, with what stands in the place of their figures."""
    left = iter(figures)
    for paragraph in prose.paragraphs:
        one = Prose((paragraph,))
        own = tuple(islice(left, len(links(one))))
        text = plain(one, _stating(own))
        if text.strip():
            yield Outside(after, text, plain(one), own)


def _stating(figures: tuple[StatedFigure, ...]) -> Callable[[Link], str]:
    """What stands in the place of the links of a paragraph, asked for one after another."""
    left = iter(figures)
    return lambda _link: next(left).text

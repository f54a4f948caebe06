"""The prescribed layouts, read from resources/layouts: named and dated rule sets, every number of theirs."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal, get_type_hints

import msgspec

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.resources import layout_text

Size = Annotated[float, msgspec.Meta(ge=5, le=40)]
"""Points."""
Length = Annotated[float, msgspec.Meta(ge=0, le=200)]
"""Millimetres."""
Share = Annotated[float, msgspec.Meta(gt=0, le=1)]
"""A part of a length."""
Line = Annotated[float, msgspec.Meta(ge=1, le=3)]
"""How far lines stand apart, in sizes of their letters."""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a layout file."""


class PageRules(Part, frozen=True):
    """Margins, and the page number in the top margin (S03, S05, P02, P23)."""

    top: Length
    bottom: Length
    left: Length
    right: Length
    number_size: Size
    number_from_top: Length


class RightLine(Part, frozen=True):
    """A line of the right block of page 1."""

    text: str
    size: Size
    bold: bool


class LetterheadRules(Part, frozen=True):
    """The two blocks above the title (S10-S17, P04-P09).

    ``under_body`` is "rule", then ``under_body_share`` long of the line above,
    or a text. The day, and a month up to ``least_zero_month``, get a leading
    zero under ten.
    """

    right_lines: tuple[RightLine, ...]
    superior_size: Size
    body_size: Size
    under_body: str
    under_body_share: Share
    number: str
    number_blank: str
    number_size: Size
    day_size: Size
    day_blank: str
    least_zero_month: int
    gutter: Length
    line: Line
    rule_below: Length
    number_below: Length


class TitleRules(Part, frozen=True):
    """The kind of document and what it is about (S18-S20, P10-P12), in ``room`` of the line."""

    size: Size
    subject_size: Size
    room: Share
    under_subject: str
    under_subject_share: Share
    above: Length
    below: Length


class AddresseeRules(Part, frozen=True):
    """Whom a report is addressed to (S22)."""

    asked: bool
    word: str
    indent: Length
    item: str
    item_last: str


class TextRules(Part, frozen=True):
    """The body (S24, P13) and its footnotes."""

    size: Size
    leading: Size
    indent: Length
    gap: Annotated[float, msgspec.Meta(ge=0, le=20)]
    note_size: Size
    note_leading: Size
    note_rule: Length


class HeadingRules(Part, frozen=True):
    """How headings are numbered (S28, S29, P17)."""

    upper: str
    lower: str


class TableRules(Part, frozen=True):
    """The letters of tables, and the air in their cells."""

    size: Size
    leading: Size
    side: Length
    above: Length
    below: Length


class UnitTableRules(TableRules, frozen=True):
    """Tables of all units: a usual column is ``column`` wide, stretched to ``most`` where the line has room."""

    column: Length
    most: Length


class SignatureRules(Part, frozen=True):
    """Who signs, and the recipients beside it (S32-S37, P18-P22).

    ``middle`` is where on the line the signature is centred, ``width`` and
    ``recipients_width`` what each takes of it.
    """

    size: Size
    title_bold: tuple[bool, ...]
    upper: bool
    middle: Share
    width: Share
    name_space: Length
    above: Length
    line: Line
    recipients_word: str
    recipients_word_size: Size
    recipients_word_style: Literal["bold italic", "underline"]
    recipients_size: Size
    recipients_width: Share
    recipient: str
    recipient_last: str


class AnnexRules(Part, frozen=True):
    """How annexes are numbered and headed (S38-S41, P24); ``gap`` stands between the lines of a form, in points."""

    numbers: Literal["roman", "arabic"]
    word: str
    word_size: Size
    title_size: Size
    reference: str
    reference_size: Size
    gap: Annotated[float, msgspec.Meta(ge=0, le=20)]


class TraceRules(Part, frozen=True):
    """The mark that ties paper to file: the size of its words and of its code; on other pages it is smaller."""

    size: Size
    leading: Size
    code: Length
    page_code: Length
    page_from_bottom: Length


class DraftRules(Part, frozen=True):
    """The framed word above the text of every page of a draft; ``air`` is between letters and frame."""

    word: str
    size: Size
    from_top: Length
    air: Length


class ByHandRules(Part, frozen=True):
    """A form to be filled in by hand: how far dotted lines stand apart, how tall rows are, how many of each."""

    line: Length
    lines: Annotated[int, msgspec.Meta(ge=1, le=40)]
    dots: Size
    row: Length
    rows: Annotated[int, msgspec.Meta(ge=1, le=40)]


class Layout(Part, frozen=True):
    """One rule set, named and dated."""

    id: str
    name: str
    source: str
    valid_from: date
    page: PageRules
    letterhead: LetterheadRules
    title: TitleRules
    addressees: AddresseeRules
    text: TextRules
    headings: HeadingRules
    tables: TableRules
    unit_tables: UnitTableRules
    signature: SignatureRules
    annex: AnnexRules
    trace: TraceRules
    draft: DraftRules
    by_hand: ByHandRules


PLACES = {
    "letterhead.number": {"number", "series"},
    "addressees.item": {"addressee"},
    "addressees.item_last": {"addressee"},
    "headings.upper": {"number", "title"},
    "headings.lower": {"number", "title"},
    "signature.recipient": {"recipient"},
    "signature.recipient_last": {"recipient"},
    "annex.reference": {"title", "number", "day", "body"},
}
"""The places that texts of a layout may and must name."""


@cache
def layout(id: str) -> Layout:
    """The layout of this id. Raises Refusal naming the file and every fault in it."""
    part = Path("layouts", f"{id}.toml")
    try:
        said = tomllib.loads(layout_text(id))
    except tomllib.TOMLDecodeError as error:
        raise _refused(part, [str(error)]) from error
    faults = [*_faults(said, Layout, ""), *_place_faults(said)]
    if faults:
        raise _refused(part, faults)
    return msgspec.convert(said, Layout)


def _refused(part: Path, faults: list[str]) -> Refusal:
    message = _("Tệp thể thức {file} có lỗi: {faults}. Hãy sửa tệp hoặc cài đặt lại chương trình.")
    return Refusal(message.format(file=part.as_posix(), faults="; ".join(faults)))


def _faults(said: Mapping[str, Any], kind: type[Part], path: str) -> Iterator[str]:  # Any: as TOML gives it
    """Every key that is wrong, missing or unknown, in one table and those in it."""
    types = get_type_hints(kind, include_extras=True)
    for key in said.keys() - types.keys():
        yield _("{key}: không có khóa này").format(key=path + key)
    for key, wanted in types.items():
        if key not in said:
            yield _("{key}: thiếu").format(key=path + key)
        elif isinstance(wanted, type) and issubclass(wanted, Part) and isinstance(said[key], dict):
            yield from _faults(said[key], wanted, f"{path}{key}.")
        else:
            yield from _fault(said[key], wanted, path + key)


def _fault(said: object, wanted: Any, key: str) -> Iterator[str]:  # Any: a type, or an annotated one
    try:
        msgspec.convert(said, wanted)
    except msgspec.ValidationError as error:
        yield f"{key}: {error}"


def _place_faults(said: Mapping[str, Any]) -> Iterator[str]:  # Any: as TOML gives it
    for key, places in PLACES.items():
        table, name = key.split(".")
        text = said.get(table, {}).get(name) if isinstance(said.get(table), dict) else None
        if isinstance(text, str) and _places(text) != places:
            named = ", ".join(f"{{{place}}}" for place in sorted(places))
            yield _("{key}: phải có đúng các chỗ {places}").format(key=key, places=named)


def _places(text: str) -> set[str] | None:
    try:
        return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}
    except ValueError:
        return None

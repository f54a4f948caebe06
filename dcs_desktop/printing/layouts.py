"""The prescribed layouts, read from resources/layouts: lengths in millimetres, sizes in points."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.resources import read_text

Style = Literal["bold italic", "underline"]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a layout file."""


class PageRules(Part, frozen=True):
    """Margins, and the page number in the top margin (S03, S05, P02, P23)."""

    top: float
    bottom: float
    left: float
    right: float
    number_size: float
    number_from_top: float


class RightLine(Part, frozen=True):
    """A line of the right block of page 1."""

    text: str
    size: float
    bold: bool


class LetterheadRules(Part, frozen=True):
    """The two blocks above the title (S10-S17, P04-P09); ``under_body`` is a drawn rule or a text.

    The day, and a month up to ``least_zero_month``, get a leading zero under ten.
    """

    right_lines: tuple[RightLine, ...]
    superior_size: float
    body_size: float
    under_body: str
    number: str
    number_blank: str
    number_size: float
    day_size: float
    least_zero_month: int


class TitleRules(Part, frozen=True):
    """The kind of document, what it is about, whom it is addressed to (S18-S22, P10-P12)."""

    size: float
    subject_size: float
    under_subject: str
    addressees: bool


class TextRules(Part, frozen=True):
    """The body and its footnotes (S24, P13)."""

    size: float
    leading: float
    indent: float
    gap: float
    note_size: float
    note_leading: float


class HeadingRules(Part, frozen=True):
    """How headings are numbered (S28, S29, P17)."""

    upper: str
    lower: str


class SignatureRules(Part, frozen=True):
    """Who signs, and the recipients beside it (S32-S37, P18-P22)."""

    size: float
    title_bold: tuple[bool, ...]
    upper: bool
    name_space: float
    recipients_word: str
    recipients_word_size: float
    recipients_word_style: Style
    recipients_size: float
    recipient: str
    recipient_last: str


class AnnexRules(Part, frozen=True):
    """How annexes are numbered and headed (S38-S41, P24)."""

    numbers: Literal["roman", "arabic"]
    word: str
    word_upper: bool
    word_size: float
    title_size: float
    reference: str


class Layout(Part, frozen=True):
    """One rule set, named and dated."""

    id: str
    name: str
    source: str
    valid_from: date
    page: PageRules
    letterhead: LetterheadRules
    title: TitleRules
    text: TextRules
    headings: HeadingRules
    signature: SignatureRules
    annex: AnnexRules


@cache
def layout(id: str) -> Layout:
    """The layout of this id. Raises Refusal naming the file when it is missing or wrong."""
    part = Path("layouts", f"{id}.toml")
    try:
        return msgspec.convert(tomllib.loads(read_text(part)), Layout)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        message = _("Tệp thể thức {file} có lỗi: {error}. Hãy cài đặt lại chương trình hoặc sửa tệp.")
        raise Refusal(message.format(file=part.as_posix(), error=error)) from error

"""The Excel form that is filled away from the program: what both its writer and its reader must know.

Its words are Vietnamese in every language of the interface, like those of the paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from dcs_desktop.core.form import Form, Section
from dcs_desktop.core.labels import figures_of
from dcs_desktop.core.offered import Cell
from dcs_desktop.core.report import Answers, Identity
from dcs_desktop.core.stored import from_stored, to_stored
from dcs_desktop.core.values import FieldType, State, Value
from dcs_desktop.i18n import _

FORMAT: Final = "1"
# The sheet that nobody sees: which report, and every answer the form was made with.
MEMORY: Final = "dcs"
FIRST: Final = "dcs-form"
COVER: Final = "Bìa"
PROSE_SHEET: Final = "Bài viết"
KEY_HEAD: Final = "Mã"
ITEM_HEAD: Final = "Mục"
LABEL_HEAD: Final = "Nội dung"
UNIT_HEAD: Final = "Đơn vị tính"
VALUE_HEAD: Final = "Giá trị"
STATE_HEAD: Final = "Trạng thái"
NOTE_HEAD: Final = "Lý do, ghi chú"
PROSE_HEAD: Final = "Bài viết"
FILLER: Final = "Người điền"
# In the place of a key where a line is only there to be read.
READ_ONLY: Final = "-"
LOCKED_PROSE: Final = (
    "(Bài này có số liên kết, chú thích hoặc chữ đậm nghiêng: sửa trong chương trình hoặc bản Word.)"
)
STATES: Final = {
    "không": State.NONE,
    "chưa có số liệu": State.PENDING,
    "không áp dụng": State.NOT_APPLICABLE,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form is made for: the sections (all where none are named), who fills it, and by when."""

    sections: tuple[str, ...] = ()
    filler: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was read: its rows from the first on, the cells that are merged into another one."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as it was read."""

    file_name: str
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of a name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


@dataclass(frozen=True, slots=True)
class Made:
    """Which report a form was made of (``unit`` as ``code@list``), and the answers it was made with, by key."""

    unit: str
    period: str
    template: str
    revision: int
    level: str
    base: dict[str, Value] = field(default_factory=dict)


def heading(section: Section) -> str:
    """A section with a number that tells it apart: "II.1. Công tác lãnh đạo"."""
    return f"{section.id if section.depth else section.number}. {section.title}"


def sections_of(form: Form, wanted: Iterable[str]) -> tuple[Section, ...]:
    """The sections with those under them, in the report's order; all where none is named. Raises KeyError."""
    chosen = set(wanted)
    for id in chosen - {section.id for section in form.sections}:
        raise KeyError(id)
    under = {section.id: section.under for section in form.sections}

    def belongs(id: str) -> bool:
        return id in chosen or (bool(under.get(id)) and belongs(under[id]))

    return tuple(
        section for section in form.sections if section.items and (not chosen or belongs(section.id))
    )


def keys_of(form: Form, sections: Sequence[Section], answers: Answers) -> list[str]:
    """The keys of everything a form asks: figures that are typed, narratives, cells of rows that are there."""
    keys = [field.key for section in sections for figure in figures_of(section) for field in figure.fields]
    for section in sections:
        keys += [item.id for item in section.items if item.prose]
        tables = [table for item in section.items for table in item.tables]
        keys += [
            f"{table.id}/{row.id}/{column.id}"
            for table in tables
            for row in answers.rows.get(table.id, ())
            for column in table.columns
        ]
    return keys


Line = tuple[str, ...]


def remembered(identity: Identity, keys: Iterable[str], answers: Answers) -> list[Line]:
    """The lines of the hidden sheet."""
    said: list[Line] = [
        (FIRST, FORMAT),
        ("unit", identity.unit.identity),
        ("period", str(identity.period)),
        ("template", identity.template),
        ("revision", str(identity.revision)),
        ("level", identity.level),
    ]
    for key in keys:
        value = answers.value(key)
        said.append(("=", key, value.state.value, to_stored(value) or "", value.reason, value.note))
    return said


def recalled(form: Form | None, sheet: Sheet | None) -> Made | None:
    """What the hidden sheet remembers, None where it does not say which report it is of.

    Without a ``form`` only which report. Lines that say nothing that can be are passed over: then no answer is known
    that the form was made with. Raises ValueError for a form of a newer program.
    """
    lines = [] if sheet is None else [[cell.text for cell in row] for row in sheet.rows]
    said = {line[0]: line[1] for line in lines if len(line) > 1 and line[0] != "="}
    if said.get(FIRST, FORMAT) != FORMAT:
        raise ValueError(said[FIRST])
    about = [said.get(name, "") for name in ("unit", "period", "template", "revision", "level")]
    if (
        FIRST not in said
        or not all(about)
        or not about[3].isascii()
        or not about[3].isdigit()
        or len(about[3]) > 6
    ):
        return None
    unit, period, template, revision, level = about
    base = {} if form is None else dict(_bases(form, lines))
    return Made(unit, period, template, int(revision), level, base)


def _bases(form: Form, lines: Iterable[Sequence[str]]) -> Iterable[tuple[str, Value]]:
    for line in lines:
        if len(line) >= 3 and line[0] == "=":
            _sign, key, state, content, reason, note = [*line, "", "", ""][:6]
            try:
                type: FieldType = form.type_of(key)
                found = from_stored(type, state, content if state == State.GIVEN else None)
            except (ValueError, KeyError, ArithmeticError):
                continue
            yield key, Value(found.state, found.content, reason, note)


def cell_name(sheet: str, row: int, column: int) -> str:
    """A cell as the spreadsheet names it."""
    letters, left = "", column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return _("trang “{sheet}”, ô {cell}").format(sheet=sheet, cell=f"{letters}{row + 1}")

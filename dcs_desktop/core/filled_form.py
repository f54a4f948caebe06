"""What a filled Excel form says for the fields of a report: found by hidden keys, else by headings and labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from dcs_desktop.core import offline_form as layout
from dcs_desktop.core.filled_tables import TableReading, table_of
from dcs_desktop.core.form import Form
from dcs_desktop.core.labels import Labels, bare
from dcs_desktop.core.offered import Cell, Offer
from dcs_desktop.core.offline_form import Book, Made, Sheet, cell_name
from dcs_desktop.core.report import Answers
from dcs_desktop.core.text import fold
from dcs_desktop.core.values import BLANK, FieldType, Kind, State, Value, parse
from dcs_desktop.i18n import _

HEAD_ROWS: Final = 30
FIGURES: Final = (
    layout.KEY_HEAD,
    layout.ITEM_HEAD,
    layout.LABEL_HEAD,
    layout.UNIT_HEAD,
    layout.VALUE_HEAD,
    layout.STATE_HEAD,
    layout.NOTE_HEAD,
)
PROSE: Final = (layout.KEY_HEAD, layout.ITEM_HEAD, layout.LABEL_HEAD, layout.PROSE_HEAD)
STATE_WORDS: Final = {fold(word): state for word, state in layout.STATES.items()}


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form: which report it was made of (None where it does not say), who filled it, and what it offers.

    ``remarks`` are doubts about the file as a whole.
    """

    made: Made | None
    filler: str
    offers: tuple[Offer, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A sheet's columns by the head that stands over them, and the row of the heads."""

    row: int
    columns: Mapping[str, int]


def filled(form: Form, answers: Answers, book: Book) -> Filled:
    """What a workbook offers for a report. Raises ValueError for a form of a newer program."""
    made = layout.recalled(form, book.sheet(layout.MEMORY))
    reading = _Reading(form, answers, {} if made is None else made.base, known=made is not None)
    for sheet in book.sheets:
        if sheet.name == layout.COVER:
            reading.filler = _filler(sheet)
        elif sheet.name != layout.MEMORY:
            reading.sheet(sheet)
    if made is None:
        reading.remarks.insert(
            0,
            _(
                "Tệp không còn cho biết lập từ báo cáo nào, nên mọi ô được ghép theo mã hoặc nhãn và chờ chọn từng ô."
            ),
        )
    return Filled(made, reading.filler, tuple(reading.offers), tuple(dict.fromkeys(reading.remarks)))


def _filler(cover: Sheet) -> str:
    for row in cover.rows:
        said = [cell.text for cell in row if cell.text]
        if said and bare(said[0]) == bare(layout.FILLER):
            return " ".join(said[1].split())[:100] if len(said) > 1 else ""
    return ""


@dataclass(slots=True)
class _Reading:
    """One run over a workbook."""

    form: Form
    answers: Answers
    base: Mapping[str, Value]
    known: bool
    filler: str = ""
    offers: list[Offer] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def sheet(self, sheet: Sheet) -> None:
        """Read a sheet as what its heads say that it is."""
        for heads, needed, read in (
            (FIGURES, (layout.LABEL_HEAD, layout.VALUE_HEAD), self.figures),
            (PROSE, (layout.LABEL_HEAD, layout.PROSE_HEAD), self.prose),
        ):
            place = self.place(sheet, heads, needed)
            if place is not None:
                self.offers += read(sheet, place)
                return
        table = table_of(self.form, sheet, HEAD_ROWS)
        if table is not None:
            self.offers += TableReading(self.answers, self.base, self.known, *table).offers(sheet)
        elif any(cell.text for row in sheet.rows for cell in row):
            message = _("Trang “{sheet}” không có dòng tiêu đề của biểu nên không đọc được.")
            self.remarks.append(message.format(sheet=sheet.name))

    def place(self, sheet: Sheet, heads: Sequence[str], needed: Sequence[str]) -> Place | None:
        """Where the heads stand; None where not even those that are needed do, or one of them stands twice."""
        known = {bare(head): head for head in heads}
        for at, row in enumerate(sheet.rows[:HEAD_ROWS]):
            named = [
                (known[bare(cell.text)], column)
                for column, cell in enumerate(row)
                if bare(cell.text) in known
            ]
            columns = dict(reversed(named))
            if all(head in columns for head in needed):
                return self.unique(sheet, heads, Place(at, columns), [head for head, _column in named])
        return None

    def unique(self, sheet: Sheet, heads: Sequence[str], place: Place, named: Sequence[str]) -> Place | None:
        """The place, unless a head stands twice; columns that were moved or are gone are told."""
        if len(set(named)) != len(named):
            message = _("Trang “{sheet}” có hai cột cùng tên nên không đọc được. Hãy xóa bớt một cột.")
            self.remarks.append(message.format(sheet=sheet.name))
            return None
        if [place.columns.get(head) for head in heads] != list(range(len(heads))):
            message = _("Trang “{sheet}”: các cột đã bị chuyển chỗ hoặc bớt; được đọc theo tên cột.")
            self.remarks.append(message.format(sheet=sheet.name))
        return place

    # Figures

    def figures(self, sheet: Sheet, place: Place) -> Iterator[Offer]:
        """The lines of figures under the heads."""
        for at, row in enumerate(sheet.rows[place.row + 1 :], place.row + 1):
            line = _Line(sheet, place, at, row)
            if line.text(layout.LABEL_HEAD) or line.text(layout.KEY_HEAD):
                yield from self.figure(line)

    def figure(self, line: _Line) -> Iterator[Offer]:
        label = line.text(layout.LABEL_HEAD)
        key, doubt = self.key_of(line, label)
        cell, word = line.cell(layout.VALUE_HEAD), line.text(layout.STATE_HEAD)
        says = bool(cell.text or word or cell.formula)
        if not key:
            if says:
                reason = _("Báo cáo không có số liệu nào tên “{label}”.").format(label=label)
                yield Offer(line.source, label, "", cell, out=reason)
            return
        base = self.base.get(key)
        if not says and not line.merged and (base is None or base == BLANK):
            return
        offer = Offer(
            line.source, label, key, cell, note=line.note(base), base=base, doubt=doubt or line.doubt
        )
        yield self.in_state(offer, word, line)

    def key_of(self, line: _Line, label: str) -> tuple[str, str]:
        """The field of a line, and what is doubtful about it."""
        key = line.text(layout.KEY_HEAD)
        if key in self.form.fields:
            same = bare(label) == bare(self.form.fields[key].label)
            doubt = _("Nhãn trong biểu (“{label}”) không phải của ô này: chọn nếu đúng.").format(label=label)
            return key, ("" if same else doubt) or self.unknown
        item = line.text(layout.ITEM_HEAD)
        section = self.form.section_of(item) if item in self.form.items else self.form.sections[0]
        found = Labels(self.form, section).find(label)
        if found is None or found.keys is None or len(found.keys) != 1:
            return "", ""
        return found.keys[0], _("Dòng này mất mã nên được ghép theo nhãn: chọn nếu đúng.")

    @property
    def unknown(self) -> str:
        """What to doubt of every cell where the file does not say which report it is of."""
        return "" if self.known else _("Tệp không cho biết lập từ báo cáo nào: chọn nếu đúng.")

    def in_state(self, offer: Offer, word: str, line: _Line) -> Offer:
        """The offer with the state that was chosen; one that contradicts the value beside it stays out."""
        type = self.form.type_of(offer.key)
        if offer.cell.formula and not offer.cell.text:
            return replace(
                offer, out=_("Ô có công thức nhưng tệp không ghi kết quả. Hãy mở bằng Excel rồi lưu lại.")
            )
        if line.merged:
            return replace(offer, out=_("Ô này bị gộp với ô khác trong tệp. Hãy nhập tay."))
        state = STATE_WORDS.get(fold(word))
        if word and state is None:
            message = _("Trạng thái “{word}” không có trong danh sách.")
            return replace(offer, out=message.format(word=word))
        if state is None or _is_zero(type, offer.cell, state):
            return _percent_doubted(type, offer)
        if not offer.cell.text:
            note = line.text(layout.NOTE_HEAD) if state is State.PENDING else offer.note
            return replace(offer, state=state, note=note)
        if offer.base is not None and offer.base.state is state:
            return _percent_doubted(type, offer)
        message = _("Ô vừa ghi giá trị {value} vừa chọn trạng thái “{word}”. Hãy hỏi lại người điền.")
        return replace(offer, out=message.format(value=offer.cell.text, word=word))

    # Prose

    def prose(self, sheet: Sheet, place: Place) -> Iterator[Offer]:
        """The narratives under the heads."""
        for at, row in enumerate(sheet.rows[place.row + 1 :], place.row + 1):
            line = _Line(sheet, place, at, row, value=layout.PROSE_HEAD)
            key, item = line.text(layout.KEY_HEAD), line.text(layout.ITEM_HEAD)
            cell = line.cell(layout.PROSE_HEAD)
            id = key or item
            locked = key == layout.READ_ONLY or cell.text.startswith(layout.LOCKED_PROSE)
            if locked or not cell.text or id not in self.form.items or not self.form.items[id].prose:
                continue
            doubt = self.unknown if key else _("Dòng này mất mã nên được ghép theo nhãn: chọn nếu đúng.")
            yield Offer(
                line.source,
                line.text(layout.LABEL_HEAD),
                id,
                cell,
                base=self.base.get(id),
                doubt=doubt or line.doubt,
            )


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a sheet read by its heads."""

    sheet: Sheet
    place: Place
    at: int
    row: Sequence[Cell]
    value: str = layout.VALUE_HEAD

    def cell(self, head: str) -> Cell:
        column = self.place.columns.get(head, -1)
        return self.row[column] if 0 <= column < len(self.row) else Cell()

    def text(self, head: str) -> str:
        return self.cell(head).text

    @property
    def source(self) -> str:
        """The place of its value: sheet and cell."""
        return cell_name(self.sheet.name, self.at, self.place.columns[self.value])

    @property
    def merged(self) -> bool:
        """Whether its value lies under another cell."""
        return (self.at, self.place.columns[self.value]) in self.sheet.merged

    @property
    def doubt(self) -> str:
        """What is doubtful of a cell that reaches over the lines below."""
        below = (self.at + 1, self.place.columns[self.value]) in self.sheet.merged
        return _("Ô này gộp nhiều dòng trong tệp: chọn nếu giá trị là của dòng đầu.") if below else ""

    def note(self, base: Value | None) -> str | None:
        """The note as it was written beside the value; None where nobody changed it."""
        said = self.text(layout.NOTE_HEAD)
        before = (base.reason or base.note) if base is not None else ""
        return None if not said or said == before else said


def _is_zero(type: FieldType, cell: Cell, state: State) -> bool:
    """Whether value and state both say none."""
    found = parse(type, cell.text) if cell.text else None
    return state is State.NONE and isinstance(found, Value) and found.number == 0


def _percent_doubted(type: FieldType, offer: Offer) -> Offer:
    """A share of one where percent is asked is most often a percentage that the spreadsheet divided."""
    found = parse(type, offer.cell.text) if type.kind is Kind.PERCENT and offer.cell.text else None
    number = found.content if isinstance(found, Value) else None
    if not isinstance(number, Decimal) or not 0 < abs(number) <= 1 or offer.doubt:
        return offer
    message = _("Ô này hỏi số phần trăm mà biểu ghi {value}: chọn nếu đúng là {value}%.")
    return replace(offer, doubt=message.format(value=offer.cell.text))

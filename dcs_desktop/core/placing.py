"""Where the cells of a pasted block go: by their labels, or from a field downwards and to the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dcs_desktop.core.form import Form, Table
from dcs_desktop.core.labels import Found, Keys, Labels, bare, figures_of, typed
from dcs_desktop.core.offered import NEW, Block, Cell, Offer
from dcs_desktop.core.report import Answers
from dcs_desktop.core.text import fold
from dcs_desktop.core.trouble import Fault
from dcs_desktop.core.values import NONE_WORDS, parse
from dcs_desktop.i18n import _

TARGET_HEADS: Final = frozenset({"ke hoach", "chi tieu", "muc tieu", "giao"})
DONE_HEADS: Final = frozenset({"thuc hien", "ket qua", "ky nay", "so lieu", "gia tri", "so luong", "tong so"})
OTHER_HEADS: Final = frozenset(
    {
        "tt", "stt", "so tt", "ma", "don vi", "don vi tinh", "dvt", "ky truoc", "nam truoc", "cung ky", "ty le", "tang giam",
        "ghi chu", "gop tu",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a block with what its label means."""

    at: int
    label: str
    found: Found | None


def has_labels(form: Form, key: str, block: Block) -> bool:
    """Whether a block pasted at a field carries the labels of figures."""
    return "/" not in key and _label_column(Labels(form, form.section_of(key)), block) is not None


def by_labels(form: Form, key: str, block: Block) -> tuple[Offer, ...]:
    """The cells right of the label column, each for the figure that its line is called after."""
    labels = Labels(form, form.section_of(key))
    column = _label_column(labels, block)
    if column is None:
        return ()
    lines = [
        _Line(at, row[column].text, labels.find(row[column].text))
        for at, row in enumerate(block)
        if _has(row, column)
    ]
    first = next((line.at for line in lines if line.found is not None), 0)
    heads = _heads(block[:first])
    wanted = [at for at in _values(form, block, lines, column) if heads.get(at) != "other"]
    return tuple(offer for line in lines for offer in _offers(form, block, line, wanted, heads, before=first))


def _has(row: Sequence[Cell], column: int) -> bool:
    return column < len(row) and bool(row[column].text.strip())


def _label_column(labels: Labels, block: Block) -> int | None:
    """The column in which most cells are labels of figures, at least half of those that say anything."""
    best, most = None, 0
    for column in range(min(max(map(len, block), default=0), 6)):
        said = [row[column].text for row in block if _has(row, column)]
        texts = [text for text in said if not text.strip().replace(".", "").isdigit()]
        hits = sum(labels.find(text) is not None for text in texts)
        if hits > most and 2 * hits >= len(texts):
            best, most = column, hits
    return best


def _heads(rows: Block) -> dict[int, str]:
    """What the columns are for as far as the lines above the first figure say: done, target, or other."""
    said: dict[int, str] = {}
    for row in rows:
        for at, cell in enumerate(row):
            head = bare(cell.text)
            for kind, known in (("done", DONE_HEADS), ("target", TARGET_HEADS), ("other", OTHER_HEADS)):
                if head and any(head == word or head.startswith(f"{word} ") for word in known):
                    said[at] = kind
                    break
    return said


def _values(form: Form, block: Block, lines: Sequence[_Line], label: int) -> list[int]:
    """The columns right of the labels that hold something a field could take; units of measure do not."""
    found = [line for line in lines if line.found is not None and line.found.keys]
    columns = range(label + 1, max((len(block[line.at]) for line in found), default=0))
    kept = [
        at
        for at in columns
        if any(
            line.found and line.found.keys and _takes(form, line.found.keys[0], block[line.at], at)
            for line in found
        )
    ]
    return kept or list(columns)


def _takes(form: Form, key: str, row: Sequence[Cell], at: int) -> bool:
    text = row[at].text.strip() if at < len(row) else ""
    if not text:
        return False
    numeric = any(map(str.isdigit, text)) or fold(text) in NONE_WORDS
    return numeric or not (form.type_of(key).numeric or isinstance(parse(form.type_of(key), text), Fault))


def _offers(
    form: Form, block: Block, line: _Line, columns: Sequence[int], heads: dict[int, str], *, before: int
) -> Iterator[Offer]:
    row = block[line.at]
    cells = [(at, row[at]) for at in columns if _has(row, at)]
    if line.found is None or not line.found.keys:
        numbers = [(at, cell) for at, cell in cells if any(map(str.isdigit, cell.text))]
        if line.at >= before:
            yield from (_nowhere(line, at, cell) for at, cell in numbers)
        return
    doubt = (
        _("Nhãn chỉ gần giống “{label}”: chọn nếu đúng.").format(label=line.found.near)
        if line.found.near
        else ""
    )
    left = list(line.found.keys)
    for at, cell in cells:
        key = _key_for(left, heads.get(at, ""))
        source = place(line.at, at)
        if key:
            left.remove(key)
            yield Offer(source, line.label, key, cell, doubt=doubt)
        elif _takes(form, line.found.keys[0], row, at):
            yield Offer(source, line.label, "", cell, out=_("Số liệu này không còn ô nào để ghi cột này."))


def _key_for(left: list[str], head: str) -> str:
    """Which of the keys that are left a column is for; a target never goes where something else is asked."""
    if head == "target":
        return next((key for key in left if key.endswith(".target")), "")
    if head == "done":
        return next((key for key in left if not key.endswith(".target")), "")
    return left[0] if left else ""


def _nowhere(line: _Line, at: int, cell: Cell) -> Offer:
    if line.found is None:
        reason = _("Báo cáo không có số liệu nào tên “{label}”.")
    elif line.found.keys is not None:
        reason = _("“{label}” do chương trình tính, không nhập được.")
    else:
        reason = _("Có nhiều số liệu cùng tên “{label}”. Hãy dán riêng ở từng phần.")
    return Offer(place(line.at, at), line.label, "", cell, out=reason.format(label=line.label.strip()))


def place(row: int, column: int) -> str:
    """A cell's place in a block, counted from 1."""
    return _("dòng {row}, cột {column}").format(row=row + 1, column=column + 1)


def from_field(form: Form, key: str, block: Block, shift: int = 0) -> tuple[Offer, ...]:
    """The cells in the order of the form: lines downwards from a field of a figure, columns through done and target.

    ``shift`` begins so many figures further down, or up where it is negative.
    """
    rows = [keys for figure in figures_of(form.section_of(key)) if (keys := typed(figure))]
    at, offset = next(((row, keys.index(key)) for row, keys in enumerate(rows) if key in keys), (0, 0))
    begin = at + shift
    types = [
        rows[begin + number][0] if 0 <= begin + number < len(rows) else "" for number in range(len(block))
    ]
    kept = _said_columns(form, block, types)
    return tuple(
        _at_place(rows, begin + number, offset, (number, column), order, row[column])
        for number, row in enumerate(block)
        for order, column in enumerate(kept)
        if _has(row, column)
    )


def _said_columns(form: Form, block: Block, keys: Sequence[str]) -> list[int]:
    """The columns that say something a field could take; all of them where none does."""
    columns = range(max(map(len, block), default=0))
    kept = [
        at
        for at in columns
        if any(_takes(form, key, row, at) for key, row in zip(keys, block, strict=True) if key)
    ]
    return list(range(kept[0], len(columns))) if kept else list(columns)


def _at_place(
    rows: Sequence[Keys], at: int, offset: int, where: tuple[int, int], order: int, cell: Cell
) -> Offer:
    source = place(*where)
    if not 0 <= at < len(rows):
        return Offer(source, "", "", cell, out=_("Phần này của báo cáo không còn ô nào để ghi."))
    keys = rows[at][min(offset, len(rows[at]) - 1) :]
    if order >= len(keys):
        return Offer(source, "", "", cell, out=_("Bên phải ô này không còn ô nào để ghi."))
    return Offer(source, "", keys[order], cell)


def into_table(form: Form, answers: Answers, key: str, block: Block, shift: int = 0) -> tuple[Offer, ...]:
    """The cells of a block for the rows of a table from a cell on; lines beyond the last row are new rows.

    Where the first line is the heads of the columns, the others go by these, from the first column on.
    """
    id, row, column = key.split("/", 2)
    table = form.tables[id]
    heads = _columns(table, block[0]) if block else {}
    there = [row.id for row in answers.rows.get(id, ())]
    begin = max((there.index(row) if row in there else len(there)) + shift, 0)
    first = [each.id for each in table.columns].index(column)
    columns = heads or {at: table.columns[first + at].id for at in range(len(table.columns) - first)}
    skipped = 1 if heads else 0
    return tuple(
        _in_table(table, there, begin + number, columns.get(at, ""), (number + skipped, at), cell)
        for number, cells in enumerate(block[skipped:])
        for at, cell in enumerate(cells)
        if cell.text.strip() and not (heads and at not in heads)
    )


def _columns(table: Table, first: Sequence[Cell]) -> dict[int, str]:
    """The columns that the first line names, {} when it does not name at least two, or the only one."""
    known = {bare(column.label): column.id for column in table.columns}
    found = {at: known[name] for at, cell in enumerate(first) if (name := bare(cell.text)) in known}
    return found if len(found) >= min(2, len(known)) and len(set(found.values())) == len(found) else {}


def _in_table(
    table: Table, there: Sequence[str], at: int, column: str, where: tuple[int, int], cell: Cell
) -> Offer:
    label = _("dòng {number}").format(number=at + 1)
    if not column:
        return Offer(
            place(*where),
            label,
            "",
            cell,
            out=_("Bảng “{table}” không còn cột bên phải.").format(table=table.label),
        )
    row = there[at] if at < len(there) else f"{NEW}{at - len(there) + 1}"
    return Offer(place(*where), label, f"{table.id}/{row}/{column}", cell)

"""What was done to a report, step by step in words: from its journal of changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from dcs_desktop.core.changes import Change, Part
from dcs_desktop.core.form import Form
from dcs_desktop.core.letter import RULE
from dcs_desktop.core.narrative import plain, read
from dcs_desktop.core.report import Addition
from dcs_desktop.core.values import State, Value, shown
from dcs_desktop.i18n import _
from dcs_desktop.store import ChangeRecord, Deed

LETTERS = 60
# What goes along with a change, and is told only where it stands alone.
TOLD_WITHOUT_PLACE = (Part.LETTERHEAD, Part.ACCEPTED, Part.OWN)
ASIDE = {Part.DRAFT: 1, Part.CARRIED: 2}


@dataclass(frozen=True, slots=True)
class Step:
    """One action: its number in the journal, when, by whom ("" at this machine), where it leads, and in words."""

    number: int
    at: datetime
    author: str
    deed: Deed
    key: str
    place: str
    words: str


def steps(form: Form, records: Iterable[ChangeRecord]) -> tuple[Step, ...]:
    """The actions of a journal, the latest first."""
    grouped = (tuple(action) for _number, action in groupby(records, key=lambda record: record.action))
    return tuple(reversed([_step(form, action) for action in grouped]))


def _step(form: Form, records: tuple[ChangeRecord, ...]) -> Step:
    first = min(records, key=lambda record: ASIDE.get(record.change.part, 0))
    key = first.change.key
    known = key.partition("/")[0] in form.item_of
    words = _told(form, first.change) if known or first.change.part in TOLD_WITHOUT_PLACE else key
    others = len({record.change.key for record in records} - {key})
    if others:
        words = _("{words}; cùng {count} chỗ khác").format(words=words, count=others)
    deeds = {Deed.UNDO: _("Hoàn tác – {words}"), Deed.REDO: _("Làm lại – {words}")}
    words = deeds.get(first.deed, "{words}").format(words=words)
    place = form.place_of(key) if known else ""
    return Step(first.action, first.at, first.author, first.deed, key if known else "", place, words)


def _told(form: Form, change: Change) -> str:
    match change.part:
        case Part.ACCEPTED if change.key.startswith(f"{RULE}:"):
            return _("Trả lời câu hỏi của cấp trên: {answer}").format(
                answer=_short(str(change.new or change.old))
            )
        case Part.ACCEPTED:
            return _("Chấp nhận cảnh báo: {reason}").format(reason=change.new or change.old)
        case Part.LETTERHEAD:
            return _("Thể thức, số, ngày, người ký")
        case Part.OWN:
            return _told_own(change)
        case Part.CARRIED:
            said = _("{label}: vẫn đúng, không đổi")
        case Part.ROW:
            said = _row_words(change)
        case Part.VALUE if _only_note(change):
            said = _("{label}: ghi chú {new}")
            return said.format(label=_label(form, change.key), new=f"“{_short(_note(change.new))}”")
        case Part.VALUE | Part.DRAFT:
            said = _("{label}: {old} → {new}")
    old, new = (_side(form, change.key, side) for side in (change.old, change.new))
    return said.format(label=_label(form, change.key), old=old, new=new)


def _row_words(change: Change) -> str:
    if change.old is None:
        return _("{label}: thêm dòng")
    return _("{label}: xóa dòng") if change.new is None else _("{label}: chuyển dòng")


def _told_own(change: Change) -> str:
    if isinstance(change.new, Addition):
        said = _("Mục riêng của đơn vị: thêm “{label}”")
        if isinstance(change.old, Addition):
            said = _("Mục riêng của đơn vị: đổi thành “{label}”")
        return said.format(label=_short(change.new.label))
    label = change.old.label if isinstance(change.old, Addition) else change.key
    return _("Mục riêng của đơn vị: bỏ “{label}”").format(label=_short(label))


def _only_note(change: Change) -> bool:
    old, new = change.old, change.new
    return isinstance(old, Value) and isinstance(new, Value) and replace(old, note=new.note) == new


def _note(side: object) -> str:
    return side.note if isinstance(side, Value) else ""


def _label(form: Form, key: str) -> str:
    table, _slash, cell = key.partition("/")
    try:
        if "/" not in cell:
            return _short(form.label_of(table))
        column = form.tables[table].column(cell.partition("/")[2])
        return f"{_short(form.tables[table].label)} – {_short(column.label)}"
    except KeyError:  # a field of another form: the template of an earlier revision asked it
        return key


def _side(form: Form, key: str, side: object) -> str:
    if not isinstance(side, Value):
        return f"“{_short(side)}”" if isinstance(side, str) and side else _("trống")
    if side.state is State.BLANK:
        return _("trống")
    if side.state is State.PENDING:
        return _("chưa có số liệu")
    if key in form.items:
        return f"“{_short(plain(read(str(side.content or '')), lambda _link: '…'))}”"
    try:
        return _short(shown(form.type_of(key), side))
    except KeyError:
        return _short(str(side.content))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LETTERS else line[: LETTERS - 1] + "…"

"""The reports of the file: kept, changed, read again with every seal looked at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dcs_desktop.core.changes import Change, Part, Place
from dcs_desktop.core.period import Period
from dcs_desktop.core.progress import Progress
from dcs_desktop.core.report import Addition, Answers, Identity, Letterhead, Report, Row
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import BLANK, Kind, Value
from dcs_desktop.i18n import _
from dcs_desktop.store import journal, statements
from dcs_desktop.store.records import (
    EMPTY,
    Broken,
    Damaged,
    Record,
    combined,
    from_json,
    identity_of,
    identity_record,
    moment_of,
    seal_of,
    sealed,
    to_json,
    to_moment,
    unbroken,
    value_of,
    value_record,
)
from dcs_desktop.store.statements import ANSWER, REPORT

OWN = ("section", "kind", "label", "unit")


@dataclass(frozen=True, slots=True)
class Summary:
    """One report as the list of reports says it; the counts are those of the last save."""

    ref: int
    identity: Identity
    saved_at: datetime
    asked: int = 0
    answered: int = 0
    errors: int = 0
    warnings: int = 0
    exported_at: datetime | None = None
    exported_digest: str = ""
    exported_file: str = ""
    deleted_at: datetime | None = None


# Reading


def summaries(connection: sqlite3.Connection, *, deleted: bool = False) -> tuple[Summary, ...]:
    """The reports, oldest first; or those in the bin. Raises Damaged."""
    found = connection.execute(statements.REPORTS_IN_BIN if deleted else statements.REPORTS)
    return tuple(summary_of(row) for row in found)


def latest(connection: sqlite3.Connection, unit: str, period: Period) -> Summary | None:
    """The highest revision of a unit's report of a period, None when there is none. Raises Damaged."""
    code, _at, list_id = unit.partition("@")
    row = connection.execute(statements.LATEST_REPORT, (code, list_id, str(period))).fetchone()
    return None if row is None else summary_of(row)


def summary(connection: sqlite3.Connection, ref: int) -> Summary:
    """One report. Raises Refusal when there is none of this number, Damaged."""
    return summary_of(_row(connection, ref))


def _row(connection: sqlite3.Connection, ref: int) -> sqlite3.Row:
    found = statements.find(connection, "report", ("ref",), (ref,))
    if found is None:
        raise Refusal(_("Tệp dữ liệu không có báo cáo số {ref}.").format(ref=ref))
    return found


def summary_of(row: sqlite3.Row) -> Summary:
    """What a record of the table says. Raises Damaged."""
    try:
        if not unbroken(row, REPORT, "report", row["ref"]):
            raise Broken("report")
        return Summary(
            ref=row["ref"],
            identity=identity_of(row),
            saved_at=moment_of(row["saved_at"]),
            asked=row["asked"],
            answered=row["answered"],
            errors=row["errors"],
            warnings=row["warnings"],
            exported_at=_maybe(row["exported_at"]),
            exported_digest=row["exported_digest"],
            exported_file=row["exported_file"],
            deleted_at=_maybe(row["deleted_at"]),
        )
    except Broken as error:
        message = _(
            "Báo cáo kỳ {period} của đơn vị {unit} trong tệp dữ liệu bị hỏng ở phần thông tin chung. Tệp được giữ "
            "nguyên. Hãy mở bản sao lưu gần nhất."
        )
        raise Damaged(message.format(period=row["period"], unit=row["unit_code"])) from error


def _maybe(moment: str | None) -> datetime | None:
    return None if moment is None else moment_of(moment)


def report(connection: sqlite3.Connection, ref: int) -> Report:
    """A whole report. Raises Refusal when there is none, Damaged naming report and field."""
    row = _row(connection, ref)
    identity = summary_of(row).identity
    reading = _Reading(connection, ref, identity, EMPTY)
    answers = reading.answers()
    if reading.contents != row["contents"]:
        raise Damaged(reading.said(_("có mục đã bị mất")))
    try:
        return Report(identity, answers, from_json(row["letterhead"], Letterhead))
    except Broken as error:
        raise Damaged(reading.said(_("phần thể thức không đọc được"))) from error


@dataclass
class _Reading:
    """One report being read: ``contents`` gathers the seals of what was read."""

    connection: sqlite3.Connection
    ref: int
    identity: Identity
    contents: str

    def answers(self) -> Answers:
        cells: dict[str, dict[str, dict[str, Value]]] = {}
        values: dict[str, Value] = {}
        for row in self.rows("answer", ANSWER, "key"):
            value = self.value(row)
            if "/" in row["key"]:
                table, id, column = row["key"].split("/", 2)
                cells.setdefault(table, {}).setdefault(id, {})[column] = value
            else:
                values[row["key"]] = value
        return Answers(
            values,
            self.table_rows(cells),
            {row["rule"]: row["reason"] for row in self.rows("accepted", ("reason",), "rule")},
            {row["key"]: row["typed"] for row in self.rows("draft", ("typed",), "key")},
            {row["key"]: row["period"] for row in self.rows("carried", ("period",), "key")},
            {row["key"]: self.addition(row) for row in self.rows("own", OWN, "key")},
        )

    def addition(self, row: sqlite3.Row) -> Addition:
        try:
            return Addition(row["section"], Kind(row["kind"]), row["label"], row["unit"])
        except ValueError as error:
            raise Damaged(self.said(_("ô “{key}” không đọc được").format(key=row["key"]))) from error

    def table_rows(
        self, cells: Mapping[str, Mapping[str, Mapping[str, Value]]]
    ) -> dict[str, tuple[Row, ...]]:
        found: dict[str, list[tuple[int, str]]] = {}
        for row in self.rows("table_row", ("position",), "table_id", "row_id"):
            found.setdefault(row["table_id"], []).append((row["position"], row["row_id"]))
        return {
            table: tuple(Row(id, cells.get(table, {}).get(id, {})) for _position, id in sorted(rows))
            for table, rows in found.items()
        }

    def rows(self, table: str, columns: tuple[str, ...], *key: str) -> Iterator[sqlite3.Row]:
        for row in statements.of_report(self.connection, table, self.ref):
            place = [row[name] for name in key]
            if not unbroken(row, columns, table, self.ref, *place):
                raise Damaged(
                    self.said(_("ô “{key}” không còn như đã ghi").format(key="/".join(map(str, place))))
                )
            self.contents = combined(self.contents, row["seal"])
            yield row

    def value(self, row: sqlite3.Row) -> Value:
        try:
            return value_of(row)
        except Broken as error:
            raise Damaged(self.said(_("ô “{key}” không đọc được").format(key=row["key"]))) from error

    def said(self, trouble: str) -> str:
        message = _(
            "Báo cáo {period} của {unit} trong tệp dữ liệu bị hỏng: {trouble}. Tệp được giữ nguyên. Hãy mở bản sao "
            "lưu gần nhất."
        )
        return message.format(period=self.identity.period, unit=self.identity.unit.name, trouble=trouble)


# Writing


def add(connection: sqlite3.Connection, said: Report, progress: Progress, now: datetime) -> int:
    """Keep a new report; its number. Raises Refusal when this revision is there already."""
    there = latest(connection, said.identity.unit.identity, said.identity.period)
    if there is not None and there.identity.revision >= said.identity.revision:
        message = _("Đã có báo cáo {period} của {unit} trong tệp dữ liệu. Hãy mở báo cáo đó.")
        raise Refusal(message.format(period=said.identity.period.words, unit=said.identity.unit.name))
    ref = (connection.execute(statements.NEWEST_REPORT).fetchone()[0] or 0) + 1
    record = {
        **identity_record(said.identity),
        "letterhead": to_json(said.letterhead),
        "saved_at": to_moment(now),
        **_counts(progress),
        "exported_at": None,
        "exported_digest": "",
        "exported_file": "",
        "deleted_at": None,
        "contents": EMPTY,
    }
    full = {"ref": ref, **sealed(record, "report", ref)}
    statements.put(connection, "report", tuple(full), tuple(full.values()))
    contents = _Contents(connection, ref, EMPTY)
    for change in _as_changes(said.answers):
        contents.take(change, "")
    _update(connection, _row(connection, ref), contents=contents.sum)
    return ref


def _as_changes(answers: Answers) -> Iterator[Change]:
    """What makes the answers out of nothing."""
    for key, value in answers.values.items():
        yield Change(Part.VALUE, key, None, value)
    for table, rows in answers.rows.items():
        for position, row in enumerate(rows):
            yield Change(Part.ROW, f"{table}/{row.id}", None, Place(position, row.cells))
    for rule, reason in answers.accepted.items():
        yield Change(Part.ACCEPTED, rule, "", reason)
    for key, typed in answers.drafts.items():
        yield Change(Part.DRAFT, key, "", typed)
    for key, addition in answers.own.items():
        yield Change(Part.OWN, key, None, addition)
    for key, period in answers.carried.items():
        yield Change(Part.CARRIED, key, "", period)


@dataclass(frozen=True, slots=True)
class Saved:
    """An action as it is to be kept, with what the report is after it: rows of the tables it touched, progress."""

    ref: int
    action: journal.Action
    rows: Mapping[str, tuple[str, ...]]
    progress: Progress


def save(connection: sqlite3.Connection, saved: Saved) -> None:
    """Keep an action: its changes, their record in the journal, the report's counts."""
    row = _row(connection, saved.ref)
    contents = _Contents(connection, saved.ref, row["contents"])
    now: Record = {}
    for change in saved.action.changes:
        if isinstance(change.new, Letterhead):
            now["letterhead"] = to_json(change.new)
        else:
            contents.take(change, saved.action.author)
    contents.put_in_order(saved.rows)
    journal.record(connection, saved.ref, saved.action)
    now |= {"saved_at": to_moment(saved.action.at), **_counts(saved.progress), "contents": contents.sum}
    _update(connection, row, **now)


def _counts(progress: Progress) -> Record:
    return {
        "asked": progress.asked,
        "answered": progress.answered,
        "errors": progress.errors,
        "warnings": progress.warnings,
    }


def _update(
    connection: sqlite3.Connection, row: sqlite3.Row, **changed: Any
) -> None:  # Any: texts and numbers by column
    """Change the record of a report itself."""
    ref, now = row["ref"], {**row, **changed}
    seal = seal_of("report", ref, *(now[column] for column in REPORT))
    statements.change(connection, "report", (*changed, "seal"), ("ref",), (*changed.values(), seal, ref))


@dataclass
class _Contents:
    """The records of one report being changed; ``sum`` is the sum of their seals."""

    connection: sqlite3.Connection
    ref: int
    sum: str

    def take(self, change: Change, author: str) -> None:
        """Make a change of anything but the letterhead."""
        match change.part, change.new:
            case Part.VALUE, Value() as value:
                self.answer(change.key, value, author)
            case Part.DRAFT, str(typed):
                self.put("draft", {"key": change.key}, {"typed": typed} if typed else None)
            case Part.ACCEPTED, str(reason):
                self.put("accepted", {"rule": change.key}, {"reason": reason} if reason else None)
            case Part.OWN, None | Addition() as own:
                self.put("own", {"key": change.key}, None if own is None else _own_record(own))
            case Part.CARRIED, str(period):
                self.put("carried", {"key": change.key}, {"period": period} if period else None)
            case Part.ROW, None | Place() as place:
                self.row(change, place, author)
            case _:
                raise TypeError(f"no such change: {change}")

    def answer(self, key: str, value: Value, author: str) -> None:
        before = self.there("answer", {"key": key})
        edits = 1 if before is None else before["edits"] + 1
        record = None if value == BLANK else {**value_record(value), "edits": edits, "author": author}
        self.exchange("answer", {"key": key}, before, record)

    def row(self, change: Change, place: Place | None, author: str) -> None:
        """A row that comes, goes or moves; its cells come and go with it."""
        table, row = change.key.split("/")
        id = {"table_id": table, "row_id": row}
        self.put("table_row", id, None if place is None else {"position": place.position})
        if change.old is None and place is not None:
            for column, value in place.cells.items():
                self.answer(f"{change.key}/{column}", value, author)
        if place is None and isinstance(change.old, Place):
            for column in change.old.cells:
                self.put("answer", {"key": f"{change.key}/{column}"}, None)

    def put_in_order(self, rows: Mapping[str, Iterable[str]]) -> None:
        """Give the rows of a table their places, where they are not there yet."""
        for table, ids in rows.items():
            for position, row in enumerate(ids):
                id = {"table_id": table, "row_id": row}
                there = self.there("table_row", id)
                if there is None or there["position"] != position:
                    self.exchange("table_row", id, there, {"position": position})

    def there(self, table: str, key: Mapping[str, str]) -> sqlite3.Row | None:
        return statements.find(self.connection, table, ("report", *key), (self.ref, *key.values()))

    def put(self, table: str, key: Mapping[str, str], record: Record | None) -> None:
        """Let a record say this, or be there no longer."""
        before = self.there(table, key)
        self.exchange(table, key, before, record)

    def exchange(
        self, table: str, key: Mapping[str, str], before: sqlite3.Row | None, record: Record | None
    ) -> None:
        """Put a record in the place of what was there."""
        if before is not None:
            self.sum = combined(self.sum, before["seal"])
        if record is not None:
            full = sealed(record, table, self.ref, *key.values())
            self.sum = combined(self.sum, full["seal"])
            said = {"report": self.ref, **key, **full}
            statements.put(self.connection, table, tuple(said), tuple(said.values()))
        elif before is not None:
            statements.drop(self.connection, table, ("report", *key), (self.ref, *key.values()))


def mark_exported(
    connection: sqlite3.Connection, ref: int, digest: str, when: datetime, file_name: str
) -> None:
    """Freeze a revision: this content has left the house."""
    row = _row(connection, ref)
    _update(connection, row, exported_at=to_moment(when), exported_digest=digest, exported_file=file_name)


def start_amendment(connection: sqlite3.Connection, ref: int, now: datetime) -> int:
    """The next revision of an exported report, to begin with the same answers; its number. Raises Refusal."""
    before = summary(connection, ref)
    if not before.exported_digest:
        message = _("Báo cáo {period} chưa xuất nên còn sửa được, chưa cần lập bản bổ sung.")
        raise Refusal(message.format(period=before.identity.period.words))
    said = report(connection, ref)
    identity = replace(said.identity, revision=said.identity.revision + 1, parent=before.exported_digest)
    counts = Progress(before.answered, before.asked, before.errors, before.warnings)
    return add(connection, replace(said, identity=identity), counts, now)


def set_deleted(connection: sqlite3.Connection, ref: int, when: datetime | None) -> None:
    """Put a report into the bin, or (None) take it out again."""
    _update(connection, _row(connection, ref), deleted_at=None if when is None else to_moment(when))


def _own_record(own: Addition) -> Record:
    return {"section": own.section, "kind": own.kind.value, "label": own.label, "unit": own.unit}

"""The tables of a data file, as they are today: their definition, and what a test takes as true.

Every record carries a seal, a checksum over what it says, because SQLite
finds no letter that was changed inside a text; a report carries the sum of
its records' seals, so that a record that vanished is found too. What
totals are made of (counted) and totals themselves (kept_total) can always be made again from the packages. A unit is
its code and its list. Moments are ISO 8601 in UTC, numbers exact decimal text.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

metadata = MetaData()


def _text(name: str, **more: Any) -> Column[str]:  # Any: the options of a Column
    return Column(name, Text, nullable=False, **more)


def _words(name: str) -> Column[str]:
    return _text(name, server_default=text("''"))


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text("0"))


def _of_report() -> Column[int]:
    return Column("report", Integer, ForeignKey("report.ref"), nullable=False, primary_key=True)


def _identity() -> tuple[Column[Any], ...]:  # Any: columns of text and of numbers
    """Which report it is: own reports and received ones say it alike."""
    return (
        _text("unit_code"),
        _text("unit_list"),
        _text("unit"),
        _text("receiver"),
        _text("period"),
        _text("level"),
        _text("template"),
        _count("revision"),
        _words("parent"),
        _count("training"),
    )


def _value() -> tuple[Column[Any], ...]:  # Any: the text of a value may be null
    """A value: its state, the kind of its content, the content as exact text, what was said beside it."""
    return (
        _text("state"),
        _text("kind"),
        Column("value", Text),
        _words("reason"),
        _words("note"),
        _words("coverage"),
    )


def _in_report(name: str, *columns: Column[Any]) -> Table:  # Any: columns of texts and of numbers
    """A table of the parts of reports, each part under its seal."""
    return Table(name, metadata, _of_report(), *columns, _text("seal"), sqlite_with_rowid=False)


setup = Table(
    "setup",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="one_setup"), primary_key=True),
    _text("content"),
    _text("seal"),
)

report = Table(
    "report",
    metadata,
    Column("ref", Integer, primary_key=True),
    *_identity(),
    _text("letterhead"),
    _text("saved_at"),
    _count("asked"),
    _count("answered"),
    _count("errors"),
    _count("warnings"),
    Column("exported_at", Text),
    _words("exported_digest"),
    _words("exported_file"),
    Column("deleted_at", Text),
    _text("contents"),
    _text("seal"),
    Index("report_of_unit", "unit_code", "unit_list", "period"),
)

answer = _in_report("answer", _text("key", primary_key=True), *_value(), _count("edits"), _words("author"))

table_row = _in_report(
    "table_row", _text("table_id", primary_key=True), _text("row_id", primary_key=True), _count("position")
)

draft = _in_report("draft", _text("key", primary_key=True), _text("typed"))

accepted = _in_report("accepted", _text("rule", primary_key=True), _text("reason"))

carried = _in_report("carried", _text("key", primary_key=True), _text("period"))

own = _in_report(
    "own", _text("key", primary_key=True), _text("section"), _text("kind"), _text("label"), _text("unit")
)

change = Table(
    "change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report", Integer, ForeignKey("report.ref"), nullable=False),
    Column("action", Integer, nullable=False),
    _text("deed"),
    Column("of_action", Integer),
    _text("part"),
    _words("key"),
    _text("old"),
    _text("new"),
    _text("at"),
    _count("elapsed"),
    _words("author"),
    _text("seal"),
    Index("change_of_report", "report", "action"),
)

source = _in_report("source", _text("file_name"), _text("digest"), _text("at"))

received = Table(
    "received",
    metadata,
    Column("ref", Integer, primary_key=True),
    _text("digest"),
    _text("file_digest"),
    *_identity(),
    _text("file_name"),
    _text("verdict"),
    _words("state"),
    _words("remark"),
    _count("errors"),
    _count("missing"),
    _text("received_at"),
    _text("seal"),
    _words("signed_by"),
    Index("received_digest", "digest"),
    Index("received_of_period", "period", "unit_code", "unit_list"),
)

package = Table(
    "package",
    metadata,
    Column("received", Integer, ForeignKey("received.ref"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

counted = Table(
    "counted",
    metadata,
    Column("received", Integer, ForeignKey("received.ref"), primary_key=True),
    _text("content"),
    _text("seal"),
)

kept_total = Table(
    "kept_total",
    metadata,
    _text("period", primary_key=True),
    _text("key", primary_key=True),
    _text("said"),
    _text("seal"),
    _text("parts_seal"),
    Column("parts", LargeBinary, nullable=False),
)

letter = Table(
    "letter",
    metadata,
    Column("ref", Integer, primary_key=True),
    _text("digest"),
    _count("sent"),
    _text("kind"),
    _text("unit_code"),
    _text("unit_list"),
    _text("unit"),
    _text("receiver"),
    _text("period"),
    _count("training"),
    _count("number"),
    _text("written"),
    _count("revision"),
    _words("about"),
    Column("file", LargeBinary, nullable=False),
    _text("file_name"),
    _text("at"),
    _text("seal"),
    _words("signed_by"),
    Index("letter_digest", "digest"),
    Index("letter_of_period", "sent", "period"),
)

note = Table(
    "note",
    metadata,
    Column("ref", Integer, primary_key=True),
    _text("unit"),
    _text("period"),
    _text("text"),
    _text("at"),
    _text("seal"),
    Index("note_of_period", "period"),
)

decision = Table(
    "decision",
    metadata,
    Column("ref", Integer, primary_key=True),
    _text("unit"),
    _words("key"),
    _count("trusted"),
    _count("after"),
    _text("at"),
    _text("seal"),
)

locked_key = Table(
    "locked_key",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="one_locked_key"), primary_key=True),
    _text("content"),
    _text("seal"),
)

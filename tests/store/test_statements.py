"""Every statement of the store, tried on the tables as they are defined; what reads and edits needs no more."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dcs_desktop.core.report import Answers, Report
from dcs_desktop.store import open_file, statements, tables
from dcs_desktop.store.making import make_tables

TEXTS = {
    name: text for name, text in vars(statements).items() if isinstance(text, str) and text[:7] == "SELECT "
}
COLUMNS = {table.name: tuple(table.c.keys()) for table in tables.metadata.sorted_tables}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    (tmp_path / "mới.sqlite").touch()
    make_tables(tmp_path / "mới.sqlite")
    connection = sqlite3.connect(tmp_path / "mới.sqlite")
    yield connection
    connection.close()


@pytest.mark.parametrize("name", TEXTS)
def test_a_statement_asks_for_what_the_tables_have(empty: sqlite3.Connection, name: str) -> None:
    empty.execute(f"EXPLAIN {TEXTS[name]}", ("?",) * TEXTS[name].count("?"))


@pytest.mark.parametrize("table", COLUMNS)
def test_the_statements_of_the_edit_path_know_every_column(empty: sqlite3.Connection, table: str) -> None:
    columns = COLUMNS[table]
    for text in (
        statements._find(table, columns),
        statements._put(table, columns),
        statements._change(table, columns, columns),
        statements._drop(table, columns),
    ):
        empty.execute(f"EXPLAIN {text}", ("?",) * text.count("?"))


def test_a_column_that_is_not_there_is_noticed(empty: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such column"):
        empty.execute(f"EXPLAIN {statements._find('answer', ('keys',))}", ("?",))


def test_the_names_are_those_of_the_tables() -> None:
    """What is sealed is all that a record says: every column but its place and its seal."""
    assert COLUMNS.keys() == statements.TABLES
    assert ("ref", *statements.REPORT, "seal") == COLUMNS["report"]
    assert ("report", "key", *statements.ANSWER, "seal") == COLUMNS["answer"]
    assert ("id", "report", *statements.CHANGE, "seal") == COLUMNS["change"]
    assert {"ref", *statements.RECEIVED, "seal"} == set(COLUMNS["received"])
    assert {"ref", *statements.LETTER, "file", "seal"} == set(COLUMNS["letter"])
    assert ("ref", *statements.DECISION, "seal") == COLUMNS["decision"]
    assert ("report", *statements.SOURCE, "seal") == COLUMNS["source"]


EDIT = """
import sys
from pathlib import Path
from dcs_desktop.store import open_file
from dcs_desktop.workspace import Workspace

file = open_file(Path(sys.argv[1]))
workspace = Workspace.open(file, file.reports()[0].ref)
workspace.enter("dan_cu.thon", "11")
workspace.enter("dan_cu.thon", "12")
workspace.write("I.a", "Xã có 12 ấp.")
workspace.undo()
workspace.close()
file.close()
print(*(name for name in sys.modules if name.startswith(("sqlalchemy", "alembic"))))
"""


def test_reading_and_editing_load_no_sqlalchemy(path: Path, report: Report) -> None:
    file = open_file(path, create=True)
    file.add_report(Report(replace(report.identity, template="dcs@2024"), Answers(), report.letterhead))
    file.close()
    ran = subprocess.run([sys.executable, "-c", EDIT, str(path)], capture_output=True, text=True, check=False)
    assert (ran.stdout.strip(), ran.stderr) == ("", "")

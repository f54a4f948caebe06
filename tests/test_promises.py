"""docs/reliability.md names, for each promise, tests that are there: the document stays true."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROMISES = tuple(f"R{number}" for number in range(1, 29))
NAMED = re.compile(r"`(tests/[\w/]+)(?:\.py::([\w*]+))?[^`]*`")


@cache
def _rows() -> dict[str, str]:
    """What holds each promise, as the table says it."""
    rows: dict[str, str] = {}
    for line in (ROOT / "docs" / "reliability.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and re.fullmatch(r"R\d+(?:, R\d+)*", cells[0]):
            rows |= dict.fromkeys(cells[0].split(", "), cells[3])
    return rows


@cache
def _tests() -> frozenset[tuple[str, str]]:
    """Every test there is, by file (without ending) and name."""
    return frozenset(
        (str(path.relative_to(ROOT).with_suffix("")), node.name)
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def _held_by(promise: str) -> Iterator[tuple[str, list[str]]]:
    """Each test that is named for a promise, and those that this means."""
    for named in NAMED.finditer(_rows()[promise]):
        file, pattern = named[1], named[2] or "test_*"
        yield named[0], [name for place, name in _tests() if place == file and fnmatchcase(name, pattern)]


def test_every_promise_has_its_row() -> None:
    assert tuple(sorted(_rows(), key=lambda name: int(name[1:]))) == PROMISES


@pytest.mark.parametrize("promise", PROMISES)
def test_what_is_said_to_hold_a_promise_is_there(promise: str) -> None:
    held = list(_held_by(promise))
    assert held, "no test is named"
    assert [named for named, found in held if not found] == []


@pytest.mark.parametrize("promise", PROMISES)
def test_a_promise_is_held_by_a_test_of_its_name(promise: str) -> None:
    own = re.compile(rf"test_(?:r\d+_)*{promise.lower()}_")
    assert [name for _named, names in _held_by(promise) for name in names if own.match(name)]

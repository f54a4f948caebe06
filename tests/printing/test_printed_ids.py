"""docs/printed-ids.md says of every id which tests measure it, or why it does not apply: the table and the tests agree."""

from __future__ import annotations

import re
from pathlib import Path

TABLE = Path(__file__).parents[2] / "docs" / "printed-ids.md"
ROW = re.compile(r"^\| ([SP]\d\d) \| [^|]+ \| ([^|]*) \| ([^|]+) \|$", re.MULTILINE)
STATE = ["S01", "S02", "S03", "S04", "S05", "S06", *(f"S{n}" for n in range(10, 47))]
PARTY = [f"P{n:02}" for n in range(1, 25) if n != 16]
WITHOUT = {
    "S06",
    "S21",
    "S23",
    "S25",
    "S26",
    "S27",
    "S30",
    "S31",
    "S35",
    "S42",
    "S43",
    "S44",
    "S45",
    "P14",
    "P15",
}


def named_after() -> dict[str, set[str]]:
    """The tests named after each id."""
    found: dict[str, set[str]] = {}
    for file in ("test_state_paper.py", "test_party_paper.py"):
        text = (Path(__file__).parent / file).read_text("utf-8")
        for name in re.findall(r"^def (test_[SP]\d\d_\w+)", text, re.MULTILINE):
            for id in re.findall(r"(?<=_)[SP]\d\d(?=_)", name):
                found.setdefault(id, set()).add(name)
    return found


def test_every_id_stands_in_the_table_with_its_tests_or_with_the_reason() -> None:
    rows = ROW.findall(TABLE.read_text("utf-8"))
    assert [id for id, _tests, _result in rows] == [*STATE, *PARTY]
    told = {id: set(re.findall(r"`(\w+)`", names)) for id, names, _result in rows}
    assert {id: names for id, names in told.items() if names} == named_after()
    for id, names, result in rows:
        assert (result == "pass") == (names != "–")
        assert (re.fullmatch(r"not applicable: .{10,}|not applicable: as [SP]\d\d", result) is not None) == (
            id in WITHOUT
        )

"""Data files damaged at random: whatever is shown is what was written, everything else is refused by name (R5)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

import pytest

from dcs_desktop import sample
from dcs_desktop.core.period import Period
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.store import Arrival, DataFile, open_file
from dcs_desktop.store.counted import text_of
from dcs_desktop.workspace import Workspace

SEED: Final = 5
PAGE: Final = 4096
PERIOD: Final = Period(2024)
REFUSED: Final = "refused"


def _made(path: Path) -> None:
    """A desk's file with its setup, a report that was typed on, packages, a note; some pages of it."""
    now = datetime(2024, 12, 9, tzinfo=UTC)
    with closing(open_file(path, create=True)) as file:
        district = sample.district_report()
        file.save_setup(sample.setup_of(district))
        workspace = Workspace.open(file, file.add_report(district))
        key = next(f.key for f in workspace.form.fields.values() if f.formula is None and f.type.numeric)
        for number in range(20):
            workspace.enter(key, str(number))
        workspace.close()
        for number, report in enumerate(sample.commune_reports()[:3]):
            data = Random(number).randbytes(9000)
            digest = hashlib.sha256(data).hexdigest()
            came = Arrival(
                report.identity,
                digest,
                digest,
                data,
                f"{number}.zip",
                "accepted",
                now,
                text_of(report.answers),
            )
            file.keep_received(came)
        file.add_note(district.identity.unit.identity, PERIOD, "Đã gọi điện.", now)


def _parts(file: DataFile) -> dict[str, Callable[[], object]]:
    """What the program shows of a file, part by part."""
    return {
        "setup": file.setup,
        "reports": file.reports,
        "report": lambda: file.report(1),
        "journal": lambda: file.changes(1),
        "received": file.received,
        "packages": lambda: [_package(file, one.digest) for one in file.received()],
        "counted": lambda: file.counted(PERIOD),
        "notes": lambda: file.notes(PERIOD),
        "letters": lambda: file.letters(sent=True),
    }


def _package(file: DataFile, digest: str) -> bytes:
    """A package as the program uses one: by its digest, which is looked at."""
    data = file.received_bytes(digest)
    if data is None or hashlib.sha256(data).hexdigest() != digest:
        raise Refusal("damaged")
    return data


def _shown(path: Path) -> dict[str, object]:
    """Each part as it is shown, or that it was refused; nothing where the file was not opened."""
    shown: dict[str, object] = {}
    try:
        with closing(open_file(path)) as file:
            for name, read in _parts(file).items():
                try:
                    shown[name] = read()
                except Refusal:
                    shown[name] = REFUSED
    except Refusal as refusal:
        if path.name not in refusal.sentence:
            raise
    return shown


def _damaged(whole: bytes, chance: Random) -> tuple[str, bytes]:
    data, pages = bytearray(whole), len(whole) // PAGE
    kind = chance.choice(
        ("a bit", "a page of zeroes", "cut off", "nothing", "two pages swapped", "some bytes")
    )
    one, two = (chance.randrange(pages) * PAGE for _page in range(2))
    place = chance.randrange(len(data))
    match kind:
        case "a bit":
            data[place] ^= 1 << chance.randrange(8)
        case "a page of zeroes":
            data[one : one + PAGE] = bytes(PAGE)
        case "cut off":
            del data[place:]
        case "nothing":
            data = bytearray() if chance.random() < 0.2 else data[: one + PAGE]
        case "two pages swapped":
            data[one : one + PAGE], data[two : two + PAGE] = data[two : two + PAGE], data[one : one + PAGE]
        case _:
            data[place : place + 16] = chance.randbytes(len(data[place : place + 16]))
    return kind, bytes(data)


def _right(name: str, shown: object, good: object) -> bool:
    """What is shown is refused or right; of what totals count, a part may be damaged or gone: it is made again."""
    if name == "counted" and isinstance(shown, dict) and isinstance(good, dict):
        return shown.keys() <= good.keys() and all(shown[ref] in (None, good[ref]) for ref in shown)
    return shown in (REFUSED, good)


@pytest.mark.parametrize("count", [60, pytest.param(1000, marks=pytest.mark.soak)])
def test_r5_no_damage_is_shown_as_good(tmp_path: Path, count: int, sweep: Callable[[str], None]) -> None:
    path, chance = tmp_path / "hỏng.sqlite", Random(SEED)
    _made(path)
    whole, good = path.read_bytes(), _shown(path)
    assert REFUSED not in good.values()
    said, wrong = Counter[str](), list[str]()
    for number in range(count):
        kind, data = _damaged(whole, chance)
        path.write_bytes(data)
        path.with_name(path.name + "-journal").unlink(missing_ok=True)
        shown = _shown(path)
        wrong += [f"{number} {kind}: {name}" for name in shown if not _right(name, shown[name], good[name])]
        refused = not shown or any(shown[name] != good[name] for name in shown)
        said["refused" if not shown else "told in part" if refused else "unhurt"] += 1
    assert wrong == []
    assert said["refused"] > count / 4
    sweep(f"R5: {count} damaged data files (seed {SEED}): {dict(said)}, 0 shown wrong or empty")

"""Officers who type into the real form until they are killed (R1): ``python -m tests.faults.officer FOLDER KILLS SEED``.

What was on their screens is written down key by key, and what the foot of the form called saved; after each kill the
data file must hold at least that, and of the field being typed all but the last two seconds.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dcs_desktop.core.report import Answers
from dcs_desktop.store import open_file
from dcs_desktop.store.examining import look_whole
from dcs_desktop.ui.dressing import make_application
from dcs_desktop.ui.editors import LineEditor
from dcs_desktop.ui.preferences import Preferences
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.report_view import ReportView
from dcs_desktop.workspace import Workspace
from tests.faults.runs import NAME

CONTROL: Final = Qt.KeyboardModifier.ControlModifier
# Of the field being typed at most so much is missing.
MISSING: Final = 2.0
WORDS: Final = "nhan dan ban va quyet dinh truc tiep nhung viec cua thon "


class Officer:
    """Types for ever, writing down every key, every field left and what was called saved, each with its time."""

    def __init__(self, data: Path, notes: Path, seed: int) -> None:
        self._notes = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        self._chance = Random(seed)
        self._app = make_application(Preferences())
        self.workspace = Workspace.open(open_file(data), 1)
        self.view = ReportView(self.workspace)
        self.view.saved.connect(lambda moment: self._note("saved", "", moment.timestamp()))
        self.view.resize(1366, 700)
        self.view.show()
        self.view.activateWindow()

    def _note(self, what: str, key: str, said: str | float) -> None:
        os.write(self._notes, (json.dumps([what, key, said, time.time()]) + "\n").encode())

    def type_for_ever(self) -> None:
        fields = [f.key for f in self.workspace.form.fields.values() if f.role == "entered"]
        items = [item.id for item in self.workspace.form.items.values() if item.prose]
        while True:
            self.view.go_to(self._chance.choice(items if self._chance.random() < 0.3 else fields))
            for _field in range(self._chance.randrange(1, 5)):
                self._app.processEvents()
                at = QApplication.focusWidget()
                if isinstance(at, ProseArea):
                    QTest.keyClick(at, Qt.Key.Key_A, CONTROL)
                    self._type(at, WORDS * self._chance.randrange(1, 4), CONTROL)
                elif isinstance(at, LineEditor):
                    self._type(at, str(self._chance.randrange(1, 10**6)), Qt.KeyboardModifier.NoModifier)

    def _type(self, at: ProseArea | LineEditor, text: str, enter: Qt.KeyboardModifier) -> None:
        key, pause = key_of(at), self._chance.choice((0, 5, 40))
        for letter in text:
            QTest.keyClicks(at, letter)
            self._note("typed", key, at.text() if isinstance(at, LineEditor) else at.toPlainText())
            QTest.qWait(pause)
        QTest.keyClick(at, Qt.Key.Key_Return, enter)
        self._note("left", key, "")


def key_of(at: QWidget | None) -> str:
    """Which answer a widget takes."""
    while at is not None:
        for name in ("key", "item"):
            found = getattr(at, name, None)
            found = getattr(found, "id", found)
            if isinstance(found, str):
                return found
        at = at.parentWidget()
    return ""


def kept(answers: Answers, key: str) -> str:
    """What is kept of a field, as it was typed."""
    if key in answers.drafts:
        return answers.drafts[key].strip()
    content = answers.value(key).content
    return "" if content is None else str(content).strip()


def answers_in(data: Path) -> Answers:
    """What a data file holds, looked at whole."""
    look_whole(data)
    with closing(open_file(data)) as file:
        return file.report(1).answers


def judge(notes: list[tuple[str, str, str, float]], before: Answers, after: Answers) -> tuple[int, float]:
    """How many acknowledged values there were, all kept, and the seconds missing of the field being typed."""
    shown: dict[str, list[tuple[str, float]]] = {}
    left: dict[str, list[tuple[int, float]]] = {}
    saved, acknowledged, missing = 0.0, 0, 0.0
    for what, key, said, at in notes:
        if what == "saved":
            saved = float(said)
            continue
        shown.setdefault(key, [(kept(before, key), 0.0)])
        if what == "typed":
            shown[key].append((said.strip(), at))
        else:
            left.setdefault(key, []).append((len(shown[key]) - 1, at))
    for key, texts in shown.items():
        first = max((place for place, at in left.get(key, ()) if at <= saved), default=0)
        acknowledged += first > 0
        found = kept(after, key)
        places = [place for place in range(first, len(texts)) if texts[place][0] == found]
        assert places, f"{key}: {found!r} is kept, {texts[first][0]!r} was called saved"
        if places[-1] < len(texts) - 1:
            missing = max(missing, notes[-1][3] - texts[places[-1] + 1][1])
    return acknowledged, missing


def _killed(data: Path, notes: Path, seed: int, seconds: float) -> None:
    """One officer, killed so long after the first key."""
    notes.unlink(missing_ok=True)
    child = os.fork()
    if not child:
        officer = Officer(data, notes, seed)
        officer.type_for_ever()
    until = time.monotonic() + 30
    while not (notes.exists() and notes.stat().st_size) and time.monotonic() < until:
        time.sleep(0.005)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL


def main(folder: str, kills: str, seed: str) -> None:
    """See above."""
    data, notes, chance = Path(folder) / NAME, Path(folder) / "notes", Random(int(seed))
    acknowledged, longest, before = 0, 0.0, answers_in(data)
    for kill in range(int(kills)):
        seconds = chance.uniform(0, 4.0 if kill % 10 == 9 else 0.8)
        _killed(data, notes, int(seed) + kill, seconds)
        lines = notes.read_text("utf-8").rpartition("\n")[0].splitlines()
        after = answers_in(data)
        found, missing = judge([json.loads(line) for line in lines], before, after)
        assert missing <= MISSING, f"kill {kill}: {missing} s of typing missing"
        acknowledged, longest, before = acknowledged + found, max(longest, missing), after
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    print(json.dumps({"kills": int(kills), "acknowledged": acknowledged, "missing": longest, "at": moment}))  # noqa: T201 -- for the test


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A scripted officer fills the commune's form by keyboard alone, in the real window: keys, and the time to the next field.

The content is a sample commune's report of 2024: every figure and every narrative but the lists of documents, typed
as plain letters. Against it stands the same content in a spreadsheet and in Word by a model that spares them
wherever there is doubt; docs/benchmarks.md tells it. A chord is one key, and so is a letter with its marks.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dcs_desktop import sample, template_library
from dcs_desktop.core.answers import compute
from dcs_desktop.core.form import Form, Role
from dcs_desktop.core.linked import shown_link
from dcs_desktop.core.narrative import links, plain, read
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Report
from dcs_desktop.core.template_file import write_template
from dcs_desktop.core.values import State, shown
from dcs_desktop.forms import form_of
from dcs_desktop.paths import HOME_VARIABLE
from dcs_desktop.starting import proposed_setup, unit_of
from dcs_desktop.starting_report import new_report
from dcs_desktop.store import open_file
from dcs_desktop.ui.dressing import make_application
from dcs_desktop.ui.preferences import Preferences
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.report_view import ReportView
from dcs_desktop.workspace import Workspace

CONTROL = Qt.KeyboardModifier.ControlModifier
# From the table of the sheet into Word once: all, copy, the other window, paste.
COPY_OF_THE_SHEET = 4
FIGURES = 700


def main() -> None:
    """Fill the form, then print keys of both ways and the times."""
    app = make_application(Preferences())
    report = sample.commune_reports()[0]
    form = form_of(report.identity, report.letterhead)
    content = contents(report, form)
    with tempfile.TemporaryDirectory() as folder:
        file = open_file(Path(folder) / "own.sqlite", create=True)
        period = Period.parse("2024")
        setup = proposed_setup(unit_of(report.identity.unit.identity, period), period, training=True)
        file.save_setup(setup)
        workspace = Workspace.open(file, new_report(file, setup, period, report.identity.template))
        officer = Officer(ReportView(workspace), content)
        officer.fill(app)
        left = [key for key in content if not workspace.answers.value(key).answered]
        print(f"fields filled: {len(content) - len(left)} of {len(content)}; left out: {left[:5]}")
        keys = sum(officer.keys.values())
        other = spreadsheet_and_word(content, report, form)
        print(f"keys here: {keys:,} ({shares(officer.keys)})")
        print(f"keys in a spreadsheet and Word: {sum(other.values()):,} ({shares(other)})")
        words = officer.keys["letters of narratives"]
        here, there = keys - words, sum(other.values()) - words
        print(f"without the letters of narratives, the same on both sides: {here:,} against {there:,}")
        print(f"Enter to next field: {shown_times(officer.times)}")
        workspace.close()
        file.close()
        _long_form(app, Path(folder))


def shown_times(times: list[float]) -> str:
    """Median and p99 in milliseconds."""
    ordered = sorted(times)
    p99 = ordered[int(0.99 * len(ordered))]
    return f"p50 {1000 * statistics.median(ordered):.1f} ms, p99 {1000 * p99:.1f} ms, of {len(ordered)}"


def _long_form(app: QApplication, folder: Path) -> None:
    """The same way through a form of 700 figures: the shipped one with more in each item that has some."""
    os.environ[HOME_VARIABLE] = str(folder / "home")
    raw = msgspec.json.decode(write_template(template_library.template("dcs@2024"), whole=True))
    raw["template"] |= {"id": "dai", "version": "1"}
    asked = [
        item
        for section in raw["section"]
        for item in section["item"]
        if item["figures"] and not section["annex"]
    ]
    for number in range(FIGURES - 144):
        figure = {
            "id": f"them.so_{number:03}",
            "label": f"Số liệu thêm thứ {number}",
            "kind": "count",
            "unit": "vụ",
        }
        asked[number % len(asked)]["figures"].append(figure)
    path = folder / "dai-1.json"
    path.write_bytes(msgspec.json.encode(raw))
    reference = template_library.add(path).reference
    file = open_file(folder / "long.sqlite", create=True)
    period = Period.parse("2024")
    setup = proposed_setup(unit_of("31426@GSO-2024", period), period, training=True)
    file.save_setup(setup)
    workspace = Workspace.open(file, new_report(file, setup, period, reference))
    fields = [key for key, field in workspace.form.fields.items() if field.role is Role.ENTERED]
    officer = Officer(ReportView(workspace), dict.fromkeys(fields, "7"))
    officer.fill(app)
    print(f"the same in a form of {len(fields)} fields: {shown_times(officer.times)}")
    workspace.close()
    file.close()


def contents(report: Report, form: Form) -> dict[str, str]:
    """What is typed by key: entered figures and narratives, linked figures as plain numbers."""
    figures = compute(form, report.answers)
    typed = {}
    for key, field in form.fields.items():
        value = report.answers.value(key)
        if field.role is Role.ENTERED and value.state in (State.GIVEN, State.NONE):
            typed[key] = "0" if value.state is State.NONE and field.type.numeric else shown(field.type, value)
    for item in form.items.values():
        text = report.answers.prose(item.id)
        if item.prose and text and not item.default:  # a first answer stands there on both sides
            prose = plain(read(text), lambda link: shown_link(link, form, figures, report.answers))
            typed[item.id] = " ".join(prose.split())
    return typed


class Officer:
    """Types, and counts every key."""

    def __init__(self, view: ReportView, content: dict[str, str]) -> None:
        self.view, self.content = view, content
        self.keys = {"letters of narratives": 0, "letters of figures": 0, "moves": 0}
        self.times: list[float] = []
        view.resize(1366, 700)
        view.show()
        view.activateWindow()

    def fill(self, app: QApplication) -> None:
        """Go through the form from its first field on, filling what is there."""
        self.view.go_to(next(iter(self.content)))
        seen: set[str] = set()
        while True:
            app.processEvents()
            at = QApplication.focusWidget()
            key = key_of(at)
            if at is None or not key or key in seen:
                return
            seen.add(key)
            text = self.content.get(key, "")
            if text and not self.view.workspace.answers.value(key).answered:
                self.type(at, text)
            self.move_on(at)

    def type(self, at: QWidget, text: str) -> None:
        """The letters of one answer."""
        for letter in text:
            pressed = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(at, pressed)
        kind = "letters of narratives" if isinstance(at, ProseArea) else "letters of figures"
        self.keys[kind] += len(text)

    def move_on(self, at: QWidget) -> None:
        """To the next field; from prose by Ctrl+Enter, for Enter is a paragraph there."""
        begun = time.perf_counter()
        QTest.keyClick(
            at, Qt.Key.Key_Return, CONTROL if isinstance(at, ProseArea) else Qt.KeyboardModifier.NoModifier
        )
        if not isinstance(at, ProseArea):
            self.times.append(time.perf_counter() - begun)
        self.keys["moves"] += 1


def key_of(at: QWidget | None) -> str:
    """Which answer a widget takes."""
    while at is not None:
        key = getattr(at, "key", None) or getattr(at, "item", None)
        key = getattr(key, "id", key)
        if isinstance(key, str):
            return key
        at = at.parentWidget()
    return ""


def spreadsheet_and_word(content: dict[str, str], report: Report, form: Form) -> dict[str, int]:
    """The keys of the same content: last year's files are open, emptied, with all their formulas in place."""
    prose = {key: text for key, text in content.items() if key in form.items}
    figures = {key: text for key, text in content.items() if key in form.fields}
    lines = [line for item in form.items.values() for line in item.lines]
    again = [link for line in lines for link in links(read(line))]
    values = compute(form, report.answers)
    repeated = [shown_link(link, form, values, report.answers) for link in again]
    return {
        "letters of narratives": sum(map(len, prose.values())),
        "letters of figures": sum(map(len, figures.values())),
        "moves": len(figures) + len(prose),
        "figures of the annex once more": sum(len(text) + 1 for text in repeated),
        "the sheet into the document": COPY_OF_THE_SHEET,
    }


def shares(keys: dict[str, int]) -> str:
    """The parts of a count in words."""
    return "; ".join(f"{name} {count:,}" for name, count in keys.items())


if __name__ == "__main__":
    main()

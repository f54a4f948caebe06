"""What stands under a figure's row: why a text was not read, findings, a reason, a note, a replaced total."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dcs_desktop.core.form import Figure
from dcs_desktop.core.trouble import Fault, Finding, Severity
from dcs_desktop.core.values import BLANK, State, Value
from dcs_desktop.i18n import _, format_datetime
from dcs_desktop.ui import figure_words as said
from dcs_desktop.ui import look
from dcs_desktop.ui.editors import TextEditor, close, editor_for, focus
from dcs_desktop.ui.entry import Entry
from dcs_desktop.ui.making import PushButton
from dcs_desktop.ui.small_parts import sign, small_button, width_of, words

# What a line is about: its kind, the key it belongs to, and what it says.
About = tuple[str, str, Fault | Finding | None]


class FaultLine(QWidget):
    """Why a typed text could not be read, and the readings offered as buttons."""

    chosen = Signal(str)

    def __init__(self, fault: Fault) -> None:
        super().__init__()
        box = _row(self)
        box.addWidget(sign("octagon-alert", "error", _("Chưa đọc được")), 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(words(fault.message, "error"), 1)
        for text in fault.suggestions:
            button = PushButton(_("Ghi {text}").format(text=text))
            button.setObjectName(f"suggestion:{text}")
            button.clicked.connect(partial(self.chosen.emit, text))
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)


def _row(widget: QWidget) -> QHBoxLayout:
    box = QHBoxLayout(widget)
    box.setContentsMargins(0, 0, 0, look.HALF)
    box.setSpacing(look.GAP)
    return box


def finding_line(finding: Finding) -> QWidget:
    """A finding in words under the figure it marks."""
    widget = QWidget()
    box = _row(widget)
    icon, role, told = {
        Severity.QUESTION: ("circle-question-mark", "accent", _("Câu hỏi của cấp trên")),
        Severity.ERROR: ("octagon-alert", "error", _("Lỗi")),
    }.get(finding.severity, ("triangle-alert", "warning", _("Cảnh báo")))
    box.addWidget(sign(icon, role, told), 0, Qt.AlignmentFlag.AlignTop)
    box.addWidget(words(finding.message, role), 1)
    return widget


class RemarkLine(QWidget):
    """A short text beside a figure, typed in place: a reason or a note."""

    edited = Signal(str)

    def __init__(self, name: str, said: str, hint: str, icon: str) -> None:
        super().__init__()
        box = _row(self)
        box.addWidget(sign(icon, "muted", said))
        box.addWidget(QLabel(said))
        self.editor = TextEditor(name, said)
        self.editor.setPlaceholderText(hint)
        self.editor.edited.connect(self._report)
        box.addWidget(self.editor, 1)

    def _report(self, _key: str, text: str) -> None:
        self.edited.emit(text)


class GiverLine(QWidget):
    """Who gave a figure, where that was not the officer's own hand."""

    def __init__(self, key: str) -> None:
        super().__init__()
        box = _row(self)
        box.addWidget(sign("users", "muted", _("Do người khác điền")))
        self.said = words("", "muted")
        self.said.setObjectName(f"{key}:giver")
        box.addWidget(self.said, 1)

    def show_giver(self, author: str, at: datetime) -> None:
        """Show the name, the file and the moment."""
        moment = format_datetime(at.astimezone())
        self.said.setText(_("Do {author} điền, nhận lúc {time}").format(author=author, time=moment))


class OverrideLine(QWidget):
    """The figure a receiving unit puts in the place of a total, with its reason."""

    def __init__(self, key: str, figure: Figure, entry: Entry) -> None:
        super().__init__()
        self.key, self._entry = key, entry
        name = entry.workspace.form.fields[f"{key}.override"].label
        self.editor = editor_for(f"{key}.override", figure.type, name)
        self.editor.setFixedWidth(width_of(self, 14))
        self.reason = TextEditor(f"{key}.override:reason", _("Lý do thay số tổng hợp"))
        self.reason.setPlaceholderText(_("Lý do thay (bắt buộc)"))
        away = small_button("x", _("Bỏ số thay thế, dùng lại số tổng hợp"))
        box = _row(self)
        box.addWidget(QLabel(_("Số thay thế")))
        box.addWidget(self.editor)
        box.addWidget(self.reason, 1)
        box.addWidget(away)
        self.editor.edited.connect(self._take)
        self.reason.edited.connect(self._take)
        if entry.closed is not None:
            close(self.editor)
            close(self.reason)
            away.hide()
        away.clicked.connect(self._take_away)

    def _take(self, _key: str, _text: str) -> None:
        typed = self.editor.text() if hasattr(self.editor, "text") else self.editor.currentText()
        self._entry.override(self.key, typed, self.reason.text())

    def _take_away(self) -> None:
        self._entry.override(self.key, "", "")

    def show_values(self) -> None:
        """Show the figure and its reason, silently."""
        self.editor.show_text(self._entry.text(f"{self.key}.override"))
        self.reason.show_text(self._entry.value(f"{self.key}.override").reason)


class FigureDetails(QWidget):
    """The lines under one figure, each made when there is something to say.

    ``stepped`` tells that Enter (1) or Shift+Enter (-1) leads out of a reason or note.
    """

    suggestion_chosen = Signal(str, str)
    stepped = Signal(int)

    def __init__(self, figure: Figure, entry: Entry) -> None:
        super().__init__()
        self._figure, self._entry = figure, entry
        self._asked: set[tuple[str, str]] = set()
        self._findings: tuple[Finding, ...] = ()
        self._lines: dict[About, QWidget] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(look.PAGE + look.GAP, 0, 0, 0)
        self._box.setSpacing(0)

    def show_values(self, findings: tuple[Finding, ...], busy: str) -> None:
        """Show what is to be said; nothing of the field that is being typed in (``busy``)."""
        self._findings = findings
        wanted = list(self._wanted(findings, busy))
        for about in [about for about in self._lines if about not in wanted]:
            gone = self._lines.pop(about)
            self._box.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, about in enumerate(wanted):
            if about not in self._lines:
                self._lines[about] = self._made(about)
                self._box.insertWidget(place, self._lines[about])
            self._show_text(about, self._lines[about])
        self.setVisible(bool(wanted))

    def ask(self, kind: str, key: str) -> None:
        """Open a line that is there only when it is wanted: note, override or reason, and go to it."""
        self._asked.add((kind, key))
        self.show_values(self._findings, "")
        line = self._lines[(kind, key, None)]
        if isinstance(line, RemarkLine | OverrideLine):
            focus(line.editor)

    def _wanted(self, findings: tuple[Finding, ...], busy: str) -> Iterator[About]:
        for field in self._figure.fields:
            fault = self._entry.fault(field.key)
            if fault is not None and field.key != busy:
                yield "fault", field.key, fault
        for finding in findings:
            if self._belongs_here(finding) and _worth_a_line(finding):
                yield "finding", finding.rule, finding
        for key in said.main_keys(self._figure):
            if self._stands("override", key) or self._value(f"{key}.override").answered:
                yield "override", key, None
        yield from self._remarks()

    def _remarks(self) -> Iterator[About]:
        for key in said.typed_keys(self._figure):
            if self._value(key).state is State.PENDING:
                yield "reason", key, None
            if self._stands("note", key) or self._value(key).note:
                yield "note", key, None
            if self._entry.workspace.giver(key) is not None:
                yield "giver", key, None

    def _belongs_here(self, finding: Finding) -> bool:
        """A sentence about several figures stands under the first of them; the others only bear its mark."""
        return any(finding.keys[0] == field.key for field in self._figure.fields)

    def _stands(self, kind: str, key: str) -> bool:
        return (kind, key) in self._asked

    def _value(self, key: str) -> Value:
        return self._entry.workspace.answers.values.get(key, BLANK)

    def _made(self, about: About) -> QWidget:
        match about:
            case ("fault", key, Fault() as fault):
                line = FaultLine(fault if self._entry.closed is None else Fault(fault.message))
                line.chosen.connect(partial(self.suggestion_chosen.emit, key))
                return line
            case (_kind, _rule, Finding() as finding):
                return finding_line(finding)
            case ("override", key, _nothing):
                return OverrideLine(key, self._figure, self._entry)
            case ("giver", key, _nothing):
                return GiverLine(key)
            case ("reason", key, _nothing):
                return self._reason_line(key)
            case (_kind, key, _nothing):
                return self._note_line(key)

    def _reason_line(self, key: str) -> RemarkLine:
        line = RemarkLine(
            f"{key}:reason", _("Chưa có số liệu, lý do"), _("Vì sao chưa có, khi nào có"), "clock"
        )
        line.edited.connect(partial(self._entry.set_state, key, State.PENDING))
        return self._open_or_closed(line)

    def _note_line(self, key: str) -> RemarkLine:
        line = RemarkLine(f"{key}:note", _("Ghi chú"), _("Nguồn số liệu, cách tính"), "pencil")
        line.edited.connect(partial(self._entry.set_note, key))
        return self._open_or_closed(line)

    def _open_or_closed(self, line: RemarkLine) -> RemarkLine:
        line.editor.next_asked.connect(partial(self.stepped.emit, 1))
        line.editor.previous_asked.connect(partial(self.stepped.emit, -1))
        if self._entry.closed is not None:
            close(line.editor)
        return line

    def _show_text(self, about: About, line: QWidget) -> None:
        if isinstance(line, OverrideLine):
            line.show_values()
        elif isinstance(line, GiverLine):
            given = self._entry.workspace.giver(about[1])
            if given is not None:
                line.show_giver(given.author, given.at)
        elif isinstance(line, RemarkLine):
            value = self._value(about[1])
            line.editor.show_text(value.reason if about[0] == "reason" else value.note)


def _worth_a_line(finding: Finding) -> bool:
    """A total's coverage and an unread text stand in the row already."""
    said_already = finding.rule == "unreadable" or finding.rule.startswith("coverage.")
    return finding.severity is not Severity.MISSING and not finding.accepted and not said_already

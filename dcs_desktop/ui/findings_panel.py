"""Rà soát lỗi: what is wrong, doubtful and missing, each line leading to its field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from dcs_desktop.core.trouble import Finding, Severity
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.making import PushButton
from dcs_desktop.ui.small_parts import words

if TYPE_CHECKING:
    from dcs_desktop.workspace import Workspace

FINDING: Final = Qt.ItemDataRole.UserRole.value
Index = QModelIndex | QPersistentModelIndex
ICONS: Final = {
    Severity.QUESTION: ("circle-question-mark", "accent"),
    Severity.ERROR: ("octagon-alert", "error"),
    Severity.WARNING: ("triangle-alert", "warning"),
    Severity.MISSING: ("circle-dashed", "muted"),
}

CARRIED: Final = ("history", "warning")


class FindingsPanel(QFrame):
    """The findings of the report, grouped; ``jump_asked`` carries a field, ``accepted`` a rule and a reason.

    ``passage_asked`` carries a finding about a text, ``correction_asked`` one to be corrected in it.
    """

    jump_asked = Signal(str)
    passage_asked = Signal(object)
    correction_asked = Signal(object)
    accepted = Signal(str, str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setProperty("role", "pane")
        self._workspace = workspace
        self._shown: tuple[Finding, ...] | None = None
        self.list = self._make_list()
        self.clean = words(_("Không có lỗi, không còn thiếu."), "good")
        self.acceptance = Acceptance(workspace.acceptances.reasons)
        self.acceptance.accepted.connect(self.accepted)
        self.acceptance.corrected.connect(self.correction_asked)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.clean.setMargin(look.GAP)
        box.addWidget(self.clean)
        box.addWidget(self.list, 1)
        box.addWidget(self.acceptance)
        self.show_findings()

    def _make_list(self) -> QListWidget:
        made = QListWidget()
        made.setObjectName("findings")
        made.setAccessibleName(_("Kết quả rà soát"))
        made.setFrameShape(QFrame.Shape.NoFrame)
        made.setProperty("role", "plain")
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        made.setResizeMode(QListWidget.ResizeMode.Adjust)
        made.setItemDelegate(FindingLine(made))
        made.itemClicked.connect(self._open)
        made.itemActivated.connect(self._open)
        made.currentItemChanged.connect(self._select)
        return made

    def show_findings(self) -> None:
        """Show the findings as they stand, the line that was chosen chosen again."""
        if self._workspace.findings == self._shown:
            return
        self._shown = self._workspace.findings
        chosen, row = self._current(), self.list.currentRow()
        with QSignalBlocker(self.list):
            self.list.clear()
            for heading, findings in grouped(self._shown):
                self._add_group(heading, findings)
            self._choose(chosen, row)
        self.clean.setVisible(not self._shown)
        self.acceptance.show_finding(self._current())

    def _add_group(self, heading: str, findings: Sequence[Finding]) -> None:
        head = QListWidgetItem(heading)
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(head)
        for finding in findings:
            text = finding.message
            if finding.accepted:
                text += "\n" + _accepted_words(finding)
            line = QListWidgetItem(look.icon(*picture_of(finding)), text)
            line.setData(FINDING, finding)
            self.list.addItem(line)

    def _choose(self, finding: Finding | None, row: int) -> None:
        """The same finding, or when it is mended the place before the one that took its place."""
        found = (
            place for place in range(self.list.count()) if self.list.item(place).data(FINDING) == finding
        )
        self.list.setCurrentRow(row - 1 if finding is None else next(found, row - 1))

    def _current(self) -> Finding | None:
        row = self.list.currentRow()
        found = self.list.item(row).data(FINDING) if row >= 0 else None
        return found if isinstance(found, Finding) else None

    def _select(self, _line: QListWidgetItem | None) -> None:
        self.acceptance.show_finding(self._current())

    def _open(self, line: QListWidgetItem) -> None:
        finding = line.data(FINDING)
        if isinstance(finding, Finding) and finding.quote is not None:
            self.passage_asked.emit(finding)
        elif isinstance(finding, Finding) and finding.keys:
            self.jump_asked.emit(finding.keys[0])

    def next_finding(self, by: int = 1) -> None:
        """Choose the finding after the chosen one (by -1 before it) and go to its field; then round again."""
        count, row = self.list.count(), self.list.currentRow()
        start = row if row >= 0 or by > 0 else 0
        for step in range(1, count + 1):
            place = (start + step * by) % count
            finding = self.list.item(place).data(FINDING)
            if isinstance(finding, Finding) and not finding.accepted:
                self.list.setCurrentRow(place)
                self._open(self.list.item(place))
                return


def _accepted_words(finding: Finding) -> str:
    if finding.severity is Severity.QUESTION:
        return _("Đã trả lời: {answer}").format(answer=finding.accepted)
    return _("Đã chấp nhận: {reason}").format(reason=finding.accepted)


def picture_of(finding: Finding) -> tuple[str, str]:
    """The icon of a finding and its colour."""
    return CARRIED if finding.rule == "carried" else ICONS[finding.severity]


def grouped(findings: Sequence[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    """Findings under their headings: questions, errors, warnings, missing, accepted, answered."""
    heads = {
        Severity.QUESTION: _("Câu hỏi của cấp trên ({count})"),
        Severity.ERROR: _("Lỗi ({count})"),
        Severity.WARNING: _("Cảnh báo ({count})"),
        Severity.MISSING: _("Còn thiếu ({count})"),
    }
    for severity, heading in heads.items():
        found = [f for f in findings if f.severity is severity and not f.accepted]
        if found:
            yield heading.format(count=len(found)), found
    settled = [finding for finding in findings if finding.accepted]
    answered = [finding for finding in settled if finding.severity is Severity.QUESTION]
    accepted = [finding for finding in settled if finding.severity is not Severity.QUESTION]
    if answered:
        yield _("Câu hỏi đã trả lời ({count})").format(count=len(answered)), answered
    if accepted:
        yield _("Cảnh báo đã chấp nhận ({count})").format(count=len(accepted)), accepted


class Acceptance(QFrame):
    """Accepting a warning with a reason, or answering a question, in the panel's foot; correcting it in its text."""

    accepted = Signal(str, str)
    corrected = Signal(object)

    def __init__(self, earlier: Mapping[str, str]) -> None:
        """``earlier`` are the reasons with which warnings were accepted that say something else now, by rule."""
        super().__init__()
        self.closed = False
        self._earlier = earlier
        self._rule = self._shown_reason = ""
        self._finding: Finding | None = None
        self.setProperty("role", "warning")
        self.correction = PushButton("")
        self.correction.setObjectName("correction")
        self.correction.clicked.connect(lambda: self.corrected.emit(self._finding))
        self.reason = QLineEdit()
        self.reason.setObjectName("acceptance")
        self.button = PushButton("")
        self.button.clicked.connect(self._accept)
        self.reason.returnPressed.connect(self._accept)
        self.reason.textChanged.connect(self._allow)
        box = QVBoxLayout(self)
        box.setContentsMargins(look.GAP, look.GAP, look.GAP, look.GAP)
        box.addWidget(self.correction)
        self.about = words("", "warning")
        box.addWidget(self.about)
        row = QHBoxLayout()
        row.addWidget(self.reason, 1)
        row.addWidget(self.button)
        box.addLayout(row)
        self.show_finding(None)

    def show_finding(self, finding: Finding | None) -> None:
        """Be there for a warning or a question, and only for one."""
        kinds = (Severity.WARNING, Severity.QUESTION)
        self.setVisible(finding is not None and finding.severity in kinds and not self.closed)
        self._finding = finding
        self._word(question=finding is not None and finding.severity is Severity.QUESTION)
        offered = finding.quote if finding is not None and not finding.accepted else None
        self.correction.setVisible(offered is not None and bool(offered.correction))
        if offered is not None:
            text = _("Sửa “{stated}” thành “{correction}”")
            self.correction.setText(text.format(stated=offered.stated, correction=offered.correction))
        if finding is not None and (finding.rule, finding.accepted) != (self._rule, self._shown_reason):
            self._rule, self._shown_reason = finding.rule, finding.accepted
            self.reason.setText(finding.accepted or self._earlier.get(finding.rule, ""))
        self._allow()

    def _word(self, *, question: bool) -> None:
        """Say what is asked for."""
        if question:
            said = _(
                "Sửa số liệu nếu sai, rồi trả lời cấp trên; câu trả lời đi theo gói báo cáo, không in ra."
            )
            name, hint, verb = _("Trả lời câu hỏi của cấp trên"), _("Ghi câu trả lời"), _("Trả lời")
        else:
            said = _("Số liệu đúng dù có cảnh báo? Ghi lý do; lý do không in ra.")
            name, hint, verb = _("Lý do chấp nhận cảnh báo"), _("Ghi lý do"), _("Chấp nhận")
        self.about.setText(said)
        self.reason.setAccessibleName(name)
        self.reason.setPlaceholderText(hint)
        self.button.setText(verb)

    def _allow(self, _text: str = "") -> None:
        self.button.setEnabled(bool(self.reason.text().strip()))

    def _accept(self) -> None:
        if self.reason.text().strip():
            self.accepted.emit(self._rule, self.reason.text().strip())


class FindingLine(QStyledItemDelegate):
    """Draws a heading or a finding with its icon, in as many lines as the message needs."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the message is at the width of the list."""
        room = QRect(0, 0, self._view.viewport().width(), 10_000)
        box = self._view.fontMetrics().boundingRect(self._text_room(room, index), WRAPPED, _message(index))
        return QSize(look.PAGE, box.height() + (look.WIDE if _is_finding(index) else look.GAP))

    def _text_room(self, rect: QRect, index: Index) -> QRect:
        left = look.ICON + 2 * look.GAP if _is_finding(index) else look.GAP
        return rect.adjusted(left, look.GAP if _is_finding(index) else look.HALF, -look.GAP, 0)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """The style draws the ground; words and icon are drawn here."""
        super().initStyleOption(option, index)
        option.text = ""
        option.icon = QIcon()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground of the style, then icon and message."""
        super().paint(painter, option, index)
        painter.save()
        font = self._view.font()
        font.setBold(not _is_finding(index))
        painter.setFont(font)
        painter.setPen(look.colour("text" if _is_finding(index) else "muted"))
        painter.drawText(self._text_room(option.rect, index), WRAPPED, _message(index))
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(icon, QIcon):
            place = option.rect.topLeft()
            painter.drawPixmap(place.x() + look.GAP, place.y() + look.GAP, icon.pixmap(look.ICON, look.ICON))
        painter.restore()


WRAPPED: Final = Qt.TextFlag.TextWordWrap.value


def _message(index: Index) -> str:
    return str(index.data(Qt.ItemDataRole.DisplayRole))


def _is_finding(index: Index) -> bool:
    return isinstance(index.data(FINDING), Finding)

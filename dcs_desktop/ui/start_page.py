"""The first page: the reports of the data file, and what can be begun."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QLabel, QStackedWidget, QTreeWidget, QTreeWidgetItem, QWidget

from dcs_desktop.i18n import _, format_date, format_datetime
from dcs_desktop.ui import look
from dcs_desktop.ui.clock import this_day
from dcs_desktop.ui.making import button, card, column, framed, label, row

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from dcs_desktop.core.from_file import FromFile
    from dcs_desktop.store import Summary
    from dcs_desktop.ui.opened import Opened

ASIDE_WIDTH = 304
REF = Qt.ItemDataRole.UserRole
NO_SOURCES: Mapping[int, FromFile] = MappingProxyType({})


class ReportList(QTreeWidget):
    """One row a report; Enter and a double click open it."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        look.as_role(self, "roomy")
        self.setAccessibleName(_("Danh sách báo cáo"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHeaderLabels([_("Kỳ báo cáo"), _("Đơn vị"), _("Loại"), _("Tình trạng"), _("Lưu lần cuối")])
        for place in range(5):
            self.header().setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.header().setStretchLastSection(False)
        self.itemDoubleClicked.connect(lambda item: self.chosen.emit(item.data(0, REF)))

    def show_reports(
        self, summaries: tuple[Summary, ...], own: str, sources: Mapping[int, FromFile] = NO_SOURCES
    ) -> None:
        """Fill the list, the latest period first; units other than ``own`` are named, and what came from a file."""
        self.clear()
        order = sorted(
            summaries, key=lambda s: (s.identity.period.last_day, s.identity.revision), reverse=True
        )
        for summary in order:
            self.addTopLevelItem(_line(summary, sources.get(summary.ref)))
        self.setColumnHidden(1, all(summary.identity.unit.identity == own for summary in summaries))
        if order:
            self.setCurrentIndex(self.model().index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(item.data(0, REF))
        else:
            super().keyPressEvent(event)


def _line(summary: Summary, source: FromFile | None) -> QTreeWidgetItem:
    state, words = state_of(summary)
    identity = summary.identity
    line = QTreeWidgetItem(
        [
            _capital(identity.period.words),
            identity.unit.name,
            revision_words(identity.revision) if source is None else _("Nhập từ Word"),
            words,
            format_datetime(summary.saved_at.astimezone()),
        ]
    )
    line.setData(0, REF, summary.ref)
    line.setToolTip(3, words)
    if source is not None:
        day = format_date(source.at.astimezone().date())
        about = _(
            "Nhập từ tệp {file} ngày {day}; dùng làm kỳ trước, không phải báo cáo đã gửi từ chương trình."
        )
        line.setToolTip(2, about.format(file=source.file_name, day=day))
    line.setIcon(3, look.state_icon(state))
    return line


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def revision_words(revision: int) -> str:
    """ "Chính thức", "Bổ sung lần 2"."""
    return _("Bổ sung lần {number}").format(number=revision) if revision else _("Chính thức")


def state_of(summary: Summary) -> tuple[str, str]:
    """The state of a report (one of look.STATE_ICONS) and the words for it."""
    state, words = _entered(summary)
    if summary.exported_at is None:
        return state, words
    day = format_date(summary.exported_at.astimezone().date())
    return state, _("{state}; đã xuất {day}").format(state=words, day=day)


def _entered(summary: Summary) -> tuple[str, str]:
    percent = 100 * summary.answered // summary.asked if summary.asked else 100
    if summary.errors:
        words = _("{percent} % đã nhập; {errors} lỗi")
        return "error", words.format(percent=percent, errors=summary.errors)
    if summary.answered >= summary.asked:
        return "complete", _("Đã nhập đủ")
    if not summary.answered:
        return "empty", _("Chưa nhập")
    return "partly", _("{percent} % đã nhập").format(percent=percent)


class StartPage(QWidget):
    """The reports, and beside them what to do next; before the data is there a word that it is coming.

    Each of its faces is made when it is first shown: the first paint waits for none of them.
    """

    new_asked = Signal()
    report_asked = Signal(int)
    file_asked = Signal()
    desk_asked = Signal()
    retry_asked = Signal()
    look_asked = Signal()
    other_data_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._faces = QStackedWidget()
        self._waiting = framed(column(1, _centred(label(_("Đang mở dữ liệu…"), "muted")), 1))
        self._faces.addWidget(self._waiting)
        self.setLayout(column(self._faces, margin=look.PAGE))

    @cached_property
    def _shelf(self) -> Shelf:
        made = Shelf(self)
        self._faces.addWidget(made)
        return made

    @cached_property
    def _refused(self) -> tuple[QWidget, QLabel]:
        """The face that says why there are no reports, and the sentence on it."""
        sentence = label("")
        retry = button(_("Thử lại"), self.retry_asked.emit, "refresh-cw", "primary")
        other = button(_("Mở tệp dữ liệu khác…"), self.other_data_asked.emit, "folder-open")
        title = label(_("Chưa mở được dữ liệu"), "heading")
        only_look = button(_("Mở chỉ để xem"), self.look_asked.emit, "eye")
        only_look.setObjectName("look")
        ways = row(retry, only_look, other, 1)
        inside = column(title, sentence, ways, margin=look.PAGE, gap=look.WIDE)
        face = framed(column(card(inside, "error"), 1))
        self._faces.addWidget(face)
        return face, sentence

    @property
    def reports(self) -> ReportList:
        """The list of the reports."""
        return self._shelf.reports

    def show_waiting(self) -> None:
        """Say that the data is being opened."""
        self._faces.setCurrentWidget(self._waiting)

    def show_refusal(self, sentence: str) -> None:
        """Say why the data could not be opened, and offer what can be done."""
        face, words = self._refused
        words.setText(sentence)
        self._faces.setCurrentWidget(face)

    def show_reports(self, opened: Opened, today: date | None = None) -> None:
        """Show what the data file holds now."""
        self._faces.setCurrentWidget(self._shelf)
        self._shelf.show_reports(opened, today)


class Shelf(QWidget):
    """What a data file holds: its reports, and beside them what can be begun."""

    def __init__(self, page: StartPage) -> None:
        super().__init__()
        self._title = label("", "title")
        self._about = label("", "muted")
        self._due = label("", "heading")
        self.reports = ReportList()
        self.reports.chosen.connect(page.report_asked)
        self._empty = framed(
            column(
                1,
                _centred(label(_("Chưa có báo cáo nào."), "heading")),
                _centred(label(_("Bấm “Báo cáo mới” để bắt đầu báo cáo của kỳ này."), "muted")),
                1,
            )
        )
        self._list = QStackedWidget()
        self._list.addWidget(self.reports)
        self._list.addWidget(self._empty)
        self._new = button(_("Báo cáo mới"), page.new_asked.emit, "file-plus", "primary")
        self._new.setObjectName("new_report")
        main = column(self._title, self._about, self._list, gap=look.GAP)
        self.setLayout(row(framed(main), self._aside(page), gap=look.PAGE))

    def _aside(self, page: StartPage) -> QWidget:
        first = column(label(_("Kỳ báo cáo tới hạn"), "muted"), self._due, self._new, margin=look.WIDE)
        second = column(
            label(_("Nhận báo cáo của đơn vị cấp dưới"), "heading"),
            label(_("Nhận, theo dõi và tổng hợp báo cáo của các đơn vị gửi lên."), "muted"),
            button(_("Bàn nhận báo cáo"), page.desk_asked.emit, "inbox"),
            button(_("Nhận gói báo cáo…"), page.file_asked.emit, "folder-open"),
            label(_("Cũng có thể kéo và thả gói báo cáo vào bất cứ đâu trong cửa sổ này."), "muted"),
            margin=look.WIDE,
        )
        aside = framed(column(card(first), card(second), 1, gap=look.WIDE))
        aside.setFixedWidth(ASIDE_WIDTH)
        return aside

    def show_reports(self, opened: Opened, today: date | None) -> None:
        """Show what the data file holds now."""
        from dcs_desktop.core.period import due_period

        setup = opened.setup
        summaries = opened.file.reports()
        self._title.setText(setup.unit.name)
        if setup.receiver.name:
            said = _("Báo cáo gửi lên: {receiver}. Dữ liệu: {file}")
            self._about.setText(said.format(receiver=setup.receiver.name, file=opened.path.name))
        else:
            self._about.setText(_("Dữ liệu: {file}").format(file=opened.path.name))
        self._about.setToolTip(str(opened.path))
        self._due.setText(_capital(due_period(today or this_day()).words))
        self.reports.show_reports(summaries, setup.unit.identity, opened.file.sources())
        self._list.setCurrentIndex(0 if summaries else 1)
        (self.reports if summaries else self._new).setFocus()


def _centred(made: QLabel) -> QLabel:
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made

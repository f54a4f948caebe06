"""The faces of the start page once the data was asked for: the reports and what can be begun, or why not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QLabel, QStackedWidget, QTreeWidget, QTreeWidgetItem, QWidget

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _, format_date, format_datetime
from dcs_desktop.ui import look
from dcs_desktop.ui.clock import now, this_day
from dcs_desktop.ui.making import button, card, column, framed, label, row
from dcs_desktop.ui.start_page import revision_words

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from dcs_desktop.core.from_file import FromFile
    from dcs_desktop.store import KeptLetter, Summary
    from dcs_desktop.ui.opened import Opened
    from dcs_desktop.ui.start_page import StartPage

ASIDE_WIDTH = 304
# Two machines never agree to the minute.
SLOW = timedelta(hours=1)
REF = Qt.ItemDataRole.UserRole
NO_SOURCES: Mapping[int, FromFile] = MappingProxyType({})


class ReportList(QTreeWidget):
    """One row a report; Enter and a double click open it, Delete puts it into the bin."""

    chosen = Signal(int)
    thrown_away = Signal()

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
        self,
        summaries: tuple[Summary, ...],
        own: str,
        sources: Mapping[int, FromFile] = NO_SOURCES,
        letters: tuple[KeptLetter, ...] = (),
    ) -> None:
        """Fill the list, the latest period first; units other than ``own`` are named, and what came from a file.

        ``letters`` are those of the receiving unit.
        """
        self.clear()
        order = sorted(
            summaries, key=lambda s: (s.identity.period.last_day, s.identity.revision), reverse=True
        )
        for summary in order:
            self.addTopLevelItem(_line(summary, sources.get(summary.ref), _said(letters, summary)))
        self.setColumnHidden(1, all(summary.identity.unit.identity == own for summary in summaries))
        if order:
            self.setCurrentIndex(self.model().index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(item.data(0, REF))
        elif item is not None and event.key() == Qt.Key.Key_Delete:
            self.thrown_away.emit()
        else:
            super().keyPressEvent(event)


def _said(letters: tuple[KeptLetter, ...], summary: Summary) -> str:
    """What the receiving unit said of a report that left the house, "" for nothing."""
    about = summary.exported_digest
    if not about or not letters:
        return ""
    from dcs_desktop.core.letter import state_said

    words = {
        "correction_requested": _("cấp trên đề nghị chỉnh sửa"),
        "accepted": _("cấp trên đã chấp nhận"),
        "": _("cấp trên đã nhận") if any(letter.head.about == about for letter in letters) else "",
    }
    return words[state_said(letters, about)]


def _line(summary: Summary, source: FromFile | None, said: str) -> QTreeWidgetItem:
    state, words = state_of(summary)
    if said:
        words = _("{state}; {said}").format(state=words, said=said)
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


class Shelf(QWidget):
    """What a data file holds: its reports, and beside them what can be begun."""

    def __init__(self, page: StartPage) -> None:
        super().__init__()
        self._title = label("", "title")
        self._about = label("", "muted")
        self._clock = label("", "warning")
        self._clock.hide()
        self._due = label("", "heading")
        self.reports = ReportList()
        self.reports.chosen.connect(page.report_asked)
        self.reports.thrown_away.connect(lambda: page.menu_asked.emit("bin_in"))
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
        main = column(self._title, self._about, self._clock, self._list, gap=look.GAP)
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

    def _doubt_clock(self, saved: datetime | None) -> None:
        """Say so where the machine's clock stands before what was saved; the order of things never hangs on it (R12)."""
        moment = now()
        slow = saved is not None and saved - moment > SLOW
        self._clock.setVisible(slow)
        if slow and saved is not None:
            words = _(
                "Đồng hồ máy đang chỉ {now}, trước cả lần lưu gần nhất ({saved}). Dữ liệu không bị ảnh hưởng; hãy chỉnh lại "
                "ngày giờ của máy để ngày in trên báo cáo đúng."
            )
            there = saved.astimezone(moment.tzinfo)
            self._clock.setText(words.format(now=format_datetime(moment), saved=format_datetime(there)))

    def show_reports(self, opened: Opened, today: date | None) -> None:
        """Show what the data file holds now."""
        from dcs_desktop.core.period import due_period

        setup = opened.setup
        summaries = opened.file.reports()
        self._doubt_clock(max((summary.saved_at for summary in summaries), default=None))
        self._title.setText(setup.unit.name)
        if setup.receiver.name:
            said = _("Báo cáo gửi lên: {receiver}. Dữ liệu: {file}")
            self._about.setText(said.format(receiver=setup.receiver.name, file=opened.path.name))
        else:
            self._about.setText(_("Dữ liệu: {file}").format(file=opened.path.name))
        self._about.setToolTip(str(opened.path))
        self._due.setText(_capital(due_period(today or this_day()).words))
        file = opened.file
        letters = file.letters(sent=False)
        self.reports.show_reports(summaries, setup.unit.identity, file.sources(), letters)
        self._list.setCurrentIndex(0 if summaries else 1)
        (self.reports if summaries else self._new).setFocus()


class Refused(QWidget):
    """Why there are no reports, in a ``sentence``, what there is to fall back on, and what can be done."""

    def __init__(self, page: StartPage) -> None:
        super().__init__()
        self.sentence = label("")
        self._backups = label("", "muted")
        self._retry = button(_("Thử lại"), page.retry_asked.emit, "refresh-cw", "primary")
        other = button(_("Mở tệp dữ liệu khác…"), page.other_data_asked.emit, "folder-open")
        title = label(_("Chưa mở được dữ liệu"), "heading")
        only_look = button(_("Mở chỉ để xem"), page.look_asked.emit, "eye")
        only_look.setObjectName("look")
        restore = button(_("Khôi phục từ bản sao &lưu…"), lambda: page.menu_asked.emit("restore"), "history")
        restore.setObjectName("restore")
        again = button(_("&Dựng lại từ các gói…"), lambda: page.menu_asked.emit("rebuild"), "refresh-cw")
        again.setObjectName("rebuild")
        ways = row(self._retry, restore, again, only_look, other, 1)
        inside = column(title, self.sentence, self._backups, ways, margin=look.PAGE, gap=look.WIDE)
        self.setLayout(column(card(inside, "error"), 1))

    def show_why(self, sentence: str, data: Path | None) -> None:
        """Say why, and which backups there are."""
        from dcs_desktop.ui import files

        self.sentence.setText(files.shown_in(sentence))
        self._backups.setText("" if data is None else _backup_words(data))
        self._retry.setFocus()


def _backup_words(data: Path) -> str:
    from dcs_desktop import backups

    try:
        found = backups.backups_of(data)
    except Refusal:
        return ""
    if not found:
        return _("Chưa có bản sao lưu nào cạnh tệp dữ liệu.")
    said = _("Có {count} bản sao lưu; bản mới nhất lúc {time}.")
    return said.format(count=len(found), time=format_datetime(found[0].when))


def _centred(made: QLabel) -> QLabel:
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made

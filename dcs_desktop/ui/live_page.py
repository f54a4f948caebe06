"""The page that is being written, beside the form: laid out again at every pause in typing.

What one pause costs is a page, not a report: only blocks that changed are measured (printing/memory.py),
and only the page that is seen is drawn. That is little enough for the worker thread; a key that comes
while it works calls the work off, and what was measured by then is kept. Figures: docs/benchmarks.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QTextEdit, QWidget

from dcs_desktop.core.as_typed import as_typed
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui.editors import LineEditor
from dcs_desktop.ui.hand import Hand
from dcs_desktop.ui.making import bar, column, label, tool
from dcs_desktop.ui.sheet_view import Picture, SheetView
from dcs_desktop.ui.tasks import Task, Told, Worker

if TYPE_CHECKING:
    from dcs_desktop.core.form import Form
    from dcs_desktop.core.linked import Figures
    from dcs_desktop.core.report import Report
    from dcs_desktop.printing import Laid, Memory, Stretch
    from dcs_desktop.workspace import Workspace

PAUSE_MS: Final = 150
MM: Final = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Shown:
    """What one turn of the work brings: the report laid out, the page chosen, its picture."""

    laid: Laid
    page: int
    picture: Picture


class LivePage(QFrame):
    """One page of the report as it will be printed, typing that is not saved yet included.

    ``place_asked`` carries the Stretch that was clicked, ``whole_asked`` that the whole preview is wanted,
    ``closed`` that the page is not. ``hand`` answers where the hand is. It never takes the focus by itself.
    """

    place_asked = Signal(object)
    whole_asked = Signal()
    closed = Signal()

    def __init__(self, workspace: Workspace, worker: Worker, hand: Callable[[], Hand | None]) -> None:
        super().__init__()
        self._workspace, self._worker, self._hand = workspace, worker, hand
        self._memory: Memory | None = None
        self._task: Task[Shown] | None = None
        self._shown: Shown | None = None
        self._listened: QWidget | None = None
        self._seen = Hand("")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._lay_out)
        self.setProperty("role", "pane")
        self.setObjectName("live")
        self.sheet = SheetView()
        self.sheet.setAccessibleName(_("Trang in của mục đang nhập"))
        self.sheet.pointed.connect(self._ask_place)
        self.sheet.widened.connect(self._pause.start)
        self.sheet.past_end.connect(self.turn)
        self.words = QLabel(_("Đang dàn trang…"))
        self._refusal = label("", "error")
        self._refusal.setVisible(False)
        self._refusal.setMargin(8)
        self.setLayout(column(self._bar(), self._refusal, self.sheet, gap=0))
        program = QApplication.instance()
        if isinstance(program, QApplication):
            program.focusChanged.connect(self._listen)

    def _bar(self) -> QWidget:
        tools = (
            tool(_("Trang trước"), partial(self.turn, -1), "chevron-up", with_words=False),
            tool(_("Trang sau"), partial(self.turn, 1), "chevron-down", with_words=False),
            tool(_("Xem trước cả báo cáo"), self.whole_asked.emit, "maximize", with_words=False),
            tool(_("Đóng trang in (F8)"), self.closed.emit, "x", with_words=False),
        )
        for each in tools:
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return bar(self.words, 1, *tools)

    # When to lay out again

    def _listen(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Follow the typing in the field that has the focus."""
        if self._listened is not None:
            for signal in _typing(self._listened):
                signal.disconnect(self.wait)
            self._listened.destroyed.disconnect(self._forget)
            self._listened = None
        if isinstance(now, QTextEdit | LineEditor) and self.isVisible() and self._hand() is not None:
            for signal in _typing(now):
                signal.connect(self.wait)
            now.destroyed.connect(self._forget)
            self._listened = now
            self.wait()

    def _forget(self) -> None:
        self._listened = None

    def wait(self) -> None:
        """Something changed: call off what is under way, and lay out anew at the next pause."""
        if self._task is not None:
            self._task.told.call_off()
        if self.isVisible():
            self._pause.start()

    def showEvent(self, event: QShowEvent) -> None:
        """A page that was put away may be an old one."""
        super().showEvent(event)
        self._listen(None, QApplication.focusWidget())
        self.wait()

    def pause_for(self, milliseconds: int) -> None:
        """Lay out anew after a pause of this length."""
        self._pause.setInterval(milliseconds)

    def forget(self) -> None:
        """Measure the whole report anew next time."""
        self._memory = None

    def let_go(self) -> None:
        """Call off what is under way: the report is closed."""
        self._pause.stop()
        self.hide()
        if self._task is not None:
            self._task.told.call_off()

    # Laying out

    def _lay_out(self, page: int | None = None) -> None:
        if not self.isVisible():
            return
        from dcs_desktop.printing import Memory

        if self._memory is None:
            self._memory = Memory()
        workspace = self._workspace
        self._seen = self._hand() or replace(self._seen, field="")
        report = workspace.report()
        if self._seen.field:
            answers = as_typed(workspace.form, report.answers, self._seen.field, self._seen.typed)
            report = replace(report, answers=answers)
        before = workspace.compared
        work = partial(
            _shown, report, workspace.form, before, self._memory, self._seen, page, self.sheet.page_width
        )
        self._task = self._worker.start(self, work, self._take, failed=self._refuse)

    def _take(self, shown: Shown) -> None:
        self._shown = shown
        self._refusal.setVisible(False)
        pages = len(shown.laid.sheets)
        self.words.setText(_("Trang {page}/{pages}").format(page=shown.page + 1, pages=pages))
        self.sheet.show_picture(shown.picture)

    def _refuse(self, failure: BaseException) -> None:
        if not isinstance(failure, Refusal):
            raise failure
        self._refusal.setText(failure.sentence)
        self._refusal.setVisible(True)

    # Moving

    @property
    def laid(self) -> Laid | None:
        """The report as it was laid out last; None while it was not."""
        return None if self._shown is None else self._shown.laid

    @property
    def refusal(self) -> str:
        """Why the page is not what is typed; "" when it is."""
        return self._refusal.text() if self._refusal.isVisible() else ""

    @property
    def at_work(self) -> bool:
        """Whether a page is being laid out."""
        return self._task is not None and not self._task.over

    @property
    def busy(self) -> bool:
        """Whether what is typed is not on the page yet."""
        return self._pause.isActive() or self.at_work

    @property
    def page(self) -> int:
        """The page that is shown, from 0; -1 while there is none."""
        return -1 if self._shown is None else self._shown.page

    def turn(self, by: int) -> None:
        """Show the next page, or the one before, until the hand moves."""
        if self._shown is not None and 0 <= self._shown.page + by < len(self._shown.laid.sheets):
            self._pause.stop()
            self.sheet.verticalScrollBar().setValue(0)
            self._lay_out(self._shown.page + by)

    def _ask_place(self, top: float) -> None:
        from dcs_desktop.printing import Spot, stretch_at

        if self._shown is not None:
            found = stretch_at(self._shown.laid.stretches, Spot(self._shown.page, top))
            if found is not None:
                self.place_asked.emit(found)


def _typing(field: QWidget) -> tuple[SignalInstance, ...]:
    """The signals of a field that tell of typing and of the cursor's moves."""
    if isinstance(field, QTextEdit):
        return (field.textChanged, field.cursorPositionChanged)
    return (field.textEdited,) if isinstance(field, LineEditor) else ()


def _shown(
    report: Report,
    form: Form,
    before: Figures | None,
    memory: Memory,
    hand: Hand,
    page: int | None,
    width: int,
    told: Told,
) -> Shown:
    """Lay the report out and draw the page of the hand, or the page that is asked for; on the worker thread."""
    from dcs_desktop.printing import draw_page, lay_report_out

    memory.told = partial(told, 0, 0)
    laid = lay_report_out(report, form, memory, before=before)
    told(0, 0)
    marked = marked_by(laid.stretches, form, hand)
    number = page if page is not None else (marked[0].page if marked else 0)
    number = min(number, len(laid.sheets) - 1)
    image, size = _drawn(draw_page(laid, number), width)
    here = tuple(stretch for stretch in marked if stretch.page == number)
    return Shown(laid, number, Picture(image, size, laid.layout.page.left * MM, here))


def marked_by(stretches: tuple[Stretch, ...], form: Form, hand: Hand) -> tuple[Stretch, ...]:
    """What is printed of the place of the hand; else of its item, or of the nearest item before that is printed."""
    found = tuple(stretch for stretch in stretches if hand.marks(stretch))
    items = list(form.items)
    at = items.index(hand.item) if hand.item in form.items else -1
    while not found and at >= 0:
        found = tuple(s for s in stretches if s.place == items[at] and not s.key)
        found = found or tuple(s for s in stretches if s.place == items[at])
        at -= 1
    return found


def _drawn(data: bytes, width: int) -> tuple[QImage, QSize]:
    """The only page of a PDF as a picture of a width, and its size in points."""
    from PySide6.QtPdf import QPdfDocument

    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    size = document.pagePointSize(0)
    image = document.render(0, QSize(width, round(width * size.height() / size.width())))
    document.close()
    return image, size.toSize()

"""The preview: the very PDF that will be saved and printed, page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QMenu,
    QStackedWidget,
    QToolBar,
    QToolButton,
    QWidget,
)

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.making import bar, button, card, column, framed, label, row, tool
from dcs_desktop.ui.page_view import PageView
from dcs_desktop.ui.saving_pages import ask_and_save
from dcs_desktop.ui.tasks import Task, Told, Worker
from dcs_desktop.ui.thumbnails import Thumbnails

if TYPE_CHECKING:
    from dcs_desktop.core.form import Item
    from dcs_desktop.printing import Printed, Spot
    from dcs_desktop.workspace import Workspace

STEP = 1.2
USUAL_ZOOM = 1.2
SMALLEST_ZOOM, LARGEST_ZOOM = 0.3, 4.0


class PreviewPage(QWidget):
    """Pages beside their thumbnails; ``back_asked`` leads to the form, at an item when one is named.

    ``place_asked`` leads there too, to the Stretch that was double clicked.
    """

    back_asked = Signal(str)
    place_asked = Signal(object)

    def __init__(self, workspace: Workspace, worker: Worker, item: str = "") -> None:
        super().__init__()
        self._form = workspace.form
        self.name = _pdf_name(workspace)
        self._item = item
        self._workspace, self._worker = workspace, worker
        self.printed: Printed | None = None
        self._buffer = QBuffer(self)
        self._print_at_once = False
        self.spots: Mapping[str, Spot] = {}
        self._items: dict[str, Spot] = {}
        self.document = QPdfDocument(self)
        self._make_parts()
        self._lay_out()

    def _lay_out(self) -> None:
        """Lay the report out anew; what is shown stays until it is there."""
        work = _work(self._workspace, self.marked.isChecked())
        self._task: Task[Printed] = self._worker.start(self, work, self._take, failed=self._refuse)

    def _make_parts(self) -> None:
        self.view = PageView()
        self.view.setDocument(self.document)
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(USUAL_ZOOM)
        self.view.setAccessibleName(_("Trang báo cáo"))
        self.view.pageNavigator().currentPageChanged.connect(self._show_page_number)
        self.view.verticalScrollBar().valueChanged.connect(self._show_item)
        self.view.pointed.connect(self._ask_place)
        self.thumbs = Thumbnails(self.document)
        self.thumbs.currentRowChanged.connect(self.go_to_page)
        self._page_words = QLabel()
        self.items = QComboBox()
        self.items.setAccessibleName(_("Đến mục"))
        self.items.setMinimumWidth(280)
        self.items.setMaximumWidth(360)
        self.items.activated.connect(lambda _place: self.go_to_item(self.items.currentData()))
        self._refusal = label("")
        self._places = QStackedWidget()
        self._places.addWidget(framed(column(1, _centred(_("Đang dàn trang…")), 1)))
        self._places.addWidget(framed(row(self.thumbs, self.view, gap=0)))
        self._places.addWidget(self._refused())
        self.setLayout(column(self._bar(), self._places, gap=0))
        for keys, action in (
            ("Ctrl++", self.zoom_in),
            ("Ctrl+-", self.zoom_out),
            ("Ctrl+P", self._print.click),
            ("Esc", self._go_back),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    def _bar(self) -> QToolBar:
        self._save = tool(_("Lưu tệp…"), self.save, "save")
        self._print = tool(_("In…"), self.print_pages, "printer")
        for each in (self._save, self._print):
            each.setEnabled(False)
        return bar(
            tool(_("Về biểu mẫu"), self._go_back, "arrow-left"),
            0,
            tool(_("Trang trước"), lambda: self._turn(-1), "chevron-up", with_words=False),
            self._page_words,
            tool(_("Trang sau"), lambda: self._turn(1), "chevron-down", with_words=False),
            0,
            tool(_("Thu nhỏ"), self.zoom_out, "zoom-out", with_words=False),
            tool(_("Phóng to"), self.zoom_in, "zoom-in", with_words=False),
            tool(_("Vừa chiều rộng"), self.fit, "maximize", with_words=False),
            0,
            self.items,
            tool(_("Sửa mục này"), self.edit_item, "pencil"),
            1,
            self._options(),
            self._save,
            self._print,
        )

    def _options(self) -> QToolButton:
        """What can be asked of the pages and of the file beyond what every report has."""
        button = tool(_("Tùy chọn in và lưu"), lambda: None, "settings", with_words=False)
        menu = QMenu(button)
        self.marked = menu.addAction(_("Mã đối chiếu ở chân mọi trang"))
        self.field = menu.addAction(_("Thêm ô chữ ký số trống khi lưu PDF"))
        for each in (self.marked, self.field):
            each.setCheckable(True)
        self.marked.toggled.connect(self._lay_out)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _refused(self) -> QWidget:
        inside = column(
            label(_("Chưa dàn được trang in"), "heading"),
            self._refusal,
            row(button(_("Về biểu mẫu"), self._go_back, "arrow-left", "primary"), 1),
            margin=look.PAGE,
            gap=look.WIDE,
        )
        return framed(column(card(inside, "error"), 1, margin=look.PAGE))

    # The pages come

    @property
    def ready(self) -> bool:
        """Whether the pages are there, or will never be."""
        return self._places.currentIndex() > 0

    @property
    def refusal(self) -> str:
        """Why there are no pages, "" when there are."""
        return self._refusal.text()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self.document.pageCount()

    def _take(self, printed: Printed) -> None:
        again, where = self.printed is not None, self.view.verticalScrollBar().value()
        self.printed = printed
        self.spots = printed.spots
        self.document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(printed.data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self._list_items()
        self.thumbs.show_pages()
        self._places.setCurrentIndex(1)
        for each in (self._save, self._print):
            each.setEnabled(True)
        if again:
            QTimer.singleShot(0, self, partial(self.view.verticalScrollBar().setValue, where))
            return
        self.view.setFocus()
        self._show_page_number()
        self._show_item()
        QTimer.singleShot(0, self, self._arrive)

    def _list_items(self) -> None:
        self.items.clear()
        self._items.clear()
        for item in self._form.items.values():
            if item.id in self.spots:
                self._items[item.id] = self.spots[item.id]
                self.items.addItem(_item_words(item), item.id)

    def _arrive(self) -> None:
        if self._item:
            self.go_to_item(self._item)
        if self._print_at_once:
            self.print_pages()

    def _refuse(self, failure: BaseException) -> None:
        self._places.setCurrentIndex(2)
        if not isinstance(failure, Refusal):
            self._refusal.setText(
                _("Chương trình gặp lỗi khi dàn trang; nội dung báo cáo đã lưu vẫn còn nguyên.")
            )
            raise failure
        self._refusal.setText(failure.sentence)

    def page_is_blank(self, number: int) -> bool:
        """Whether nothing is printed on a page."""
        image = self.document.render(number, QSize(210, 297))
        return len({image.pixel(x, y) for x in range(0, 210, 2) for y in range(0, 297, 2)}) < 2

    def let_go(self) -> None:
        """Call off what is under way and close the document before its bytes go."""
        self._task.told.call_off()
        self.document.close()

    # Moving

    def go_to_item(self, item: str) -> None:
        """Show where a section, an item, a figure or the row of a table begins."""
        if item not in self.spots:
            item = self._form.item_of.get(item.partition("/")[0], "")
        if item in self.spots:
            self.view.go_to(item, self.spots[item])
            self._show_item()

    def go_to_page(self, number: int) -> None:
        """Show a page, counted from 0."""
        if 0 <= number < self.pages and number != self.view.pageNavigator().currentPage():
            self.view.pageNavigator().jump(number, QPointF())

    def _turn(self, by: int) -> None:
        self.go_to_page(self.view.pageNavigator().currentPage() + by)

    def _show_page_number(self) -> None:
        page = self.view.pageNavigator().currentPage()
        self._page_words.setText(_("Trang {page}/{pages}").format(page=page + 1, pages=self.pages))
        self.thumbs.mark(page)

    def _show_item(self) -> None:
        """Name the item that is being read."""
        place = self.items.findData(self.view.reading(self._items))
        if place >= 0 and not self.items.view().isVisible():
            self.items.setCurrentIndex(place)

    def zoom_in(self) -> None:
        """Larger."""
        self._zoom(STEP)

    def zoom_out(self) -> None:
        """Smaller."""
        self._zoom(1 / STEP)

    def _zoom(self, by: float) -> None:
        now = self.view.zoomFactor()
        if self.view.zoomMode() is not QPdfView.ZoomMode.Custom and self.pages:
            dots = self.document.pagePointSize(0).width() * self.logicalDpiX() / 72
            now = self.view.page_size(0).width() / dots
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(max(now * by, SMALLEST_ZOOM), LARGEST_ZOOM))

    def fit(self) -> None:
        """As wide as the view."""
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def _go_back(self) -> None:
        self.back_asked.emit("")

    def edit_item(self) -> None:
        """To the form, at the item that is being read."""
        self.back_asked.emit(self.items.currentData() or "")

    def _ask_place(self, page: int, top: float) -> None:
        """To the form, at what stands at a place of a page."""
        from dcs_desktop.printing import Spot, stretch_at

        if self.printed is not None:
            found = stretch_at(self.printed.stretches, Spot(page, top))
            if found is not None:
                self.place_asked.emit(found)

    # Paper and file

    def print_when_ready(self) -> None:
        """Open the printer dialog as soon as the pages are there."""
        self._print_at_once = True
        if self.pages:
            self.print_pages()

    def print_pages(self) -> None:
        """The printer dialog, then the pages to the printer."""
        from dcs_desktop.ui.paper import ask_and_print

        self._print_at_once = False
        ask_and_print(self, self.document, self.name, self.view.pageNavigator().currentPage())

    def save(self) -> None:
        """Save the pages as a file: as they are, or as an archive or a signing tool wants them."""
        if self.printed is not None:
            word, field = _word(self._workspace), self.field.isChecked()
            ask_and_save(self, self._worker, self.name, self.printed, word, field=field)


def _work(workspace: Workspace, marked: bool) -> Callable[[Told], Printed]:
    report, form = workspace.report(), workspace.form
    before = workspace.compared

    def work(_told: Told) -> Printed:
        from dcs_desktop.printing import render_report

        return render_report(report, form, before=before, marked=marked)

    return work


def _word(workspace: Workspace) -> Callable[[], bytes]:
    """What makes the Word file of the report as it stands now."""
    report, form = workspace.report(), workspace.form
    before = workspace.compared

    def make() -> bytes:
        from dcs_desktop.printing import render_word

        return render_word(report, form, before=before).data

    return make


def _pdf_name(workspace: Workspace) -> str:
    identity = workspace.identity
    revision = f"_BS{identity.revision}" if identity.revision else ""
    return f"DCS_{identity.unit.code}_{identity.period.file_part}{revision}"


def _item_words(item: Item) -> str:
    prompt = item.prompt if len(item.prompt) <= 60 else item.prompt[:59].rstrip() + "…"
    return f"{item.id}  {prompt}"


def _centred(words: str) -> QLabel:
    made = label(words, "muted")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made

"""Last year's report out of Word in one window: its passages with their items, its figures with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QTabWidget, QWidget

from dcs_desktop import taking_word
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.clock import now
from dcs_desktop.ui.making import button, card, column, label, row
from dcs_desktop.ui.tasks import Told, Worker
from dcs_desktop.ui.word_in_figures import FoundFigures
from dcs_desktop.ui.word_in_texts import FoundTexts

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from dcs_desktop.store import DataFile
    from dcs_desktop.taking_word import Proposed

USUAL = QSize(1180, 660)


class WordInDialog(QDialog):
    """Nothing is kept before the last button; :attr:`kept` then counts the passages and figures, else it is None."""

    def __init__(
        self, proposed: Proposed, file: DataFile, worker: Worker, asker: QWidget | None = None
    ) -> None:
        super().__init__(asker)
        self._proposed = proposed
        self._file = file
        self._worker = worker
        self._keeping = False
        self.kept: tuple[int, int] | None = None
        read, identity = proposed.read, proposed.identity
        title = _("{file} – báo cáo {period} của {unit}")
        self.setWindowTitle(
            title.format(file=read.document.file_name, period=identity.period.words, unit=identity.unit.name)
        )
        self.texts = FoundTexts(read)
        self.figures = FoundFigures(read.form, read.proposals)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.texts, "")
        self.tabs.addTab(self.figures, "")
        self.outcome = label("", "muted")
        self.ending = button(_("&Lập báo cáo kỳ trước"), self.keep, "check", "primary")
        self.ending.setObjectName("ending")
        buttons = row(self.outcome, button(_("&Hủy"), self.reject), self.ending)
        buttons.setStretchFactor(self.outcome, 1)
        whole = column(*self._remarks(), self.tabs, buttons, margin=look.WIDE, gap=look.WIDE)
        whole.setStretchFactor(self.tabs, 1)
        self.setLayout(whole)
        self.texts.changed.connect(self._show_counts)
        self.figures.changed.connect(self._show_counts)
        self.tabs.currentChanged.connect(self._look_again)
        self._show_counts()
        self.resize(USUAL)
        self.texts.list.setFocus()

    def _remarks(self) -> list[QWidget]:
        """What to know first."""
        said = list(taking_word.remarks(self._proposed))
        if self._proposed.there is not None:
            again = _("Báo cáo kỳ này đã nhập từ Word trước đây; lập lại thì bản cũ được đưa vào thùng rác.")
            said.insert(0, again)
        return [card(column(label("\n".join(said)), margin=look.GAP), "warning")] if said else []

    def _show_counts(self) -> None:
        texts, doubtful, left = self.texts.counts()
        figures, asked = self.figures.counts()
        self.tabs.setTabText(0, _("Nội dung ({count})").format(count=texts + doubtful + left))
        self.tabs.setTabText(1, _("Số liệu ({count})").format(count=figures + asked))
        said = _("sẽ nhận {texts} đoạn, {figures} số liệu; còn ngờ {doubtful} đoạn; bỏ qua {left} đoạn")
        self.outcome.setText(said.format(texts=texts, figures=figures, doubtful=doubtful, left=left))
        self.ending.setEnabled(bool(texts or figures) and not self._keeping)

    # The figures follow the items

    def _look_again(self) -> None:
        """The figures that the passages state now that they are of these items."""
        items, doubtful = self.texts.items(with_doubtful=True), self.texts.doubtful()
        if self.tabs.currentWidget() is not self.figures or (items, doubtful) == self.figures.of_passages:
            return
        before = self._proposed

        def work(_told: Told) -> Proposed:
            return before.with_items(items, doubtful)

        def show(found: Proposed) -> None:
            self._proposed = found
            self.figures.show_proposals(found.read.proposals, (items, doubtful))

        self._worker.start(self, work, show, saying=_("Đang tìm số liệu."))

    # The end

    def keep(self) -> None:
        """Keep what is confirmed, all at once."""
        items, figures = self.texts.items(), self.figures.figures()
        self._keeping = True
        self.ending.setEnabled(False)
        file, found = self._file, self._proposed

        def work(_told: Told) -> int:
            return taking_word.keep(file, found, items, figures, now())

        def kept(_ref: int) -> None:
            self._keeping = False
            self.kept = (sum(map(bool, items.values())), len(figures))
            self.accept()

        self._worker.start(self, work, kept, saying=_("Đang ghi báo cáo."), failed=self._not_kept)

    def _not_kept(self, failure: BaseException) -> None:
        from dcs_desktop.ui.tasks import show_failure

        self._keeping = False
        self._show_counts()
        show_failure(self, failure)

    def reject(self) -> None:
        """Leave with nothing kept; not while it is being written."""
        if not self._keeping:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._keeping:
            event.ignore()
        else:
            super().closeEvent(event)

"""Makes the data file again out of packages, from the window: which folders, then what came back and what did not (R8)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QDialog, QListWidget, QWidget

from dcs_desktop import rebuilding, receiving, safety_copies
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui import files, look, messages
from dcs_desktop.ui.making import button, column, label, row

if TYPE_CHECKING:
    from dcs_desktop.ui.main_window import MainWindow

MOST_NAMED: Final = 8


class RebuildDialog(QDialog):
    """The folders to read; accepted when the data file is to be made again out of them."""

    def __init__(self, folders: list[Path], asker: QWidget | None = None) -> None:
        super().__init__(asker)
        self.setWindowTitle(_("Dựng lại dữ liệu từ các gói"))
        self.folders = folders
        self.list = QListWidget()
        self.list.setAccessibleName(_("Các thư mục có gói"))
        about = label(
            _(
                "Tệp dữ liệu được lập lại từ các bản an toàn, gói báo cáo và phiếu trong những thư mục này. Tệp hiện có "
                "không bị xóa mà được giữ lại dưới tên có ghi ngày giờ."
            )
        )
        self.lost = label(rebuilding.not_carried(), "muted")
        self.start = button(_("&Dựng lại"), self.accept, "refresh-cw", "primary")
        add = button(_("Thêm thư &mục…"), self._ask_folder, "folder-open")
        verbs = row(1, add, self.start, button(_("&Thôi"), self.reject))
        self.setLayout(column(about, self.list, self.lost, verbs, margin=look.WIDE))
        self.resize(720, 360)
        self._show()

    def _show(self) -> None:
        self.list.clear()
        self.list.addItems([files.shown(folder) for folder in self.folders])
        self.start.setEnabled(bool(self.folders))
        self.start.setDefault(True)

    def _ask_folder(self) -> None:
        chosen = files.ask_folder(self, _("Chọn thư mục có gói báo cáo"))
        if chosen is not None and chosen not in self.folders:
            self.folders.append(chosen)
            self._show()


def ask_rebuild(window: MainWindow) -> None:
    """Ask for the folders, the one beside the data first, and make the file again."""
    data = window.data_path
    if data is None:
        return
    beside = safety_copies.folder_of(data)
    dialog = RebuildDialog([beside] if beside.is_dir() else [], window)
    if dialog.exec():
        rebuild(window, data, dialog.folders)
    dialog.deleteLater()


def rebuild(window: MainWindow, data: Path, folders: list[Path]) -> None:
    """Let go of the data, make it again, open what is there then, whatever came of it."""
    unit = "" if window.opened is None else window.opened.setup.unit.identity
    window.let_go_of_data()
    window.start_page.show_waiting()
    window.pages.setCurrentWidget(window.start_page)

    def done(rebuilt: rebuilding.Rebuilt) -> None:
        window.open_data(data, None)
        messages.note(window, *words(rebuilt))

    def failed(failure: BaseException) -> None:
        window.open_data(data, None)
        if not isinstance(failure, Refusal):
            raise failure
        messages.refuse(window, failure.sentence)

    now = datetime.now().astimezone()
    window.worker.start(
        window,
        lambda told: rebuilding.rebuild(data, folders, now, unit, instead=True, told=told),
        done,
        saying=_("Đang dựng lại dữ liệu."),
        failed=failed,
    )


def words(rebuilt: rebuilding.Rebuilt) -> tuple[str, str]:
    """What came back, and what did not."""
    good = receiving.FINE | receiving.KEPT
    told = [(one.shown, one.verdict, one.reason) for one in rebuilt.verdicts]
    told += [(one.file, one.verdict, one.reason) for one in rebuilt.letters]
    refused = [f"{Path(file).name}: {reason}" for file, verdict, reason in told if verdict not in good]
    text = _("Đã dựng lại dữ liệu của {unit}: {own} báo cáo của đơn vị, {others} gói và phiếu.")
    said = text.format(unit=rebuilt.setup.unit.name, own=len(rebuilt.own), others=len(told) - len(refused))
    more = [*rebuilt.remarks, *refused]
    if len(more) > MOST_NAMED:
        left = _("… và {count} dòng khác.").format(count=len(more) - MOST_NAMED)
        more = [*more[:MOST_NAMED], left]
    more.append(rebuilding.not_carried())
    if rebuilt.kept is not None:
        more.append(_("Tệp dữ liệu trước đó được giữ ở {file}.").format(file=rebuilt.kept))
    return said, "\n".join(more)

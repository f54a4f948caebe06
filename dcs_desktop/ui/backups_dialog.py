"""The backups there are: when and why each was made, what is in it, what would differ."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLayout, QWidget

from dcs_desktop.backups import Why
from dcs_desktop.i18n import _, format_datetime
from dcs_desktop.restoring import Choice
from dcs_desktop.ui import files, look, tables
from dcs_desktop.ui.making import button, column, label, row


class BackupsDialog(QDialog):
    """Accepted when ``chosen`` is to be restored; ``second_chosen`` tells the folder of second copies."""

    second_chosen = Signal(str)

    def __init__(self, found: list[Choice], second: str, asker: QWidget | None = None) -> None:
        super().__init__(asker)
        self.setWindowTitle(_("Khôi phục từ bản sao lưu"))
        self.chosen: Path | None = None
        self._found = {str(one.backup.path): one for one in found}
        heads = [_("Lúc"), _("Vì"), _("Báo cáo, gói đã nhận"), _("Dung lượng")]
        self.list = tables.table(_("Các bản sao lưu"), heads, 2)
        for one in found:
            self.list.addTopLevelItem(tables.line(_cells(one), str(one.backup.path), right=(3,)))
        self.differs = label("")
        self._second = label(_second_words(second), "muted")
        self.restore = button(_("Khôi phục bản &này"), self._take, "history", "primary")
        self.list.currentItemChanged.connect(lambda *_items: self._show())
        self.setLayout(column(self.list, self.differs, *self._below(), margin=look.WIDE))
        self.resize(820, 480)
        if (newest := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(newest)
        self._show()

    def _below(self) -> tuple[QWidget | QLayout, ...]:
        kept = label(
            _("Khi khôi phục, tệp dữ liệu hiện có không bị xóa mà được giữ lại dưới tên có ghi ngày giờ."),
            "muted",
        )
        other = button(_("Tệ&p khác…"), self._ask_other, "folder-open")
        second = button(_("Thư mục sao lưu thứ &hai…"), self._ask_second, "folder")
        verbs = row(second, 1, other, self.restore, button(_("&Thôi"), self.reject))
        return kept, self._second, verbs

    def _current(self) -> Choice | None:
        item = self.list.currentItem()
        return None if item is None else self._found.get(item.data(0, tables.KEY))

    def _show(self) -> None:
        one = self._current()
        if one is None:
            said = _("Chưa có bản sao lưu nào. Chọn Tệp khác nếu bản sao lưu ở USB.")
        else:
            said = one.damage or "\n".join(one.differs)
        self.differs.setText(said)
        self.restore.setEnabled(one is not None and not one.damage)

    def _take(self) -> None:
        one = self._current()
        if one is not None:
            self.chosen = one.backup.path
            self.accept()

    def _ask_other(self) -> None:
        kinds = _("Tệp dữ liệu (*.sqlite);;Mọi tệp (*)")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Chọn bản sao lưu"), files.documents(), kinds)
        if chosen:
            self.chosen = Path(chosen)
            self.accept()

    def _ask_second(self) -> None:
        folder = files.ask_folder(self, _("Chọn thư mục sao lưu thứ hai"))
        if folder is not None:
            self._second.setText(_second_words(str(folder)))
            self.second_chosen.emit(str(folder))


def _second_words(second: str) -> str:
    if not second:
        return _("Chưa chọn thư mục sao lưu thứ hai.")
    return _("Bản sao lưu thứ hai được ghi vào {folder}.").format(folder=files.shown(Path(second)))


def _cells(one: Choice) -> list[str]:
    why = {
        Why.DAY: _("đầu ngày"),
        Why.IMPORT: _("trước khi nhận gói"),
        Why.TEMPLATE: _("trước khi thêm mẫu"),
        Why.ASKED: _("theo yêu cầu"),
    }
    held = _("bị hỏng")
    if one.contents is not None:
        held = _("{reports} báo cáo, {received} gói").format(
            reports=one.contents.report_count, received=one.contents.received_count
        )
    size = _("{size} MB").format(size=f"{one.size / 1_000_000:.1f}".replace(".", ","))
    return [format_datetime(one.backup.when), why[one.backup.why], held, size]

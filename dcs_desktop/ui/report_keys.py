"""The keys of the report window, each with what it does in words: tied to it here, told by the help page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from dcs_desktop.i18n import _

if TYPE_CHECKING:
    from dcs_desktop.ui.report_view import ReportView

Key = tuple[str, str, Callable[[], object]]


def tie(view: ReportView) -> None:
    """Let the keys work wherever the hand is in the report window."""
    for keys, words, act in _keys(view):
        shortcut = QShortcut(QKeySequence(keys), view)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setWhatsThis(words)
        shortcut.activated.connect(act)


def _keys(view: ReportView) -> Iterator[Key]:
    yield "Ctrl+PgUp", _("Phần trước của báo cáo"), partial(view.turn, -1)
    yield "Ctrl+PgDown", _("Phần sau của báo cáo"), partial(view.turn, 1)
    yield "Ctrl+F", _("Tìm ô nhập, mục, bảng, lỗi theo tên, gõ không dấu cũng được"), view.find_field
    yield "F5", _("Rà soát lỗi"), view.check
    yield "F6", _("Đến chỗ có lỗi, cảnh báo hoặc còn thiếu tiếp theo"), view.next_finding
    yield "F7", _("So với cùng kỳ năm trước, hoặc với kỳ trước"), view.side.last.turn
    yield "F8", _("Hiện, ẩn trang in bên cạnh biểu mẫu"), view.bar.live.toggle
    yield "F9", _("Vẫn đúng, không đổi: xác nhận phần lấy từ báo cáo trước"), partial(confirm, view)
    yield "Ctrl+P", _("In báo cáo"), partial(view.committed, view.print_asked.emit)
    yield "Ctrl+S", _("Ghi ngay mọi thay đổi xuống đĩa"), view.save
    yield "Ctrl+Z", _("Hoàn tác thay đổi cuối"), view.undo
    yield "Ctrl+Y", _("Làm lại thay đổi vừa hoàn tác"), view.redo
    yield "Ctrl+Shift+Z", _("Làm lại thay đổi vừa hoàn tác"), view.redo


def confirm(view: ReportView) -> None:
    """What was taken over where the hand is, is right: the field itself, or else the whole item."""
    view.commit()
    carried = view.workspace.answers.carried
    field = view.field_here().partition("/")[0]
    place = field if field in carried else view.place_here()
    if place in view.workspace.form.items or place in carried:
        view.entry.confirm(place)

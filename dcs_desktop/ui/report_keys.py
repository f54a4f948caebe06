"""The keys of the report window, each with what it does in words: tied to it here, told by the help page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from dcs_desktop.i18n import _
from dcs_desktop.ui.nothing_here import say_nothing_here

if TYPE_CHECKING:
    from dcs_desktop.ui.report_view import ReportView


@dataclass(frozen=True, slots=True)
class Key:
    """A key, what it does in words, and what does it."""

    keys: str
    words: str
    act: Callable[[ReportView], object]


def tie(view: ReportView) -> None:
    """Let the keys work wherever the hand is in the report window."""
    for key in all_keys():
        shortcut = QShortcut(QKeySequence(key.keys), view)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(partial(key.act, view))


def all_keys() -> tuple[Key, ...]:
    """Every key of the report window, in the order of the help page."""
    return (
        Key("Ctrl+PgUp", _("Phần trước của báo cáo"), lambda view: view.turn(-1)),
        Key("Ctrl+PgDown", _("Phần sau của báo cáo"), lambda view: view.turn(1)),
        Key(
            "Ctrl+F", _("Tìm số liệu, mục, bảng, lỗi theo tên, không cần dấu"), lambda view: view.find_field()
        ),
        Key("F5", _("Rà soát lỗi"), lambda view: view.check()),
        Key("F6", _("Đến chỗ có lỗi, cảnh báo hoặc còn thiếu tiếp theo"), lambda view: view.next_finding()),
        Key("Shift+F6", _("Về chỗ có lỗi, cảnh báo hoặc còn thiếu trước đó"), lambda v: v.next_finding(-1)),
        Key("F7", _("So với cùng kỳ năm trước, hoặc với kỳ trước"), lambda view: view.side.last.turn()),
        Key("F8", _("Hiện, ẩn trang in bên cạnh biểu mẫu"), lambda view: view.bar.live.toggle()),
        Key("F9", _("Vẫn đúng, không đổi: xác nhận phần lấy từ báo cáo trước"), confirm),
        Key("Ctrl+9", _("Mục này không phát sinh: ghi “không” vào mọi số liệu còn trống của mục"), nothing),
        Key("Ctrl+P", _("In báo cáo"), lambda view: view.committed(view.print_asked.emit)),
        Key("Ctrl+S", _("Cho biết mọi thay đổi đã được ghi, và sao lưu"), save),
        Key("Ctrl+Z", _("Hoàn tác thay đổi cuối"), lambda view: view.undo()),
        Key("Ctrl+Y", _("Làm lại thay đổi vừa hoàn tác"), lambda view: view.redo()),
        Key("Ctrl+Shift+Z", _("Làm lại thay đổi vừa hoàn tác"), lambda view: view.redo()),
    )


def save(view: ReportView) -> None:
    """Say that everything is saved, and have a backup made."""
    view.save()
    view.save_asked.emit()


def nothing(view: ReportView) -> None:
    """None in every open figure of the item that the hand is in."""
    view.commit()
    say_nothing_here(view, view.entry, view.place_here())


def confirm(view: ReportView) -> None:
    """What was taken over where the hand is, is right: the field itself, or else the whole item."""
    view.commit()
    carried = view.workspace.answers.carried
    field = view.field_here().partition("/")[0]
    place = field if field in carried else view.place_here()
    if place in view.workspace.form.items or place in carried:
        view.entry.confirm(place)

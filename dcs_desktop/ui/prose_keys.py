"""The keys of prose as the page of all keys tells them."""

from __future__ import annotations

from dcs_desktop.i18n import _


def keys_told() -> tuple[tuple[str, str], ...]:
    """The keys of prose and what they do."""
    return (
        ("Ctrl+B", _("Chữ đậm")),
        ("Ctrl+I", _("Chữ nghiêng")),
        ("Ctrl+Shift+L", _("Danh sách")),
        ("Ctrl+Shift+N", _("Danh sách đánh số")),
        ("Ctrl+K", _("Chèn số liệu liên kết")),
        ("Ctrl+Shift+K", _("Liên kết con số ở con trỏ với số liệu bằng nó")),
        ("Alt+Return", _("Cách hiển thị số liệu liên kết ở con trỏ")),
        ("F4", _("Xem số liệu liên kết ở con trỏ")),
        ("Ctrl+Shift+F", _("Thêm chú thích")),
        ("Ctrl+Return", _("Ô sau")),
        ("Ctrl+Shift+Return", _("Ô trước")),
    )

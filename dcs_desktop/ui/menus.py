"""The menus of the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from dcs_desktop.i18n import _
from dcs_desktop.ui import look, word_in

if TYPE_CHECKING:
    from dcs_desktop.ui.main_window import MainWindow
    from dcs_desktop.ui.report_room import ReportRoom

Actions = Mapping[str, QAction]
KEYS = "keys"
NEED_DATA = ("start", "desk", "backup", "bin")
NEED_WRITABLE_DATA = ("new", "open", "letter_in", "word_in", "bin_in")
NEED_REPORT = ("preview", "live", "print", "blank", "excel", "form_out", "word_back", "history", "letter")
NEED_WRITABLE_REPORT = ("letterhead", "replace", "export", "form_in")


def make(window: MainWindow) -> Actions:
    """Fill the window's menu bar anew; the actions by name."""
    window.menuBar().clear()
    actions = {
        **_file_menu(window, _menu(window, _("&Tệp"))),
        **_report_menu(window, _menu(window, _("&Báo cáo"))),
        **_desk_menu(window, _menu(window, _("&Cấp trên"))),
        **_help_menu(window, _menu(window, _("Trợ &giúp"))),
    }
    for name, action in actions.items():
        action.setObjectName(name)
    return actions


def _menu(window: MainWindow, words: str) -> QMenu:
    """A menu whose pictures are drawn when it is first opened: nobody sees them before."""
    menu = window.menuBar().addMenu(words)
    menu.aboutToShow.connect(lambda: _draw(menu))
    return menu


def _draw(menu: QMenu) -> None:
    for action in menu.actions():
        if action.icon().isNull() and (picture := action.data()):
            action.setIcon(look.icon(picture))


def enable(actions: Actions, window: MainWindow) -> None:
    """Only what can be done now can be chosen."""
    data, report = window.opened is not None, window.room.workspace is not None
    writable = window.opened is not None and not window.opened.file.read_only
    for names, possible in (
        (NEED_DATA, data),
        (NEED_WRITABLE_DATA, writable),
        (NEED_REPORT, report),
        (NEED_WRITABLE_REPORT, report and writable),
    ):
        for name in names:
            actions[name].setEnabled(possible)
    if window.was_painted or data:
        _give_keys(actions)


def _give_keys(actions: Actions) -> None:
    """Give each action its key. With the first Qt makes names for every key there is, so the first paint waits for none."""
    for action in actions.values():
        if keys := action.property(KEYS):
            action.setShortcut(keys)
            action.setProperty(KEYS, "")


def _ask_template(window: MainWindow) -> None:
    from dcs_desktop.ui import given_template

    given_template.ask(window)


def _ask_reform(window: MainWindow) -> None:
    from dcs_desktop.ui import given_reform

    given_reform.ask(window)


def _back_up(window: MainWindow) -> None:
    from dcs_desktop.ui import safekeeping

    safekeeping.back_up(window)


def _ask_restore(window: MainWindow) -> None:
    """Show the backups, with or without a data file that works."""
    from dcs_desktop.ui import safekeeping

    safekeeping.ask_restore(window)


def _ask_rebuild(window: MainWindow) -> None:
    """Make the data file again out of packages, with or without one that works."""
    from dcs_desktop.ui import rebuild

    rebuild.ask_rebuild(window)


def _ask_keys(window: MainWindow) -> None:
    """Show this machine's signing key, with or without a data file, and those of others."""
    from dcs_desktop.ui import signing_keys

    signing_keys.ask(window)


def _replace(room: ReportRoom) -> None:
    from dcs_desktop.ui import replace_dialog

    replace_dialog.ask(room.view)


def _file_menu(window: MainWindow, menu: QMenu) -> dict[str, QAction]:
    made = {
        "new": _add(menu, _("Báo cáo &mới…"), "file-plus", window.ask_new_report, "Ctrl+N"),
        "open": _add(menu, _("Nhận &gói báo cáo…"), "folder-open", window.ask_file, "Ctrl+O"),
    }
    take_letter = _("Nhận &phiếu của cấp trên…")
    made["letter_in"] = _add(menu, take_letter, "mail", lambda: window.room.letters.ask(window.opened))
    words = _("Nhận báo cáo năm trước từ &Word…")
    made["word_in"] = _add(menu, words, "file-text", lambda: word_in.ask(window))
    menu.addSeparator()
    made["sample"] = _add(menu, _("Mở dữ liệu &tập huấn"), "graduation-cap", window.open_sample)
    made["own"] = _add(menu, _("Mở dữ liệu của đơ&n vị"), "house", window.open_own_data)
    made["data"] = _add(menu, _("Mở tệp &dữ liệu khác…"), "folder", window.ask_data_file)
    menu.addSeparator()
    made["backup"] = _add(menu, _("&Sao lưu ngay"), "save", lambda: _back_up(window))
    words = _("&Khôi phục từ bản sao lưu…")
    made["restore"] = _add(menu, words, "history", lambda: _ask_restore(window))
    words = _("Dựng &lại từ các gói báo cáo…")
    made["rebuild"] = _add(menu, words, "refresh-cw", lambda: _ask_rebuild(window))
    menu.addSeparator()
    made["template"] = _add(menu, _("Thêm mẫ&u báo cáo…"), "file-plus", lambda: _ask_template(window))
    words = _("Thêm bảng sắp &xếp đơn vị…")
    made["reform"] = _add(menu, words, "list-tree", lambda: _ask_reform(window))
    made["signing"] = _add(menu, _("Khó&a ký…"), "key-round", lambda: _ask_keys(window))
    made["settings"] = _add(menu, _("&Cài đặt…"), "settings", window.show_settings, "Ctrl+,")
    menu.addSeparator()
    made["quit"] = _add(menu, _("T&hoát"), "x", window.close, "Ctrl+Q")
    return made


def _report_menu(window: MainWindow, menu: QMenu) -> dict[str, QAction]:
    room = window.room
    made = {"start": _add(menu, _("Danh sách &báo cáo"), "list", window.show_start)}
    menu.addSeparator()
    made["letterhead"] = _add(menu, _("&Thể thức, số, ngày, người ký…"), "pencil", room.edit_letterhead)
    words = _("Tìm và th&ay trong bài viết…")
    made["replace"] = _add(menu, words, "search", lambda: _replace(room), "Ctrl+R")
    made["history"] = _add(menu, _("Lịch s&ử thay đổi…"), "history", room.show_history, "Ctrl+H")
    made["letter"] = _add(menu, _("&Phiếu của cấp trên…"), "mail", room.letters.show_kept)
    made["preview"] = _add(menu, _("&Xem trước bản in"), "eye", room.preview)
    made["live"] = _add(menu, _("T&rang in bên cạnh biểu mẫu"), "columns-2", room.toggle_live)
    made["print"] = _add(menu, _("&In…"), "printer", room.print_report)
    made["blank"] = _add(menu, _("In &mẫu trống để ghi tay…"), "file-text", room.save_blank_form)
    made["excel"] = _add(menu, _("Lưu &số liệu ra Excel…"), "table", room.save_excel)
    made["form_out"] = _add(menu, _("Xuất biểu &Excel để điền…"), "table", room.excel_form.save)
    made["form_in"] = _add(menu, _("&Nhận biểu Excel đã điền…"), "file-check", room.excel_form.ask)
    made["word_back"] = _add(menu, _("Nhận &lại bản Word đã sửa…"), "file-check", room.word_back.ask)
    menu.addSeparator()
    made["bin_in"] = _add(menu, _("Bỏ &vào thùng rác…"), "trash-2", lambda: _put_into_bin(window))
    made["bin"] = _add(menu, _("Thùn&g rác…"), "history", lambda: _show_bin(window))
    menu.addSeparator()
    made["export"] = _add(menu, _("Xuất báo &cáo…"), "package", room.export)
    return made


def _put_into_bin(window: MainWindow) -> None:
    from dcs_desktop.ui import bin_dialog

    bin_dialog.put_in(window)


def _show_bin(window: MainWindow) -> None:
    from dcs_desktop.ui import bin_dialog

    bin_dialog.ask(window)


def _desk_menu(window: MainWindow, menu: QMenu) -> dict[str, QAction]:
    return {"desk": _add(menu, _("&Bàn nhận báo cáo"), "inbox", window.show_desk, "Ctrl+D")}


def _help_menu(window: MainWindow, menu: QMenu) -> dict[str, QAction]:
    return {
        "guide": _add(menu, _("&Hướng dẫn sử dụng"), "book-open", lambda: _show_guide(window), "F1"),
        "keys": _add(menu, _("&Phím tắt"), "list", lambda: _show_keys(window), "Ctrl+F1"),
        "support": _add(menu, _("&Tệp gửi người hỗ trợ…"), "info", lambda: _ask_support(window)),
        "about": _add(menu, _("&Giới thiệu và giấy phép"), "info", lambda: _tell_about(window)),
    }


def _show_guide(window: MainWindow) -> None:
    from dcs_desktop.ui import help_window

    help_window.show(window)


def _show_keys(window: MainWindow) -> None:
    from dcs_desktop.ui.keys_page import KeysPage

    KeysPage(window, window.actions_by_name).show()


def _ask_support(window: MainWindow) -> None:
    from dcs_desktop.ui import support_dialog

    support_dialog.ask(window)


def _tell_about(window: MainWindow) -> None:
    from dcs_desktop.ui import help_window

    help_window.about(window)


def _add(menu: QMenu, words: str, picture: str, chosen: Callable[[], object], keys: str = "") -> QAction:
    action = QAction(words, menu)
    action.setData(picture)
    action.triggered.connect(lambda _checked=False: chosen())
    if keys:
        action.setProperty(KEYS, keys)
    menu.addAction(action)
    return action

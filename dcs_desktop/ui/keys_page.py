"""The page of keys: told by the menus, the report window and the editors themselves, so that it cannot lag behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QTextBrowser, QWidget

from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.making import button, column, row

Told = tuple[str, str]


class KeysPage(QDialog):
    """Every key and what it does, beside which work goes on."""

    def __init__(self, asker: QWidget, actions: Mapping[str, QAction]) -> None:
        super().__init__(asker)
        self.setWindowTitle(_("Phím tắt"))
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Phím tắt"))
        self.text.document().setDocumentMargin(look.WIDE)
        self.text.setHtml("".join(_group(heading, keys) for heading, keys in told(actions)))
        close = button(_("Đóng"), self.accept)
        self.setLayout(column(self.text, row(1, close), margin=look.WIDE))
        self.resize(720, 620)


def told(actions: Mapping[str, QAction]) -> Iterator[tuple[str, list[Told]]]:
    """Every key with its words, under headings."""
    from dcs_desktop.ui import editors, prose_keys, report_keys

    yield _("Trong ô nhập"), list(editors.keys_told())
    yield _("Trong bài viết"), list(prose_keys.keys_told())
    yield _("Trong báo cáo"), [(key.keys, key.words) for key in report_keys.all_keys()]
    window = (action for action in actions.values() if not action.shortcut().isEmpty())
    yield _("Trong cửa sổ"), [(action.shortcut().toString(), _plain(action.text())) for action in window]


def _plain(words: str) -> str:
    return words.replace("&", "").removesuffix("…")


def _group(heading: str, keys: Iterable[Told]) -> str:
    lines = "".join(
        f'<tr><td width="170"><b>{escape(_native(key))}</b></td><td>{escape(words)}</td></tr>'
        for key, words in keys
    )
    return f'<h3>{escape(heading)}</h3><table cellspacing="0" cellpadding="4">{lines}</table>'


def _native(keys: str) -> str:
    """As this system writes the key; Return is what keyboards call Enter."""
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) or keys
    return native.replace("Return", "Enter")

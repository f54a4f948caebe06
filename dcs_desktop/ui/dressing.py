"""Gives the application its language and its look."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from dcs_desktop import i18n, paths
from dcs_desktop.ui import look
from dcs_desktop.ui.preferences import Preferences

# As title bars and task bars show the program.
ICON_SIZES = (16, 24, 32, 48)


def make_application(wanted: Preferences) -> QApplication:
    """The application in the user's language and look; the one there is when there is one."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication([*sys.argv[:1], *look.STYLE])
    app.setApplicationName("dcs-desktop")
    app.setApplicationDisplayName("DCS Desktop")
    app.setDesktopFileName("dcs-desktop")
    dress(wanted)
    return app


def dress(wanted: Preferences) -> None:
    """Let the running application speak and look as wanted; windows made before keep their words."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    i18n.set_language(wanted.language)
    _translate_qt(app, wanted.language)
    look.apply(app, wanted.theme, wanted.text_size)
    if not app.windowIcon().isNull():
        give_icon(app)


def give_icon(app: QApplication) -> None:
    """The program's own picture, in the colour of the theme; it is drawn only after the first paint."""
    app.setWindowIcon(look.icon("file-check", "accent", sizes=ICON_SIZES))


def _translate_qt(app: QApplication, language: i18n.Language) -> None:
    """Let Qt's own buttons and menus speak the language."""
    before = app.findChild(QTranslator, "qt")
    if before is not None:
        app.removeTranslator(before)
        before.deleteLater()
    translator = QTranslator(app)
    translator.setObjectName("qt")
    ours = paths.translations_dir() / language / f"qtbase_{language}.qm"
    qts = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / f"qtbase_{language}.qm"
    if translator.load(str(ours)) or translator.load(str(qts)):
        app.installTranslator(translator)

"""Gives the application its language and its look."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from dcs_desktop import i18n, paths
from dcs_desktop.ui import look
from dcs_desktop.ui.preferences import Preferences


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
    app.setWindowIcon(look.icon("file-check", "accent"))


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

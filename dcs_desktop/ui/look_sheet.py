"""The stylesheet, made from the colours of a theme and the size of its text."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

# Only what Fusion and the palette do not say already. $name is a colour of look.Colours.
SHEET = Template("""
QToolTip { qproperty-textFormat: PlainText; color: $text; background: $surface; border: 1px solid $edge; padding: 4px; }
QLabel[role="title"] { font-size: ${title}pt; font-weight: 600; }
QLabel[role="heading"] { font-size: ${heading}pt; font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="prompt"] { color: $text; font-style: italic; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[role="pane"] { background: $surface; border: none; }
QFrame[role="error"] { background: $error_soft; border: 1px solid $error; border-radius: 4px; }
QFrame[role="warning"] { background: $warning_soft; border: 1px solid $warning; border-radius: 4px; }
QFrame[role="drop"] { background: $accent_soft; border: 2px dashed $accent; border-radius: 8px; }
QLabel[role="error"] { color: $error; background: transparent; border: none; }
QLabel[role="warning"] { color: $warning; background: transparent; border: none; }
QLabel[role="good"] { color: $good; }
QLabel[role="band"] { background: $band; color: $on_band; font-weight: 600; padding: 4px 16px; }

QPushButton { background: $surface; color: $text; border: 1px solid $edge; border-radius: 4px;
              padding: 6px 16px; min-height: 20px; outline: none; }
QPushButton:hover { background: $accent_soft; border-color: $accent; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 15px; }
QPushButton:disabled { color: $edge; border-color: $line; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: $text; color: $surface; border-color: $text; }
QPushButton[role="primary"]:focus { border: 2px solid $text; padding: 5px 15px; }
QPushButton[role="primary"]:disabled { background: $line; color: $edge; border-color: $line; }
QPushButton[role="quiet"] { background: transparent; border: 1px solid transparent; color: $accent; padding: 6px 8px; }
QPushButton[role="quiet"]:hover { background: $accent_soft; }
QPushButton[role="quiet"]:focus { border: 2px solid $accent; padding: 5px 7px; }

QToolBar { background: $surface; border: none; border-bottom: 1px solid $line; padding: 4px 8px; spacing: 4px; }
QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 4px 8px; color: $text; }
QToolButton:hover { background: $accent_soft; }
QToolButton:pressed, QToolButton:checked { background: $accent_soft; border-color: $accent; }
QToolButton:focus { border: 2px solid $accent; padding: 3px 7px; }
QToolButton:disabled { color: $edge; }
QToolButton::menu-indicator { image: none; width: 0px; }

QLineEdit, QPlainTextEdit, QTextEdit, QDateEdit, QSpinBox, QComboBox {
    background: $surface; color: $text; border: 1px solid $edge; border-radius: 4px; padding: 4px 6px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QDateEdit:focus, QSpinBox:focus, QComboBox:focus {
    border: 2px solid $accent; padding: 3px 5px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $muted; background: $window; border-color: $line; }
QLineEdit:read-only, QTextEdit[role="reading"] { background: $window; border-color: $line; }
QLineEdit[fault="true"] { border: 2px solid $error; padding: 3px 5px; background: $error_soft; }
QComboBox { padding-right: 24px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$arrow"); width: 16px; height: 16px; }
QSpinBox { padding-right: 24px; }
QSpinBox::up-button, QSpinBox::down-button { subcontrol-origin: border; width: 24px; border: none; }
QSpinBox::up-button { subcontrol-position: top right; }
QSpinBox::down-button { subcontrol-position: bottom right; }
QSpinBox::up-arrow { image: url("$arrow_up"); width: 12px; height: 12px; }
QSpinBox::down-arrow { image: url("$arrow"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $edge; padding: 4px;
    selection-background-color: $accent; selection-color: $on_accent; }

QAbstractItemView { background: $surface; border: 1px solid $line; alternate-background-color: $window;
    selection-background-color: $accent_soft; selection-color: $text; outline: none; }
QAbstractItemView[role="plain"], QTextBrowser[role="plain"] { border: none; }
QAbstractItemView::item { padding: 4px; }
QAbstractItemView::item:hover { background: $window; }
QAbstractItemView::item:selected { background: $accent_soft; color: $text; }
QTreeView[role="roomy"]::item { padding: 8px 4px; }
QTreeView:focus, QTableView:focus, QListView:focus { border: 1px solid $accent; }
QHeaderView::section { background: $window; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: 6px 8px; font-weight: 600; }

QTabWidget::pane { border: none; border-top: 1px solid $line; padding-top: 16px; }
QTabWidget[role="side"]::pane { padding-top: 0px; }
QTabBar::tab { background: transparent; color: $muted; padding: 8px 16px; border: none; border-bottom: 3px solid transparent; }
QTabWidget[role="side"] > QTabBar::tab { padding: 8px 10px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent; border-bottom: 3px solid $accent; font-weight: 600; }
QTabBar::tab:focus { background: $accent_soft; }

QMenuBar { background: $surface; border-bottom: 1px solid $line; padding: 2px 8px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; }
QMenuBar::item:selected { background: $accent_soft; color: $text; }
QMenu { background: $surface; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 32px 6px 24px; border-radius: 4px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $edge; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QStatusBar { background: $surface; border-top: 1px solid $line; color: $muted; }
QStatusBar::item { border: none; }
QProgressBar { background: $line; border: none; border-radius: 4px; max-height: 8px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget#page { background: transparent; }
QSplitter::handle { background: $line; }
QCheckBox::indicator, QAbstractItemView::indicator { width: 14px; height: 14px; border: 1px solid $edge; border-radius: 3px; background: $surface; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: $accent; border-color: $accent; image: url("$tick"); }
QRadioButton::indicator { width: 12px; height: 12px; border: 1px solid $edge; border-radius: 7px; background: $surface; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 4px solid $accent; background: $on_accent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $accent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QCheckBox, QRadioButton { spacing: 8px; padding: 2px; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid $accent; border-radius: 4px; padding: 1px; }
""")


def stylesheet(colours: Mapping[str, str], points: float) -> str:
    """The stylesheet for these colours; ``points`` is the size of ordinary text."""
    return SHEET.substitute(colours, title=f"{points * 1.6:.1f}", heading=f"{points * 1.2:.1f}")

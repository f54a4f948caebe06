"""How everything looks: one palette per theme, sizes on an 8-px grid, icons, the five shapes of a state."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from math import ceil
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from dcs_desktop.i18n import _
from dcs_desktop.paths import resources_dir
from dcs_desktop.ui.look_sheet import stylesheet

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon, QPixmap

Theme = Literal["light", "dark", "system"]

# The grid: every distance is one of these.
HAIR: Final = 2
HALF: Final = 4
GAP: Final = 8
WIDE: Final = 16
PAGE: Final = 24
ICON: Final = 16
STYLE: Final = ("-style", "fusion")
TEXT_SIZES: Final = (100, 110, 125, 150)
SMALLEST_POINTS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme: text stands on its ground with at least 4.5:1, borders of controls with 3:1.

    ``muted`` is text of less weight, ``line`` parts surfaces, ``edge`` bounds
    what can be typed into or pressed; the ``soft`` grounds carry their own
    colour as text. ``band`` marks training data and nothing else.
    """

    window: str
    surface: str
    text: str
    muted: str
    line: str
    edge: str
    accent: str
    on_accent: str
    accent_soft: str
    error: str
    error_soft: str
    warning: str
    warning_soft: str
    good: str
    good_soft: str
    band: str
    on_band: str


LIGHT: Final = Colours(
    window="#F3F5F7",
    surface="#FFFFFF",
    text="#1B2026",
    muted="#535C68",
    line="#D3D9E0",
    edge="#848E9B",
    accent="#1B5E9E",
    on_accent="#FFFFFF",
    accent_soft="#E1ECF7",
    error="#B3261E",
    error_soft="#FCEBE9",
    warning="#855000",
    warning_soft="#FFF2D9",
    good="#1A6A3B",
    good_soft="#E4F3E9",
    band="#F4C430",
    on_band="#2E2300",
)
DARK: Final = Colours(
    window="#1B1E22",
    surface="#24282D",
    text="#E9ECEF",
    muted="#AEB7C1",
    line="#3E454E",
    edge="#7F8A97",
    accent="#82B4EE",
    on_accent="#0E2135",
    accent_soft="#2B3D51",
    error="#FF9F96",
    error_soft="#472523",
    warning="#F1BC57",
    warning_soft="#433516",
    good="#85D3A0",
    good_soft="#21402D",
    band="#8A6D00",
    on_band="#FFFFFF",
)

# A state is told by its shape and its word; the colour only helps.
STATE_ICONS: Final = {
    "empty": "circle-dashed",
    "partly": "circle-dot",
    "complete": "circle-check",
    "carried": "history",
    "warning": "triangle-alert",
    "error": "octagon-alert",
}
STATE_COLOURS: Final = {
    "empty": "muted",
    "partly": "accent",
    "complete": "good",
    "carried": "warning",
    "warning": "warning",
    "error": "error",
}


def state_word(state: str) -> str:
    """The word for a state of :class:`core.progress.Progress`."""
    words = {
        "empty": _("Chưa nhập"),
        "partly": _("Nhập một phần"),
        "complete": _("Đủ"),
        "carried": _("Chưa cập nhật"),
        "warning": _("Có cảnh báo"),
        "error": _("Có lỗi"),
    }
    return words[state]


def state_icon(state: str) -> QIcon:
    """The shape for a state of :class:`core.progress.Progress`."""
    return icon(STATE_ICONS[state], STATE_COLOURS[state])


def apply(app: QApplication, theme: Theme, percent: int = 100) -> None:
    """Give the whole program a theme and a text size (100 to 150 per cent of the system's).

    The style of its widgets is Fusion on every system (:data:`STYLE`), given to the application when it is made.
    """
    colours = DARK if _is_dark(app, theme) else LIGHT
    app.setPalette(_palette(colours))
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    size = max(font.pointSizeF(), SMALLEST_POINTS) * percent / 100
    font.setPointSizeF(size)
    app.setFont(font)
    app.setStyleSheet(stylesheet(_named(colours), size))


def _named(colours: Colours) -> dict[str, str]:
    """The colours by name, and the pictures that a stylesheet can only take from a file."""
    theme = "dark" if colours is DARK else "light"
    pictures = {
        "arrow": f"chevron-down-{theme}.svg",
        "arrow_up": f"chevron-up-{theme}.svg",
        "tick": f"check-{theme}.svg",
    }
    icons = resources_dir() / "icons"
    return asdict(colours) | {name: (icons / file).as_posix() for name, file in pictures.items()}


def _is_dark(app: QApplication, theme: Theme) -> bool:
    if theme == "system":
        from PySide6.QtCore import Qt

        return app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return theme == "dark"


def colours() -> Colours:
    """The colours of the theme in force."""
    return DARK if QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def colour(name: str) -> QColor:
    """One colour of the theme in force, by its name in :class:`Colours`."""
    return QColor(getattr(colours(), name))


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    pairs = {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.window,
        role.Text: colours.text,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.BrightText: colours.error,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.muted,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Accent: colours.accent,
        role.Mid: colours.line,
        role.Midlight: colours.line,
        role.Light: colours.surface,
        role.Dark: colours.edge,
        role.Shadow: colours.edge,
    }
    palette = QPalette()
    for each, value in pairs.items():
        palette.setColor(each, QColor(value))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(colours.edge))
    return palette


def icon(name: str, colour: str = "text", *, gap: int = 0, sizes: tuple[int, ...] = ()) -> QIcon:
    """An icon of resources/icons in a colour of the theme, by its name in :class:`Colours`.

    ``gap`` is room to its right, for buttons, which leave none. It is drawn in
    the size that every screen here shows, or in the ``sizes`` that are named.
    """
    theme = colours()
    return _drawn(name, getattr(theme, colour), theme.edge, gap, sizes or _sizes())


def _sizes() -> tuple[int, ...]:
    """The dots across that an icon takes on the screens of this machine."""
    ratios = {screen.devicePixelRatio() for screen in QApplication.screens()}
    return tuple(sorted({ICON, *(ceil(ICON * ratio) for ratio in ratios)}))


@cache
def _drawn(name: str, colour: str, disabled: str, gap: int, sizes: tuple[int, ...]) -> QIcon:
    from PySide6.QtGui import QIcon

    drawing = (resources_dir() / "icons" / f"{name}.svg").read_bytes()
    made = QIcon()
    for size in (ICON,) if gap else sizes:
        plain = _pixmap(drawing, colour, size, gap)
        made.addPixmap(plain, QIcon.Mode.Normal)
        made.addPixmap(plain, QIcon.Mode.Selected)
        made.addPixmap(_pixmap(drawing, disabled, size, gap), QIcon.Mode.Disabled)
    return made


def _pixmap(drawing: bytes, colour: str, size: int, gap: int) -> QPixmap:
    from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
    from PySide6.QtGui import QPainter, QPixmap
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(drawing.replace(b"currentColor", colour.encode())))
    pixmap = QPixmap(QSize(size + gap, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def as_role(widget: QWidget, role: str) -> None:
    """Let a widget look as the stylesheet says for ``role``: title, heading, muted, card, primary ...

    The roles: ``title``, ``heading``, ``muted``, ``error``, ``warning``,
    ``good`` for labels; ``card``, ``band``, ``pane`` for frames; ``primary``,
    ``quiet`` for buttons; ``prompt`` for a question of the outline.
    """
    from PySide6.QtCore import Qt

    widget.setProperty("role", role)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)

"""Every text of both themes can be read, and every icon that a state needs is there."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from dcs_desktop.ui import look

TEXTS = [
    ("text", "window"),
    ("text", "surface"),
    ("muted", "window"),
    ("muted", "surface"),
    ("accent", "window"),
    ("accent", "surface"),
    ("accent", "accent_soft"),
    ("text", "accent_soft"),
    ("on_accent", "accent"),
    ("error", "surface"),
    ("error", "window"),
    ("error", "error_soft"),
    ("text", "error_soft"),
    ("warning", "surface"),
    ("warning", "window"),
    ("warning", "warning_soft"),
    ("text", "warning_soft"),
    ("good", "surface"),
    ("good", "window"),
    ("good", "good_soft"),
    ("on_band", "band"),
]


def _luminance(colour: str) -> float:
    seen = QColor(colour)
    parts = (seen.redF(), seen.greenF(), seen.blueF())
    shares = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * shares[0] + 0.7152 * shares[1] + 0.0722 * shares[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [look.LIGHT, look.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_stands_out_from_its_ground(theme: look.Colours, text: str, ground: str) -> None:
    assert _contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", [look.LIGHT, look.DARK], ids=["light", "dark"])
def test_the_edge_of_an_editor_can_be_seen(theme: look.Colours) -> None:
    assert _contrast(theme.edge, theme.surface) >= 3


def test_every_state_has_its_own_shape_and_word(qtbot: QtBot) -> None:
    words = {look.state_word(state) for state in look.STATE_ICONS}
    assert len(words) == len(set(look.STATE_ICONS.values())) == len(look.STATE_ICONS)
    assert not any(look.state_icon(state).isNull() for state in look.STATE_ICONS)

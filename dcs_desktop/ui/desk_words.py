"""The closed lists of the receiving desk in words, each with the shape of its state."""

from __future__ import annotations

from typing import Final

from dcs_desktop import receiving
from dcs_desktop.i18n import _

# How each verdict is shown; one that is not here is an error.
VERDICT_STATES: Final = {
    "accepted": "complete",
    "accepted_with_warnings": "warning",
    "already_here": "complete",
    "superseded": "warning",
    "waiting": "partly",
    "revision_gap": "partly",
    "unexpected_unit": "warning",
    "template_newer": "partly",
    "template_unknown": "partly",
    "unknown_key": "warning",
    "own_files": "empty",
}


def verdict_words(verdict: str) -> tuple[str, str]:
    """The state (of look.STATE_ICONS) and the word for the verdict of an import."""
    return VERDICT_STATES.get(verdict, "error"), receiving.verdict_word(verdict)


def filing_words(state: str) -> tuple[str, str]:
    """The state (of look.STATE_ICONS) and the word for where a unit's report stands."""
    words = {
        "not_received": ("empty", _("Chưa nhận")),
        "received": ("partly", _("Đã nhận")),
        "with_errors": ("error", _("Có lỗi")),
        "correction_requested": ("warning", _("Đã đề nghị chỉnh sửa")),
        "accepted": ("complete", _("Đã chấp nhận")),
    }
    return words.get(state, ("error", state))

"""The answers as they would stand with a text that is still being typed; nothing is entered by it."""

from __future__ import annotations

from dataclasses import replace

from dcs_desktop.core.form import Form
from dcs_desktop.core.report import Answers
from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Fault
from dcs_desktop.core.values import BLANK, given, parse


def as_typed(form: Form, answers: Answers, key: str, text: str) -> Answers:
    """Answers with the narrative of an item, or what stands in a field or cell, taken as typed.

    What cannot be read leaves the answer as it was.
    """
    if key in form.items:
        return answers.with_value(key, given(nfc(text)) if text.strip() else BLANK)
    found = parse(form.type_of(key), nfc(text))
    if isinstance(found, Fault):
        return answers
    before = answers.value(key)
    reason = before.reason if found.answered else ""
    return answers.with_value(key, replace(found, note=before.note, reason=reason or found.reason))

"""Entry on behalf: a report that the receiving unit typed in for a unit that sent Word, Excel or paper.

The mark stands among the reasons of the report (``Answers.accepted``), so it
is in the content digest, travels in the package and cannot be lost; a program
that does not know it reads the package all the same. The unit's own package
always goes before what was entered for it (receiving/desk.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _, format_date

KEY = "on_behalf"
LONGEST_NAME = 100
Medium = Literal["paper", "word", "excel"]


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """What was typed in, when and by whom."""

    medium: Medium
    day: date
    by: str

    @property
    def mark(self) -> str:
        """As it is kept."""
        return f"{self.medium} {self.day.isoformat()} {self.by}"

    @property
    def words(self) -> str:
        """As people read it."""
        media = {"paper": _("bản giấy"), "word": _("tệp Word"), "excel": _("tệp Excel")}
        said = _("nhập thay từ {medium}, ngày {day}, người nhập: {by}")
        return said.format(medium=media[self.medium], day=format_date(self.day), by=self.by)


def on_behalf(medium: str, day: date, by: str) -> OnBehalf:
    """The mark of an entry. Raises Refusal: no such medium, nobody named."""
    name = " ".join(nfc(by).split())
    for known in get_args(Medium):
        if medium == known and name and len(name) <= LONGEST_NAME:
            return OnBehalf(known, day, name)
    raise Refusal(_("Nhập thay phải ghi rõ từ bản giấy, Word hay Excel và tên người nhập."))


def read_mark(mark: str) -> OnBehalf | None:
    """The mark of a kept text, None for any other text."""
    medium, _space, rest = mark.partition(" ")
    day, _space, by = rest.partition(" ")
    try:
        return on_behalf(medium, date.fromisoformat(day), by)
    except (ValueError, Refusal):
        return None

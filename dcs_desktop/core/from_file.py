"""Where a report came from that was not typed here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FromFile:
    """The file that a report was taken in from: its name, the SHA-256 of its bytes, when.

    Such a report is what somebody's file seems to say, confirmed by whoever
    took it in: it serves to compare with and never leaves as a report filed.
    """

    file_name: str
    digest: str
    at: datetime

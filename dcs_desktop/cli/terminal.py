"""Text of others on a terminal: what it would obey, or what turns letters round, is shown as its number."""

from __future__ import annotations

import re
from typing import Final

# Control characters but for tab and line feed, and the signs that change the direction of reading.
OBEYED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """A line as it may be printed; within JSON the same value, for so JSON itself writes such a sign.

    >>> harmless("Xã \x1b[2JA")
    'Xã \\\\u001b[2JA'
    """
    return OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)

"""Takes the large attachments of a saved mail out before Python reads it, and puts each back where it belongs.

Python's reader takes a mail line by line, a tenth of a second for each million letters; of a mail with a package nearly
all are lines of base64, which are found and read twenty times as fast.
"""

from __future__ import annotations

import binascii
import re
import secrets
from dataclasses import dataclass
from email.message import Message
from typing import Final

# Four or more lines as mail programs write them; each begins after the end of a line, which is quickly found.
_LINES: Final = re.compile(rb"\n((?:[A-Za-z0-9+/]{40,998}+\r?\n){4,}+)")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail without its long attachments: a ``sign`` and a number stand for each stretch of lines."""

    text: bytes
    sign: bytes
    stretches: tuple[bytes, ...]

    def content(self, part: Message) -> bytes | None:
        """What a part of the mail holds; None for one that holds others, or that cannot be read."""
        if part.is_multipart():
            return None
        if str(part.get("content-transfer-encoding", "")).strip().casefold() != "base64":
            found = part.get_payload(decode=True)
            return self._whole(found) if isinstance(found, bytes) else None
        return _unpacked(self._whole(str(part.get_payload()).encode("ascii", "replace")))

    def _whole(self, text: bytes) -> bytes:
        return re.sub(self.sign + rb"([0-9]{1,7})\r?\n?", self._stretch, text)

    def _stretch(self, found: re.Match[bytes]) -> bytes:
        number = int(found[1])
        return self.stretches[number] if number < len(self.stretches) else b""


def lightened(content: bytes) -> Mail:
    """A saved mail as Python is to read it."""
    sign = f"={secrets.token_hex(12)}.".encode()  # nobody who wrote the mail knew it
    stretches: list[bytes] = []

    def taken(found: re.Match[bytes]) -> bytes:
        stretches.append(found[1])
        return b"\n" + sign + str(len(stretches) - 1).encode() + b"\n"

    return Mail(_LINES.sub(taken, content), sign, tuple(stretches))


def _unpacked(text: bytes) -> bytes | None:
    for missing in (b"", b"=", b"=="):
        try:
            return binascii.a2b_base64(text + missing)
        except binascii.Error:
            continue
    return None

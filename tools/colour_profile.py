"""Writes resources/colour/sRGB.icc, a small ICC profile (version 2.1) of sRGB, from the numbers of IEC 61966-2-1."""

from __future__ import annotations

import struct
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "resources" / "colour" / "sRGB.icc"
STEPS = 1024
D50 = (0.9642, 1.0, 0.8249)
# The primaries, adapted from D65 to D50 after Bradford.
PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
NAME = b"sRGB IEC61966-2.1"
RIGHTS = b"No copyright (CC0 1.0)"


def _light(signal: float) -> float:
    """How much light a signal stands for, both from 0 to 1."""
    return signal / 12.92 if signal <= 0.04045 else float(((signal + 0.055) / 1.055) ** 2.4)


def _xyz(colour: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(_fixed(part) for part in colour)


def _fixed(number: float) -> bytes:
    return struct.pack(">i", round(number * 65536))


def _curve() -> bytes:
    table = [round(65535 * _light(step / (STEPS - 1))) for step in range(STEPS)]
    return b"curv" + bytes(4) + struct.pack(f">I{STEPS}H", STEPS, *table)


def _description() -> bytes:
    """The name in ASCII; none in the two other scripts that version 2 has room for."""
    name = NAME + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(name)) + name + bytes(8) + bytes(2 + 1 + 67)


def profile() -> bytes:
    """The whole profile: header, list of tags, their content; the three channels share one curve."""
    tags = {b"desc": _description(), b"cprt": b"text" + bytes(4) + RIGHTS + b"\0", b"wtpt": _xyz(D50)}
    tags |= {tag: _xyz(colour) for tag, colour in PRIMARIES.items()}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _curve())
    start = 128 + 4 + 12 * len(tags)
    listed, content, placed = b"", b"", dict[bytes, int]()
    for tag, data in tags.items():
        if data not in placed:
            placed[data] = start + len(content)
            content += data + bytes(-len(data) % 4)
        listed += tag + struct.pack(">II", placed[data], len(data))
    body = struct.pack(">I", len(tags)) + listed + content
    return _header(128 + len(body)) + body


def _header(size: int) -> bytes:
    made = struct.pack(">6H", 2026, 11, 23, 0, 0, 0)
    kind = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head = kind + made + b"acsp" + bytes(4 + 4 + 4 + 4 + 8 + 4) + b"".join(map(_fixed, D50))
    return head + bytes(128 - len(head))


if __name__ == "__main__":
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(profile())

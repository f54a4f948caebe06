"""The mark that ties paper to file: unit, period, original or amendment, content digest, and their code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from dcs_desktop.core.digest import short_digest
from dcs_desktop.core.report import Identity
from dcs_desktop.printing.fonts import REGULAR
from dcs_desktop.printing.layouts import TraceRules

AIR = 6.0


@dataclass(frozen=True, slots=True)
class Trace:
    """What the mark says: the words beside the code, and what the code holds."""

    lines: tuple[str, ...]
    code: str


def unit_words(identity: Identity) -> str:
    """The unit with its code."""
    return f"{identity.unit.name} (mã {identity.unit.identity})"


def period_words(identity: Identity) -> str:
    """The period, and whether this is the original, which amendment, or training."""
    revision = f"Bổ sung lần {identity.revision}" if identity.revision else "Chính thức"
    kind = f"{revision} (tập huấn)" if identity.training else revision
    return f"{identity.period.phrase}. {kind}."


def trace(identity: Identity, digest: str) -> Trace:
    """The mark of a report; Vietnamese in every language of the interface."""
    short = short_digest(digest)
    unit = identity.unit
    lines = (
        unit_words(identity),
        f"Kỳ báo cáo: {period_words(identity)}",
        f"Mã nội dung: {short}",
    )
    code = f"DCS {unit.identity} {identity.period} R{identity.revision} {short}"
    return Trace(lines, code)


class TraceMark(Flowable):  # type: ignore[misc]  # ReportLab publishes no types
    """The code, its side in millimetres, and small words beside it."""

    def __init__(self, said: Trace, rules: TraceRules, code: float) -> None:
        super().__init__()
        self.said = said
        self.rules = rules
        self.code = code * mm

    def wrap(self, room: float, height: float) -> tuple[float, float]:
        """As tall as the code."""
        return room, max(self.code, len(self.said.lines) * self.rules.leading)

    def draw(self) -> None:
        """Draw code and words."""
        _draw_code(self.canv, self.said.code, self.code)
        y = (self.code + len(self.said.lines) * self.rules.leading) / 2 - self.rules.size
        self.canv.setFont(REGULAR, self.rules.size)
        for line in self.said.lines:
            self.canv.drawString(self.code + AIR, y, line)
            y -= self.rules.leading


@lru_cache(maxsize=4)
def code_squares(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of a QR code, from the top, dark squares true."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    across = range(code.getModuleCount())
    return tuple(tuple(bool(code.isDark(row, column)) for column in across) for row in across)


def _draw_code(canvas: Flowable, text: str, side: float) -> None:
    """A QR code from the lower left corner, its dark squares joined into bars."""
    squares = code_squares(text)
    unit = side / len(squares)
    path = canvas.beginPath()
    for row, line in enumerate(squares):
        start = None
        for column, dark in enumerate((*line, False)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.rect(start * unit, side - (row + 1) * unit, (column - start) * unit, unit)
                start = None
    canvas.drawPath(path, stroke=0, fill=1)

"""Small things that are drawn and not written: rules, dotted lines."""

from __future__ import annotations

from reportlab.platypus import Flowable

from dcs_desktop.printing.fonts import REGULAR, width

THIN = 0.7


class Rule(Flowable):  # type: ignore[misc]  # ReportLab publishes no types
    """A centred rule of a length."""

    def __init__(self, length: float, tall: float) -> None:
        super().__init__()
        self.length = length
        self.tall = tall

    def wrap(self, room: float, height: float) -> tuple[float, float]:
        """The whole line, whatever the rule's length."""
        self.room = room
        return room, self.tall

    def draw(self) -> None:
        """Draw the rule."""
        self.canv.setLineWidth(THIN)
        self.canv.line(
            (self.room - self.length) / 2, self.tall / 2, (self.room + self.length) / 2, self.tall / 2
        )


class Dots(Flowable):  # type: ignore[misc]  # ReportLab publishes no types
    """A dotted line for an answer that is not there; its dots stand ``base`` above the lower edge."""

    def __init__(self, size: float, leading: float, base: float) -> None:
        super().__init__()
        self.size = size
        self.leading = leading
        self.base = base

    def wrap(self, room: float, height: float) -> tuple[float, float]:
        """One line of text."""
        self.room = room
        return room, self.leading

    def draw(self) -> None:
        """Draw dots from margin to margin."""
        dots = "." * int(self.room / width(".", REGULAR, self.size))
        self.canv.setFont(REGULAR, self.size)
        self.canv.drawString(0, self.base, dots)

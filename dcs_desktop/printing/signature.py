"""The recipients on the left, level with who signs on the right."""

from __future__ import annotations

from reportlab.platypus import Flowable

from dcs_desktop.core.report import Letterhead
from dcs_desktop.printing.fonts import BOLD, BOLD_ITALIC, REGULAR, width, wrapped
from dcs_desktop.printing.layouts import Layout

LEADING = 1.25


class SignatureBlock(Flowable):  # type: ignore[misc]  # ReportLab publishes no types
    """Recipients and signature; never split, kept with the last lines of the report."""

    def __init__(self, layout: Layout, head: Letterhead) -> None:
        super().__init__()
        self.layout = layout
        self.head = head
        self.spaceBefore = 12.0

    def wrap(self, room: float, height: float) -> tuple[float, float]:
        """Measure both columns; the taller decides."""
        rules = self.layout.signature
        self.room = room
        self.middle = room * 0.72
        self.titles = [
            (text, BOLD if rules.title_bold[n] else REGULAR)
            for n, line in enumerate(self.head.signing[:5])
            for text in self._title_lines(line, BOLD if rules.title_bold[n] else REGULAR)
        ]
        self.recipients = self._recipient_lines()
        left = rules.recipients_word_size * LEADING + len(self.recipients) * rules.recipients_size * LEADING
        right = (len(self.titles) + 1) * rules.size * LEADING + rules.name_space
        self.tall = max(left, right)
        return room, self.tall

    def _title_lines(self, line: str, font: str) -> list[str]:
        size = self.layout.signature.size
        text = line if line.casefold() == "kiêm" or not self.layout.signature.upper else line.upper()
        return wrapped(text, font, size, self.room * 0.54)

    def _recipient_lines(self) -> list[str]:
        rules = self.layout.signature
        lines: list[str] = []
        last = len(self.head.recipients) - 1
        for n, recipient in enumerate(self.head.recipients):
            form = rules.recipient_last if n == last else rules.recipient
            text = form.format(recipient=recipient.strip().rstrip(";,."))
            lines += _lines(text, rules.recipients_size, self.room * 0.42)
        return lines

    def draw(self) -> None:
        """Draw both columns from the same height."""
        rules = self.layout.signature
        y = self.tall - rules.recipients_word_size
        self._word(y)
        self.canv.setFont(REGULAR, rules.recipients_size)
        for text in self.recipients:
            y -= rules.recipients_size * LEADING
            self.canv.drawString(0, y, text)
        y = self.tall - rules.size
        for text, font in self.titles:
            self.canv.setFont(font, rules.size)
            self.canv.drawCentredString(self.middle, y, text)
            y -= rules.size * LEADING
        self.canv.setFont(BOLD, rules.size)
        self.canv.drawCentredString(self.middle, y - rules.name_space, self.head.signatory)

    def _word(self, y: float) -> None:
        rules = self.layout.signature
        font = BOLD_ITALIC if rules.recipients_word_style == "bold italic" else REGULAR
        self.canv.setFont(font, rules.recipients_word_size)
        self.canv.drawString(0, y, rules.recipients_word)
        if rules.recipients_word_style == "underline":
            end = width(rules.recipients_word, font, rules.recipients_word_size)
            self.canv.setLineWidth(0.6)
            self.canv.line(0, y - 2, end, y - 2)


def _lines(text: str, size: float, room: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, REGULAR, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines

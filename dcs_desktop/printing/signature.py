"""The recipients on the left, level with who signs on the right; never cut."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from dcs_desktop.core.report import Letterhead
from dcs_desktop.printing.fonts import BOLD, BOLD_ITALIC, REGULAR, broken, width, wrapped
from dcs_desktop.printing.layouts import Layout

UNDER = 2.0
LINES_MOST = 5


class SignatureBlock(Flowable):  # type: ignore[misc]  # ReportLab publishes no types
    """Recipients and signature (S32-S37, P18-P22)."""

    def __init__(self, layout: Layout, head: Letterhead) -> None:
        super().__init__()
        self.rules = layout.signature
        self.head = head

    def wrap(self, room: float, height: float) -> tuple[float, float]:
        """Measure both columns; the taller decides."""
        rules = self.rules
        self.room = room
        self.middle = room * rules.middle
        self.titles = list(self._titles())
        self.names = wrapped(self.head.signatory, BOLD, rules.size, room * rules.width)
        self.recipients = self._recipients()
        left = (rules.recipients_word_size + len(self.recipients) * rules.recipients_size) * rules.line
        titles = (len(self.titles) + max(len(self.names), 1)) * rules.size * rules.line
        self.tall = max(left, titles + rules.name_space * mm)
        return room, self.tall

    def _titles(self) -> list[tuple[str, str]]:
        """Every line above the signature with its face; "kiêm" between two functions stays small."""
        made: list[tuple[str, str]] = []
        for n, line in enumerate(self.head.signing[:LINES_MOST]):
            bold = self.rules.title_bold[min(n, len(self.rules.title_bold) - 1)]
            face = BOLD if bold else REGULAR
            text = line.upper() if self.rules.upper and line.casefold() != "kiêm" else line
            made += [
                (part, face) for part in wrapped(text, face, self.rules.size, self.room * self.rules.width)
            ]
        return made

    def _recipients(self) -> list[str]:
        rules = self.rules
        lines: list[str] = []
        last = len(self.head.recipients) - 1
        for n, recipient in enumerate(self.head.recipients):
            form = rules.recipient_last if n == last else rules.recipient
            text = form.format(recipient=recipient.strip().rstrip(";,."))
            lines += broken(text, REGULAR, rules.recipients_size, self.room * rules.recipients_width)
        return lines

    @property
    def space(self) -> tuple[float, float, float, float]:
        """Where the signatory signs: left, bottom, width and height from the block's lower left corner."""
        rules = self.rules
        wide = self.room * rules.width
        top = self.tall - len(self.titles) * rules.size * rules.line
        return self.middle - wide / 2, top - rules.name_space * mm, wide, rules.name_space * mm

    def draw(self) -> None:
        """Draw both columns from the same height."""
        rules = self.rules
        y = self.tall - rules.size
        if self.recipients:
            self._draw_recipients(y)
        for text, face in self.titles:
            self.canv.setFont(face, rules.size)
            self.canv.drawCentredString(self.middle, y, text)
            y -= rules.size * rules.line
        y -= rules.name_space * mm
        self.canv.setFont(BOLD, rules.size)
        for text in self.names:
            self.canv.drawCentredString(self.middle, y, text)
            y -= rules.size * rules.line

    def _draw_recipients(self, y: float) -> None:
        """The word on the line of the first title, the recipients below."""
        rules = self.rules
        face = BOLD_ITALIC if rules.recipients_word_style == "bold italic" else REGULAR
        self.canv.setFont(face, rules.recipients_word_size)
        self.canv.drawString(0, y, rules.recipients_word)
        if rules.recipients_word_style == "underline":
            end = width(rules.recipients_word, face, rules.recipients_word_size)
            self.canv.setLineWidth(0.6)
            self.canv.line(0, y - UNDER, end, y - UNDER)
        self.canv.setFont(REGULAR, rules.recipients_size)
        for text in self.recipients:
            y -= rules.recipients_size * rules.line
            self.canv.drawString(0, y, text)

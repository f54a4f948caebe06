"""The two blocks above the title: bodies and number on the left, state or Party with place and date on the right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable

from dcs_desktop.core.report import Letterhead
from dcs_desktop.printing.fonts import BOLD, ITALIC, REGULAR, width, wrapped
from dcs_desktop.printing.layouts import Layout, LetterheadRules

GUTTER = 5.7
LEADING = 1.2
RULE_BELOW = 3.5


@dataclass(frozen=True)
class Line:
    """A centred line, or a rule of a length under the line before."""

    text: str
    font: str
    size: float
    rule: float = 0.0


def number_line(rules: LetterheadRules, head: Letterhead) -> str:
    """``Số: 05/BC-UBND``; a number under ten gets its zero, one not yet given leaves room to write."""
    number = head.number.strip()
    if number.isdigit():
        number = number.zfill(2)
    return rules.number.format(number=number or rules.number_blank, series=head.series)


def day_line(rules: LetterheadRules, head: Letterhead) -> str:
    """``Phương Bình, ngày 05 tháng 12 năm 2024``, with room to write when there is no date yet."""
    return f"{head.place}, {day_words(rules, head.day)}" if head.place else day_words(rules, head.day)


def day_words(rules: LetterheadRules, day: date | None) -> str:
    """``ngày 05 tháng 02 năm 2025`` (S17, P09)."""
    if day is None:
        return "ngày      tháng      năm"
    month = f"{day.month:02d}" if day.month <= rules.least_zero_month else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


class LetterheadBlock(Flowable):  # type: ignore[misc]  # ReportLab publishes no types
    """Both blocks, the number and the date on one line."""

    def __init__(self, layout: Layout, head: Letterhead) -> None:
        super().__init__()
        self.layout = layout
        self.head = head

    def wrap(self, room: float, height: float) -> tuple[float, float]:
        """Break the names into lines; the nation's line is never broken (S10)."""
        rules = self.layout.letterhead
        date_width = width(day_line(rules, self.head), ITALIC, rules.day_size)
        widest = max(width(line.text, BOLD, line.size) for line in rules.right_lines)
        self.right = max(widest, date_width) + GUTTER
        self.left = room - self.right
        self.room = room
        self.left_lines = self._left(rules)
        self.right_lines = self._right(rules)
        self.top = max(_height(self.left_lines), _height(self.right_lines)) + 4
        self.tall = self.top + max(rules.number_size, rules.day_size) * LEADING
        return room, self.tall

    def _left(self, rules: LetterheadRules) -> list[Line]:
        lines = [
            Line(text, REGULAR, rules.superior_size)
            for text in wrapped(self.head.superior_body.upper(), REGULAR, rules.superior_size, self.left)
        ]
        body = wrapped(self.head.issuing_body.upper(), BOLD, rules.body_size, self.left)
        lines += [Line(text, BOLD, rules.body_size) for text in body]
        if rules.under_body == "rule" and body:
            lines.append(Line("", REGULAR, 0, 0.4 * width(body[-1], BOLD, rules.body_size)))
        elif rules.under_body != "rule":
            lines.append(Line(rules.under_body, REGULAR, rules.body_size))
        return lines

    def _right(self, rules: LetterheadRules) -> list[Line]:
        lines = [Line(line.text, BOLD, line.size) for line in rules.right_lines]
        last = rules.right_lines[-1]
        return [*lines, Line("", REGULAR, 0, width(last.text, BOLD, last.size))]

    def draw(self) -> None:
        """Draw both blocks, each line centred in its block."""
        rules = self.layout.letterhead
        self._draw_lines(self.left_lines, self.left / 2)
        self._draw_lines(self.right_lines, self.room - self.right / 2)
        y = self.tall - self.top - max(rules.number_size, rules.day_size)
        self.canv.setFont(REGULAR, rules.number_size)
        self.canv.drawCentredString(self.left / 2, y, number_line(rules, self.head))
        self.canv.setFont(ITALIC, rules.day_size)
        self.canv.drawCentredString(self.room - self.right / 2, y, day_line(rules, self.head))

    def _draw_lines(self, lines: list[Line], middle: float) -> None:
        y = self.tall
        for line in lines:
            if line.rule:
                self.canv.setLineWidth(0.7)
                self.canv.line(middle - line.rule / 2, y - RULE_BELOW, middle + line.rule / 2, y - RULE_BELOW)
                continue
            y -= line.size * LEADING
            self.canv.setFont(line.font, line.size)
            self.canv.drawCentredString(middle, y + line.size * (LEADING - 1), line.text)


def _height(lines: list[Line]) -> float:
    return sum(line.size * LEADING if not line.rule else RULE_BELOW for line in lines)

"""The two blocks above the title: bodies and number on the left, state or Party with place and date on the right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from dcs_desktop.core.report import Letterhead
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.printing.fonts import BOLD, ITALIC, REGULAR, width, wrapped
from dcs_desktop.printing.layouts import Layout, LetterheadRules

THIN = 0.7
DAY_MOST = 0.6
APART = 12.0


@dataclass(frozen=True)
class Line:
    """A centred line of text, or a rule of a length."""

    text: str
    face: str
    size: float
    rule: float = 0.0


def number_line(rules: LetterheadRules, head: Letterhead) -> str:
    """``Số: 05/BC-UBND``; a number under ten gets its zero, one not yet given leaves room to write (S16, P08)."""
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
        return rules.day_blank
    month = f"{day.month:02d}" if day.month <= rules.least_zero_month else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


class LetterheadBlock(Flowable):  # type: ignore[misc]  # ReportLab publishes no types
    """Both blocks, the number and the date on one line (S10-S17, P04-P09)."""

    def __init__(self, layout: Layout, head: Letterhead) -> None:
        super().__init__()
        self.rules = layout.letterhead
        self.head = head

    def wrap(self, room: float, height: float) -> tuple[float, float]:
        """Break the names into lines; the nation's line is never broken (S10)."""
        rules = self.rules
        self.room: float = room
        self.day = day_line(rules, self.head)
        self.number = number_line(rules, self.head)
        self.day_width: float = width(self.day, ITALIC, rules.day_size)
        self.number_width: float = width(self.number, REGULAR, rules.number_size)
        widest = max(width(line.text, _face(line.bold), line.size) for line in rules.right_lines)
        self.right: float = max(widest, min(self.day_width, DAY_MOST * room)) + rules.gutter * mm
        self.left: float = room - self.right
        self._refuse_too_wide()
        self.left_lines = self._left()
        self.right_lines = self._right()
        self.last_line = max(rules.number_size, rules.day_size) * rules.line
        self.top = (
            max(self._height(self.left_lines), self._height(self.right_lines)) + rules.number_below * mm
        )
        self.tall = self.top + self.last_line * (2 if self._day_apart() else 1)
        return room, self.tall

    def _day_apart(self) -> bool:
        """Whether a very long place drives the date to a line of its own, so as not to meet the number."""
        return self._day_middle() - self.day_width / 2 < self._number_middle() + self.number_width / 2 + APART

    def _number_middle(self) -> float:
        """Under the bodies; a number too wide for it begins at the margin."""
        return max(self.left / 2, self.number_width / 2)

    def _refuse_too_wide(self) -> None:
        """Number and date stand on one line each. Raises Refusal naming the one that cannot."""
        wide = {_("số, ký hiệu"): self.number_width, _("địa danh, ngày tháng năm"): self.day_width}
        for name, needed in wide.items():
            if needed > self.room:
                message = _("Không in được thể thức: phần {name} dài hơn một dòng giấy. Đề nghị rút ngắn.")
                raise Refusal(message.format(name=name))

    def _day_middle(self) -> float:
        """Under the nation's line; a date too wide for it ends at the margin."""
        return min(self.room - self.right / 2, self.room - self.day_width / 2)

    def _left(self) -> list[Line]:
        rules = self.rules
        superior = wrapped(self.head.superior_body.upper(), REGULAR, rules.superior_size, self.left - APART)
        body = wrapped(self.head.issuing_body.upper(), BOLD, rules.body_size, self.left - APART)
        lines = [Line(text, REGULAR, rules.superior_size) for text in superior]
        lines += [Line(text, BOLD, rules.body_size) for text in body]
        if rules.under_body != "rule":
            return [*lines, Line(rules.under_body, REGULAR, rules.body_size)]
        length = width(body[-1], BOLD, rules.body_size) if body else 0.0
        return [*lines, Line("", REGULAR, 0, rules.under_body_share * length)] if body else lines

    def _right(self) -> list[Line]:
        lines = [Line(line.text, _face(line.bold), line.size) for line in self.rules.right_lines]
        last = lines[-1]
        return [*lines, Line("", REGULAR, 0, width(last.text, last.face, last.size))]

    def _height(self, lines: list[Line]) -> float:
        return sum(self.rules.rule_below * mm if line.rule else line.size * self.rules.line for line in lines)

    def draw(self) -> None:
        """Draw both blocks, each line centred in its block."""
        rules = self.rules
        self._draw_lines(self.left_lines, self.left / 2)
        self._draw_lines(self.right_lines, self.room - self.right / 2)
        y = self.tall - self.top - max(rules.number_size, rules.day_size)
        self.canv.setFont(REGULAR, rules.number_size)
        self.canv.drawCentredString(self._number_middle(), y, self.number)
        self.canv.setFont(ITALIC, rules.day_size)
        below = self.last_line if self._day_apart() else 0.0
        self.canv.drawCentredString(self._day_middle(), y - below, self.day)

    def _draw_lines(self, lines: list[Line], middle: float) -> None:
        y = self.tall
        below = self.rules.rule_below * mm
        for line in lines:
            if line.rule:
                self.canv.setLineWidth(THIN)
                self.canv.line(middle - line.rule / 2, y - below, middle + line.rule / 2, y - below)
                continue
            y -= line.size * self.rules.line
            self.canv.setFont(line.face, line.size)
            self.canv.drawCentredString(middle, y + line.size * (self.rules.line - 1), line.text)


def _face(bold: bool) -> str:
    return BOLD if bold else REGULAR

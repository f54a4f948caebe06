"""A small picture of the head and foot of the paper."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from dcs_desktop.core.report import Letterhead
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.paths import resources_dir

if TYPE_CHECKING:
    from dcs_desktop.printing.letterhead import LetterheadBlock

# Paper is white in every theme.
PAPER = "background: #FFFFFF; color: #000000; border: 1px solid #848E9B;"
EDGE = 12
TEXT_SIZE = 13.0
WIDE, TALL = 210.0, 297.0
POINTS = 72 / 25.4
# Letters are drawn from so many pixels a point down to the size of the picture, for even spaces between them.
FINE = 16


class LetterheadPicture(QFrame):
    """Shows who heads the paper, as it is printed, who signs it, who gets it; the preview shows it all."""

    def __init__(self) -> None:
        super().__init__()
        self.setStyleSheet(f"LetterheadPicture {{ {PAPER} }}")
        self._shown = Letterhead()
        self.head = PaperHead()
        self._below = QLabel()
        self._below.setTextFormat(Qt.TextFormat.RichText)
        self._below.setWordWrap(True)
        self._below.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        inside.setSpacing(EDGE // 2)
        inside.addWidget(self.head)
        inside.addWidget(self._below)

    def show_letterhead(self, letterhead: Letterhead) -> None:
        """Draw it anew; while it is not seen, once it is."""
        self._shown = letterhead
        if self.isVisible():
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was to be shown: what draws paper is imported only where paper is seen."""
        super().showEvent(event)
        self._draw()

    def _draw(self) -> None:
        try:
            scale = self.head.show_letterhead(self._shown, self.width() - 2 * EDGE)
        except Refusal as refusal:
            self.head.hide()
            self._below.setStyleSheet("color: #000000;")
            self._below.setText(escape(refusal.sentence))
            return
        self.head.show()
        size = round(TEXT_SIZE * scale)
        self._below.setStyleSheet(f"color: #000000; font-family: '{_family()}'; font-size: {size}px;")
        self._below.setText(_below(self._shown, max(8, size - 2)))


class PaperHead(QWidget):
    """The two blocks above the title, drawn in small by what prints them: names break as on paper."""

    def __init__(self) -> None:
        super().__init__()
        self._scale = 1.0
        self.block: LetterheadBlock | None = None

    def show_letterhead(self, letterhead: Letterhead, width: int) -> float:
        """Draw it so that a line of the paper is this wide; how many pixels a point is. Raises Refusal."""
        from dcs_desktop.printing import fonts
        from dcs_desktop.printing.layouts import layout
        from dcs_desktop.printing.letterhead import LetterheadBlock

        fonts.register()
        rules = layout(letterhead.layout)
        room = (WIDE - rules.page.left - rules.page.right) * POINTS
        self.block = LetterheadBlock(rules, letterhead)
        self.block.wrap(room, TALL * POINTS)
        self._scale = width / room
        self.setFixedHeight(round(self.block.tall * self._scale))
        self.setAccessibleName(" ".join(line.text for line in self.block.left_lines))
        self.update()
        return self._scale

    def paintEvent(self, event: QPaintEvent) -> None:
        """The block as it is printed."""
        if self.block is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._scale, self._scale)
        self.block.canv = SmallCanvas(painter, self.block.tall)
        self.block.draw()
        painter.end()


class SmallCanvas:
    """As much of ReportLab's canvas as a letterhead is drawn with, on a painter: points, upwards from the foot."""

    def __init__(self, painter: QPainter, tall: float) -> None:
        self._painter = painter
        self._tall = tall
        self._size = TEXT_SIZE
        painter.setPen(QColor(Qt.GlobalColor.black))

    def setFont(self, face: str, size: float) -> None:
        """The face by its name in print."""
        self._size = size
        font = QFont(_family())
        font.setBold("Bold" in face)
        font.setItalic("Italic" in face)
        font.setPixelSize(round(size * FINE))
        self._painter.setFont(font)

    def setLineWidth(self, width: float) -> None:
        """The breadth of lines."""
        pen = self._painter.pen()
        pen.setWidthF(width)
        self._painter.setPen(pen)

    def line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """A straight line."""
        self._painter.drawLine(QPointF(x, self._tall - y), QPointF(to_x, self._tall - to_y))

    def drawCentredString(self, x: float, y: float, text: str) -> None:
        """A text on its base line, ``x`` its middle."""
        painter = self._painter
        metrics = QFontMetricsF(painter.font())
        painter.save()
        painter.translate(x, self._tall - y)
        painter.scale(1 / FINE, 1 / FINE)
        half = metrics.horizontalAdvance(text) / 2
        room = QRectF(-half, -metrics.ascent(), 2 * half + FINE, metrics.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, text)
        painter.restore()


@cache
def _family() -> str:
    """The typeface of the paper, made known to Qt once."""
    from dcs_desktop.printing.fonts import FILES

    made = [
        QFontDatabase.addApplicationFont(str(resources_dir() / "fonts" / name)) for name in FILES.values()
    ]
    return QFontDatabase.applicationFontFamilies(made[0])[0]


def _below(head: Letterhead, small: int) -> str:
    party = head.layout == "party"
    signing = "<br>".join(f"<b>{escape(line)}</b>" for line in head.signing)
    return (
        f"<p align='center'><b>BÁO CÁO</b></p>{_addressees(head)}<p align='center'>⋮</p>"
        f"<table width='100%'><tr><td width='50%'>{_recipients(head, party, small)}</td>"
        f"<td align='center'>{signing}<br><br><br><b>{escape(head.signatory)}</b></td></tr></table>"
    )


def _addressees(head: Letterhead) -> str:
    if not head.addressees:
        return ""
    return f"<p align='center'>Kính gửi: {'; '.join(map(escape, head.addressees))}</p>"


def _recipients(head: Letterhead, party: bool, small: int) -> str:
    title = "<u>Nơi nhận:</u>" if party else "<b><i>Nơi nhận:</i></b>"
    lines = "".join(f"<br>- {escape(line.rstrip(';,.'))}" for line in head.recipients)
    return f"{title}<span style='font-size:{small}px'>{lines}</span>"

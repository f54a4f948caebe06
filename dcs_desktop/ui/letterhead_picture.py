"""A small picture of the head and foot of the paper."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from dcs_desktop.core.report import Letterhead

# Paper is white in every theme.
PAPER = "background: #FFFFFF; color: #000000; border: 1px solid #848E9B;"
FAMILIES = ("Liberation Serif", "Times New Roman")
STATE_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
EDGE, RIGHT_PART, SIDES = 12, 0.58, 8
STATE_RIGHT = f"<b>{STATE_NAME}</b><br><b>Độc lập - Tự do - Hạnh phúc</b><br>――――――――"
PARTY_RIGHT = "<b>ĐẢNG CỘNG SẢN VIỆT NAM</b><br>――――――――"


class LetterheadPicture(QFrame):
    """Shows who heads the paper, who signs it, who gets it; the preview shows it exactly."""

    def __init__(self) -> None:
        super().__init__()
        self.setStyleSheet(f"LetterheadPicture {{ {PAPER} }}")
        self._paper = QLabel()
        self._paper.setTextFormat(Qt.TextFormat.RichText)
        self._paper.setWordWrap(True)
        self._paper.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        inside.addWidget(self._paper)

    def show_letterhead(self, letterhead: Letterhead) -> None:
        """Draw it anew, the state's name on one line as the rules want it."""
        size = _size_for((self.width() - 2 * EDGE) * RIGHT_PART - SIDES)
        families = ", ".join(f"'{family}'" for family in FAMILIES)
        self._paper.setStyleSheet(f"color: #000000; font-family: {families}; font-size: {size}px;")
        self._paper.setText(_paper(letterhead))


def _size_for(width: float) -> int:
    """The greatest size of letters, in points of the screen, at which the state's name is no wider."""
    font = QFont(FAMILIES)
    font.setBold(True)
    font.setPixelSize(100)
    return max(6, int(100 * width / QFontMetricsF(font).horizontalAdvance(STATE_NAME)))


def _paper(head: Letterhead) -> str:
    party = head.layout == "party"
    mark = "*" if party else "――――"
    above = f"{escape(head.superior_body.upper())}<br>" if head.superior_body else ""
    left = f"{above}<b>{escape(head.issuing_body.upper())}</b><br>{mark}<br>{_number(head, party)}"
    right = f"{PARTY_RIGHT if party else STATE_RIGHT}<br><i>{_place_and_day(head)}</i>"
    signing = "<br>".join(f"<b>{escape(line)}</b>" for line in head.signing)
    return (
        f"<table width='100%' cellpadding='0' cellspacing='0'><tr><td width='42%' align='center' valign='top'>{left}</td>"
        f"<td align='center' valign='top'>{right}</td></tr></table>"
        f"<p align='center'><b>BÁO CÁO</b></p>{_addressees(head)}<p align='center'>⋮</p>"
        f"<table width='100%'><tr><td width='50%'>{_recipients(head, party)}</td>"
        f"<td align='center'>{signing}<br><br><br><b>{escape(head.signatory)}</b></td></tr></table>"
    )


def _number(head: Letterhead, party: bool) -> str:
    number = escape(head.number) or "&nbsp;" * 6
    return f"Số {number}-{escape(head.series)}" if party else f"Số: {number}/{escape(head.series)}"


def _place_and_day(head: Letterhead) -> str:
    if head.day is None:
        return f"{escape(head.place)}, ngày &nbsp;&nbsp; tháng &nbsp;&nbsp; năm"
    return f"{escape(head.place)}, ngày {head.day.day:02} tháng {head.day.month:02} năm {head.day.year}"


def _addressees(head: Letterhead) -> str:
    if not head.addressees:
        return ""
    return f"<p align='center'>Kính gửi: {'; '.join(map(escape, head.addressees))}</p>"


def _recipients(head: Letterhead, party: bool) -> str:
    title = "<u>Nơi nhận:</u>" if party else "<b><i>Nơi nhận:</i></b>"
    lines = "".join(f"<br>- {escape(line.rstrip(';,.'))}" for line in head.recipients)
    return f"{title}<small>{lines}</small>"

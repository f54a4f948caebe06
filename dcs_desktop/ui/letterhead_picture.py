"""A small picture of the head and foot of the paper."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from dcs_desktop.core.report import Letterhead

# Paper is white in every theme.
PAPER = "background: #FFFFFF; color: #000000; border: 1px solid #848E9B;"
STATE_RIGHT = "<b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br><b>Độc lập - Tự do - Hạnh phúc</b><br>――――――――"
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
        self._paper.setStyleSheet(
            "color: #000000; font-family: 'Liberation Serif', 'Times New Roman'; font-size: 8pt;"
        )
        inside = QVBoxLayout(self)
        inside.setContentsMargins(12, 12, 12, 12)
        inside.addWidget(self._paper)

    def show_letterhead(self, letterhead: Letterhead) -> None:
        """Draw it anew."""
        self._paper.setText(_paper(letterhead))


def _paper(head: Letterhead) -> str:
    party = head.layout == "party"
    mark = "*" if party else "――――"
    left = f"{escape(head.superior_body.upper())}<br><b>{escape(head.issuing_body.upper())}</b><br>{mark}<br>{_number(head, party)}"
    right = f"{PARTY_RIGHT if party else STATE_RIGHT}<br><i>{_place_and_day(head)}</i>"
    signing = "<br>".join(f"<b>{escape(line)}</b>" for line in head.signing)
    return (
        f"<table width='100%'><tr><td width='45%' align='center'>{left}</td><td align='center'>{right}</td></tr></table>"
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

"""The form of a letterhead: bodies, number and date, recipients, signatory, with a small picture of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from dcs_desktop.core.report import Letterhead
from dcs_desktop.core.trouble import Fault
from dcs_desktop.core.values import FieldType, Kind, Value, parse
from dcs_desktop.i18n import _, format_date
from dcs_desktop.resources import layout_files, layout_name
from dcs_desktop.ui import look
from dcs_desktop.ui.clock import this_day
from dcs_desktop.ui.letterhead_picture import LetterheadPicture
from dcs_desktop.ui.making import column, framed, label, row, scrolled

DAY = FieldType(Kind.DATE)
HAMLET = "thon"
HAMLET_WORDS = ("thôn", "ấp", "bản", "buôn", "làng", "khu vực", "khu phố", "tổ dân phố", "khóm")
PICTURE_WIDTH = 380
# The lines above a signature that offices use (printed-layout, end of section 2): text of the paper.
SIGNING = {
    "state": (
        ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("CHỦ TỊCH",),
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("TRƯỞNG BAN",),
        ("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"),
    ),
    "party": (
        ("TRƯỞNG BAN",),
        ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"),
        ("T/M ĐẢNG ỦY", "BÍ THƯ"),
        ("T/M ĐẢNG ỦY", "PHÓ BÍ THƯ"),
        ("T/M BAN THƯỜNG VỤ", "BÍ THƯ"),
        ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),
    ),
}


class LetterheadForm(QWidget):
    """Edits a letterhead; ``edited`` at every change by the user's hand.

    ``proposals`` are what a template proposes; choosing the other layout
    takes its proposal as long as nothing of one was changed by hand. Number
    and date are left out with ``dated=False``: they belong to one report.
    """

    edited = Signal()

    def __init__(self, proposals: Sequence[Letterhead], *, dated: bool) -> None:
        super().__init__()
        self._proposals = tuple(proposals)
        self._dated = dated
        self._shown = Letterhead()
        self._make_editors()
        self.picture = LetterheadPicture()
        self.picture.setFixedWidth(PICTURE_WIDTH)
        editors = framed(self._lines())
        beside = column(label(_("Trên giấy sẽ như thế này"), "muted"), self.picture, 1)
        left = scrolled(editors)
        left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(row(left, framed(beside), gap=look.PAGE))
        self._connect()

    def _make_editors(self) -> None:
        self.layout_choice = _narrow(QComboBox())
        for id, words in layout_words():
            self.layout_choice.addItem(words, id)
        self.superior, self.issuing, self.series, self.place = (QLineEdit() for _n in range(4))
        self.number, self.day, self.signatory = QLineEdit(), QLineEdit(), QLineEdit()
        self.day.setPlaceholderText(_("ngày/tháng/năm, để trống nếu chưa có"))
        self.number.setPlaceholderText(_("để trống nếu văn thư chưa cấp số"))
        self.addressees, self.recipients, self.signing = (_lines_editor() for _n in range(3))
        self.preset = _narrow(QComboBox())
        self.hamlet = _narrow(QComboBox())
        self.hamlet.setEditable(True)
        self.hamlet.addItems(HAMLET_WORDS)
        self.leading_zero = QCheckBox(_("Ghi số nhỏ hơn 10 có số 0 ở trước (08)"))
        self.day_said = label("", "error")
        self.day_said.hide()

    def _lines(self) -> QFormLayout:
        lines = QFormLayout()
        lines.setContentsMargins(0, 0, look.WIDE, 0)
        lines.setVerticalSpacing(look.GAP)
        lines.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        lines.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._add(lines, _("T&hể thức"), self.layout_choice)
        self._add(lines, _("Cơ quan cấp t&rên"), self.superior)
        self._add(lines, _("Cơ &quan ban hành"), self.issuing)
        self._add(lines, _("&Ký hiệu"), self.series)
        self._add(lines, _("Đị&a danh"), self.place)
        if self._dated:
            self._add(lines, _("&Số"), self.number)
            self._add(lines, _("Ngà&y ký"), self.day)
            lines.addRow("", self.day_said)
        self._add(lines, _("Kính gử&i"), self.addressees)
        self._add(lines, _("Người ký: &mẫu dòng"), self.preset)
        self._add(lines, _("Các &dòng trên chữ ký"), self.signing)
        self._add(lines, _("Họ &và tên người ký"), self.signatory)
        self._add(lines, _("&Nơi nhận"), self.recipients)
        self._add(lines, _("Từ chỉ thôn ở địa &phương"), self.hamlet)
        lines.addRow(self.leading_zero)  # across both columns: its words must not widen the editors
        return lines

    def _add(self, lines: QFormLayout, words: str, editor: QWidget) -> None:
        editor.setAccessibleName(words.replace("&", ""))
        lines.addRow(words, editor)

    def _connect(self) -> None:
        self.layout_choice.activated.connect(self._take_layout)
        self.preset.activated.connect(self._take_preset)
        for line in (self.superior, self.issuing, self.series, self.place, self.number, self.signatory):
            line.textEdited.connect(self._say_edited)
        self.day.textEdited.connect(self._say_edited)
        for text in (self.addressees, self.recipients, self.signing):
            text.textChanged.connect(self._say_edited)
        self.hamlet.editTextChanged.connect(self._say_edited)
        self.leading_zero.toggled.connect(self._say_edited)

    def _say_edited(self) -> None:
        self.picture.show_letterhead(self.letterhead())
        self.edited.emit()

    # Showing

    def show_letterhead(self, letterhead: Letterhead) -> None:
        """Put a letterhead into the editors, silently."""
        self._shown = letterhead
        blocked = [QSignalBlocker(editor) for editor in self._editors()]
        self.layout_choice.setCurrentIndex(max(self.layout_choice.findData(letterhead.layout), 0))
        self._fill_presets(letterhead.layout)
        self.superior.setText(letterhead.superior_body)
        self.issuing.setText(letterhead.issuing_body)
        self.series.setText(letterhead.series)
        self.place.setText(letterhead.place)
        self.number.setText(letterhead.number)
        self.day.setText("" if letterhead.day is None else format_date(letterhead.day))
        self.signatory.setText(letterhead.signatory)
        self.addressees.setPlainText("\n".join(letterhead.addressees))
        self.recipients.setPlainText("\n".join(letterhead.recipients))
        self.signing.setPlainText("\n".join(letterhead.signing))
        self.hamlet.setCurrentText(letterhead.places.get(HAMLET, ""))
        self.leading_zero.setChecked(letterhead.leading_zero)
        del blocked
        self._day()
        self.picture.show_letterhead(letterhead)

    def propose(self, proposals: Sequence[Letterhead]) -> None:
        """Take other proposals, and show the first."""
        self._proposals = tuple(proposals)
        if self._proposals:
            self.show_letterhead(self._proposals[0])

    def _editors(self) -> tuple[QWidget, ...]:
        lines = (self.superior, self.issuing, self.series, self.place, self.number, self.day, self.signatory)
        texts = (self.addressees, self.recipients, self.signing)
        return (self.layout_choice, self.preset, self.hamlet, self.leading_zero, *lines, *texts)

    def _fill_presets(self, layout: str) -> None:
        self.preset.clear()
        self.preset.addItem(_("Chọn mẫu…"), ())
        for lines in SIGNING.get(layout, ()):
            self.preset.addItem(" / ".join(lines), lines)

    # Reading

    def letterhead(self) -> Letterhead:
        """What the editors say; a date that cannot be read stays as it was."""
        day = self._day()
        places = {**self._shown.places, HAMLET: self.hamlet.currentText().strip()}
        return replace(
            self._shown,
            layout=self.layout_choice.currentData() or "state",
            superior_body=self.superior.text().strip(),
            issuing_body=self.issuing.text().strip(),
            series=self.series.text().strip(),
            place=self.place.text().strip(),
            number=self.number.text().strip(),
            day=self._shown.day if isinstance(day, Fault) else day,
            signatory=self.signatory.text().strip(),
            addressees=_lines_of(self.addressees),
            recipients=_lines_of(self.recipients),
            signing=_lines_of(self.signing)[:5],
            places={name: word for name, word in places.items() if word},
            leading_zero=self.leading_zero.isChecked(),
        )

    def _day(self) -> date | Fault | None:
        read = parse(DAY, self.day.text())
        fault = read if isinstance(read, Fault) else None
        self.day.setProperty("fault", fault is not None)
        self.day.style().polish(self.day)
        day = read.content if isinstance(read, Value) and isinstance(read.content, date) else None
        self._say_of_day(fault.message if fault is not None else doubt_of(day, this_day()), fault is None)
        return fault or day

    def _say_of_day(self, sentence: str, only_doubt: bool) -> None:
        look.as_role(self.day_said, "warning" if only_doubt else "error")
        self.day_said.setText(sentence)
        self.day_said.setVisible(bool(sentence))

    @property
    def fault(self) -> str:
        """Why the date cannot be read, "" when it can."""
        day = self._day()
        return day.message if isinstance(day, Fault) else ""

    # Proposals

    def _take_layout(self) -> None:
        layout = self.layout_choice.currentData()
        proposal = next((p for p in self._proposals if p.layout == layout), None)
        untouched = any(_same_words(self.letterhead(), known) for known in self._proposals)
        if proposal is not None and untouched:
            now = self.letterhead()
            dated = replace(proposal, number=now.number, day=now.day)
            self.show_letterhead(replace(dated, signatory=now.signatory, places=now.places))
        else:
            self._fill_presets(layout)
        self._say_edited()

    def _take_preset(self) -> None:
        lines = self.preset.currentData()
        if lines:
            self.signing.setPlainText("\n".join(lines))


def doubt_of(day: date | None, today: date) -> str:
    """What to say of a signing day that has not come yet; it is taken all the same."""
    if day is None or day <= today:
        return ""
    said = _("Ngày ký {day} ở sau hôm nay ({today}). Đề nghị kiểm tra lại nếu không cố ý ghi trước.")
    return said.format(day=format_date(day), today=format_date(today))


def layout_words() -> tuple[tuple[str, str], ...]:
    """The layouts by id with the words for them; a rule set that was laid beside them speaks for itself."""
    usual = {
        "state": _("Văn bản nhà nước (Nghị định 30/2020)"),
        "party": _("Văn bản của Đảng (Hướng dẫn 36-HD/VPTW)"),
    }
    others = {id: layout_name(id) for id in layout_files() if id not in usual}
    return tuple((usual | others).items())


def _same_words(one: Letterhead, other: Letterhead) -> bool:
    names = ("superior_body", "issuing_body", "series", "place", "addressees", "recipients", "signing")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _lines_editor() -> QPlainTextEdit:
    editor = QPlainTextEdit()
    editor.setTabChangesFocus(True)
    editor.setPlaceholderText(_("mỗi dòng một nơi"))
    editor.setFixedHeight(editor.fontMetrics().lineSpacing() * 3 + look.WIDE)
    return editor


def _narrow(choice: QComboBox) -> QComboBox:
    """A choice that does not widen its page for its longest words."""
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(16)
    return choice


def _lines_of(editor: QPlainTextEdit) -> tuple[str, ...]:
    return tuple(line.strip() for line in editor.toPlainText().splitlines() if line.strip())

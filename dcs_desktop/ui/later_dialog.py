"""What units that filed later change in the own report, and the amendment that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QLabel, QTabWidget, QTreeWidget, QWidget

from dcs_desktop.i18n import _
from dcs_desktop.ui import look, tables
from dcs_desktop.ui.making import button, column, framed, label, row, scrolled

if TYPE_CHECKING:
    from dcs_desktop import receiving


class LaterDialog(QDialog):
    """Figures, sentences and units; accepted when the amendment is wanted."""

    def __init__(self, later: receiving.Later, asker: QWidget | None = None) -> None:
        super().__init__(asker)
        self.setWindowTitle(_("Thay đổi do đơn vị nộp sau"))
        number = later.identity.revision + 1
        self.said = label(later.sentence)
        self.figures = _figures(later)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.figures, _("Số liệu ({count})").format(count=len(later.effects.figures)))
        sentences = later.effects.sentences
        self.tabs.addTab(_sentences(later), _("Câu ({count})").format(count=len(sentences)))
        self.tabs.addTab(_units(later), _("Đơn vị nộp sau ({count})").format(count=len(later.came)))
        kept = _("Bản đã xuất được giữ nguyên; bổ sung lấy số tổng hợp mới, câu chữ có số liệu đổi theo.")
        amend = button(
            _("Lập bổ sung lần {number}").format(number=number), self.accept, "file-plus", "primary"
        )
        amend.setObjectName("amend-now")
        close = button(_("Đóng"), self.reject)
        verbs = row(label(kept, "muted"), amend, close)
        verbs.setStretch(0, 1)
        self.setLayout(column(self.said, self.tabs, verbs, margin=look.WIDE))
        self.resize(960, 560)


def _figures(later: receiving.Later) -> QTreeWidget:
    heads = [_("Mục"), _("Số liệu"), _("Đã xuất"), _("Hiện nay"), _("Đơn vị tính"), _("Gộp từ")]
    made = tables.table(_("Số liệu thay đổi"), heads, 1)
    for moved in later.effects.figures:
        said = later.figure_words(moved)
        cells = [said.item, said.label, said.old, said.new, said.unit, said.covered]
        made.addTopLevelItem(tables.line(cells, moved.key, right=(2, 3)))
    return made


def _sentences(later: receiving.Later) -> QWidget:
    parts: list[QWidget | int] = []
    for one in later.effects.sentences:
        parts += [label(_("Mục {item}").format(item=one.item), "heading")]
        parts += [
            _quoted(_("Đã xuất: {text}"), one.old, "muted"),
            _quoted(_("Hiện nay: {text}"), one.new, ""),
        ]
    if not parts:
        parts.append(label(_("Không có câu nào chứa số liệu liên kết bị đổi."), "muted"))
    return scrolled(framed(column(*parts, 1, margin=look.WIDE)))


def _quoted(words: str, text: str, role: str) -> QLabel:
    return label(words.format(text=text), role)


def _units(later: receiving.Later) -> QTreeWidget:
    from dcs_desktop import receiving
    from dcs_desktop.i18n import format_datetime

    heads = [_("Đơn vị"), _("Bản"), _("Nhận lúc"), _("Gói báo cáo")]
    made = tables.table(_("Đơn vị nộp sau"), heads, 3)
    for one in later.came:
        at = format_datetime(one.received_at.astimezone())
        name, revision = one.identity.unit.name, receiving.revision_word(one.identity.revision)
        made.addTopLevelItem(tables.line([name, revision, at, one.file_name], one.identity.unit.identity))
    return made

"""A unit's report as it was received, only to be looked at, at one of its figures."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHeaderView, QTreeWidgetItem, QWidget

from dcs_desktop.core.answers import compute
from dcs_desktop.core.form import Form, Item
from dcs_desktop.core.linked import Figures
from dcs_desktop.core.report import Report
from dcs_desktop.core.values import Kind, State, shown
from dcs_desktop.i18n import _
from dcs_desktop.ui import look, tables
from dcs_desktop.ui.making import button, column, label, row
from dcs_desktop.ui.start_page import revision_words

VALUE_WIDTH = 200


class UnitReportDialog(QDialog):
    """Every figure and text of a report in its order; the one asked for is chosen, what is chosen is told whole below."""

    def __init__(self, report: Report, form: Form, key: str, asker: QWidget | None = None) -> None:
        super().__init__(asker)
        identity = report.identity
        said = _("{unit}, {period}, {revision} – chỉ để xem")
        self.setWindowTitle(_("Báo cáo của {unit}").format(unit=identity.unit.name))
        heads = [_("Số liệu và nội dung"), _("Giá trị"), _("Đơn vị tính"), _("Ghi chú")]
        self.lines = tables.table(_("Số liệu và nội dung của báo cáo"), heads, 0)
        self.lines.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        self.lines.header().resizeSection(1, VALUE_WIDTH)
        self.whole = label("")
        self.lines.currentItemChanged.connect(self._tell)
        head = said.format(
            unit=identity.unit.name, period=identity.period.words, revision=revision_words(identity.revision)
        )
        self.setLayout(
            column(
                label(head, "heading"),
                self.lines,
                self.whole,
                row(1, button(_("Đón&g"), self.accept)),
                margin=look.WIDE,
            )
        )
        self.resize(960, 600)
        self._fill(report, form)
        found = [line for line in tables.rows(self.lines) if line.data(0, tables.KEY) == key]
        for line in found:
            self.lines.setCurrentItem(line)
            self.lines.scrollToItem(line, self.lines.ScrollHint.PositionAtCenter)
        self.lines.setFocus()

    def _fill(self, report: Report, form: Form) -> None:
        figures = compute(form, report.answers)
        for section in form.sections:
            tables.heading(". ".join(filter(None, (section.number.rstrip("."), section.title))), self.lines)
            for item in section.items:
                self._add_item(report, item, figures)

    def _add_item(self, report: Report, item: Item, figures: Figures) -> None:
        for figure in item.figures:
            for f in figure.fields:
                value = figures.get(f.key) or report.answers.value(f.key)
                said = _("chưa có số liệu") if value.state is State.PENDING else shown(f.type, value) or "–"
                note = value.note or value.reason
                measure = "%" if f.type.kind is Kind.PERCENT else f.type.unit
                self.lines.addTopLevelItem(tables.line([f.label, said, measure, note], f.key, right=(1,)))
        if item.prose:
            text = str(report.answers.value(item.id).content or "–")
            line = tables.line([item.prompt, " ".join(text.split())[:60], "", ""], item.id)
            line.setToolTip(1, text)
            self.lines.addTopLevelItem(line)

    def _tell(self, line: QTreeWidgetItem | None) -> None:
        """What is chosen, whole."""
        if line is not None and line.data(0, tables.KEY):
            told = _("{label}: {value}").format(label=line.text(0), value=line.toolTip(1))
            self.whole.setText(told[:2_000])

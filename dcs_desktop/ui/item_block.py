"""One item of the form: its prompt, its figures, its narrative, its tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from dcs_desktop.core.carrying import carried_keys
from dcs_desktop.core.form import Figure, Item
from dcs_desktop.core.own import is_own, key_of
from dcs_desktop.core.period import PeriodKind
from dcs_desktop.core.trouble import Finding, Severity
from dcs_desktop.i18n import _
from dcs_desktop.ui import figure_words as said
from dcs_desktop.ui import look
from dcs_desktop.ui.carried import CarriedLine
from dcs_desktop.ui.editors import ChoiceEditor, LineEditor, focus
from dcs_desktop.ui.entry import Entry
from dcs_desktop.ui.figure_details import finding_line
from dcs_desktop.ui.figure_row import LAST_LETTERS, UNIT_LETTERS, FigureRow, value_width
from dcs_desktop.ui.making import PushButton
from dcs_desktop.ui.narrative_editor import NarrativeEditor
from dcs_desktop.ui.nothing_here import say_nothing_here
from dcs_desktop.ui.own_additions import changing
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.small_parts import Ruled, ShortLines, small_button, width_of, words
from dcs_desktop.ui.table_editor import TableEditor

if TYPE_CHECKING:
    from dcs_desktop.workspace import Workspace

LAST_HEAD: Final = 2
# As many lines of a figure as a screen shows, and what a narrative and a table without rows take, in lines of a figure.
SCREENFUL: Final = 14
NARRATIVE_LINES: Final = 5
TABLE_LINES: Final = 3
Stop = LineEditor | ChoiceEditor | ProseArea
Findings = Mapping[str, tuple[Finding, ...]]


class ItemBlock(QFrame):
    """Everything that is asked under one prompt."""

    stops_changed = Signal()

    def __init__(self, item: Item, entry: Entry, room: int = SCREENFUL) -> None:
        """``room`` is how much of the screen is left for it, in lines of a figure; what is below is laid out later."""
        super().__init__()
        self.item, self._entry = item, entry
        self._shown: list[ShownFigure] = []
        self._heads: list[QLabel] = []
        self.rows: list[FigureRow] = []
        self.narrative: NarrativeEditor | None = None
        self.tables: list[TableEditor] = []
        self.carried: CarriedLine | None = None
        self._asked: list[Finding] = []
        self._questions: list[QWidget] = []
        self._later = list(item.order[max(room, 1) :])
        self.setProperty("role", "card")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(look.WIDE, look.WIDE, look.WIDE, look.WIDE)
        self._box.setSpacing(look.GAP)
        self._box.addLayout(self._head())
        if item.order:
            self._add_figures()
        if item.prose:
            self._add_narrative()
        for table in item.tables:
            self._add_table(TableEditor(table, entry, max(room - self.lines(), 0)))

    def _head(self) -> QHBoxLayout:
        box = QHBoxLayout()
        box.setSpacing(look.GAP)
        own = is_own(self.item.id)
        place = QLabel(_("Riêng") if own else self.item.id)
        place.setTextFormat(Qt.TextFormat.PlainText)  # a template is somebody's too
        place.setProperty("role", "muted")
        place.setMinimumWidth(look.PAGE)
        box.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
        prompt = words(self.item.prompt, "prompt")
        box.addWidget(prompt, 1, Qt.AlignmentFlag.AlignTop)
        if own and self._entry.closed is None:
            section = self._entry.workspace.form.section_of(self.item.id)
            box.addLayout(changing(key_of(self.item.id), section, self._entry))
        elif self._entry.closed is None and any(not figure.derived for figure in self.item.figures):
            for label in (place, prompt):
                label.setContentsMargins(0, look.GAP, 0, 0)
            box.addWidget(self._nothing(), 0, Qt.AlignmentFlag.AlignTop)
        return box

    def _nothing(self) -> QPushButton:
        button = PushButton(_("Mục này không phát sinh"))
        button.setObjectName(f"nothing:{self.item.id}")
        button.setProperty("role", "quiet")
        button.setToolTip(
            _("Ghi “không” vào mọi số liệu còn trống của mục (Ctrl+9); nội dung đã viết giữ nguyên")
        )
        button.clicked.connect(lambda: say_nothing_here(self, self._entry, self.item.id))
        return button

    def _add_figures(self) -> None:
        box = QVBoxLayout()
        box.setSpacing(0)
        if self.item.figures:
            box.addWidget(self._column_heads())
        self._rows_box = box
        for id in self.item.order[: len(self.item.order) - len(self._later)]:
            self._add_figure(id)
        self._box.addLayout(box)

    def _add_figure(self, id: str) -> None:
        figure = self._entry.workspace.form.figures[id]
        if id in self.item.shows:
            self._shown.append(ShownFigure(figure, self._entry))
            self._rows_box.addWidget(self._shown[-1])
        else:
            self.rows.append(FigureRow(figure, self._entry))
            self._rows_box.addWidget(self.rows[-1])

    def at_edge(self, stop: QWidget) -> bool:
        """Whether the field after this one may be among the figures that wait to be built."""
        return self.begun and not any(stop in row.editors for row in self.rows[:-1])

    @property
    def begun(self) -> bool:
        """Whether some of its figures wait to be built."""
        return bool(self._later)

    def build_rest(self, most: int | None = None) -> None:
        """Build the figures that did not fit on the screen that was shown first, or so many of them."""
        known = len(self.rows)
        for id in self._later[:most]:
            self._add_figure(id)
        self._later = [] if most is None else self._later[most:]
        found = by_key(self._entry.workspace)
        for row in self.rows[known:]:
            row.show_values(row_findings(row.figure, found))
        self.stops_changed.emit()

    def _column_heads(self) -> QWidget:
        heads = QWidget()
        box = QHBoxLayout(heads)
        box.setContentsMargins(look.PAGE + look.GAP, 0, 0, look.HALF)
        box.setSpacing(look.GAP)
        pair = any(figure.pair for figure in self.item.figures)
        now = _("Thực hiện / kế hoạch") if pair else _("Kỳ này")
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        box.addWidget(QLabel(), 1)
        for text, width, side in (
            (now, value_width(self), right),
            ("", width_of(self, UNIT_LETTERS), left),
            (self._last_head(), width_of(self, LAST_LETTERS), right),
            ("", self._menu_width(), left),
        ):
            head = QLabel(text)
            head.setTextFormat(Qt.TextFormat.PlainText)
            head.setProperty("role", "muted")
            head.setFixedWidth(width)
            head.setAlignment(side)
            box.addWidget(head)
            self._heads.append(head)
        return heads

    def _menu_width(self) -> int:
        return small_button("ellipsis", "").sizeHint().width()

    def _last_head(self) -> str:
        before = self._entry.workspace.beside
        if before is None:
            return ""
        period = before.identity.period
        phrase = period.words if period.kind is PeriodKind.YEAR else period.short_phrase
        return phrase[:1].upper() + phrase[1:]

    def _add_narrative(self) -> None:
        self.narrative = NarrativeEditor(self.item.id, self._entry, self.item.prompt, self.item.default)
        self._box.addWidget(self.narrative)

    def _add_table(self, table: TableEditor) -> None:
        table.editors_changed.connect(self.stops_changed)
        self.tables.append(table)
        self._box.addWidget(table)

    def show_last(self, shown: bool) -> None:
        """With last period's values beside the figures, or without them where there is no room."""
        for head in self._heads[LAST_HEAD : LAST_HEAD + 1]:
            head.setVisible(shown)
        for row in self.rows:
            row.show_last(shown)

    def show_beside(self) -> None:
        """Another report stands beside: its period in the head, its values in the rows."""
        for head in self._heads[LAST_HEAD : LAST_HEAD + 1]:
            head.setText(self._last_head())
        for row in self.rows:
            row.show_beside()

    def lines(self) -> int:
        """How much of a screen it takes, in lines of a figure; at the least."""
        narrative = 0 if self.narrative is None else NARRATIVE_LINES
        return (
            1
            + len(self.rows)
            + narrative
            + sum(TABLE_LINES + len(table.editors) // len(table.table.columns) for table in self.tables)
        )

    def stops(self) -> list[Stop]:
        """The fields in the order in which Enter leads through them."""
        found: list[Stop] = [editor for row in self.rows for editor in row.editors if editor.isEnabled()]
        if self.narrative is not None:
            found += [self.narrative.area]
        return found + [editor for table in self.tables for editor in table.editors if editor.isEnabled()]

    def show_values(self, keys: frozenset[str], findings: Findings) -> None:
        """Show what changed, silently: the rows of these keys, linked figures, the tables touched."""
        for row in self.rows:
            found = row_findings(row.figure, findings)
            if found != row.findings or any(field.key in keys for field in row.figure.fields):
                row.show_values(found)
        for shown in self._shown:
            shown.show_values()
        if self.narrative is not None:
            if self.item.id in keys:
                self.narrative.show_values()
            else:
                self.narrative.follow()
        for table in self.tables:
            if any(key.partition("/")[0] == table.table.id for key in keys):
                table.show_values()
        self._show_asked(findings)
        self._show_carried()

    def _show_asked(self, findings: Findings) -> None:
        """Say under the prompt what the receiving unit asks of the text and the tables."""
        ours = {self.item.id, *(table.table.id for table in self.tables)}
        asked = [
            finding
            for key, found in findings.items()
            if key.partition("/")[0] in ours
            for finding in found
            if finding.severity is Severity.QUESTION and not finding.accepted
        ]
        if asked == self._asked:
            return
        self._asked = asked
        for line in self._questions:
            line.deleteLater()
        self._questions = [finding_line(finding) for finding in asked]
        for place, line in enumerate(self._questions, start=1):
            self._box.insertWidget(place, line)

    def _show_carried(self) -> None:
        """Say under the prompt what was taken over and is not looked at."""
        answers = self._entry.workspace.answers
        marked = bool(carried_keys(self.item, answers))
        if marked and self.carried is None:
            self.carried = CarriedLine(self.item, self._entry.closed is not None)
            self.carried.confirmed.connect(self._confirm)
            self._box.insertWidget(1, self.carried)
        if self.carried is not None:
            self.carried.show_marks(self._entry.workspace.form, answers)
            self.carried.setVisible(marked)

    def _confirm(self) -> None:
        """All of the item is right; the hand goes where it is filled, for the button goes away."""
        stops = self.stops()
        if stops:
            focus(stops[0])
        self._entry.confirm(self.item.id)

    def commit(self) -> None:
        """Save typing that was not saved yet."""
        for stop in self.stops():
            stop.commit()
        if self.narrative is not None:
            self.narrative.commit()


class ShownFigure(Ruled):
    """A figure that is answered in another item and stands here too."""

    def __init__(self, figure: Figure, entry: Entry) -> None:
        super().__init__()
        self._figure, self._entry = figure, entry
        box = QHBoxLayout(self)
        box.setContentsMargins(look.PAGE + look.GAP, look.HALF, 0, look.HALF)
        box.setSpacing(look.GAP)
        box.addWidget(words(figure.label, ""), 1)
        self._value = QLabel()
        self._value.setTextFormat(Qt.TextFormat.PlainText)
        font = self._value.font()
        font.setBold(True)
        self._value.setFont(font)
        unit = ShortLines(UNIT_LETTERS, Qt.AlignmentFlag.AlignLeft)
        unit.show_lines(figure.type.unit)
        self._value.setWordWrap(figure.type.wide)
        box.addWidget(self._value, int(figure.type.wide))
        box.addWidget(unit)
        place = entry.workspace.form.place_of(figure.id)
        jump = PushButton(_("Nhập ở mục {place}").format(place=place))
        jump.setProperty("role", "quiet")
        jump.clicked.connect(lambda: entry.jump_asked.emit(said.main_keys(figure)[0]))
        box.addWidget(jump)
        self.show_values()

    def show_values(self) -> None:
        """Show the figure as it stands."""
        workspace = self._entry.workspace
        values = (workspace.figures[key] for key in said.main_keys(self._figure))
        text = "/".join(said.value_text(self._figure, workspace.form, value) for value in values)
        self._value.setText(text)


def row_findings(figure: Figure, findings: Findings) -> tuple[Finding, ...]:
    """The findings that mark a figure, each once."""
    found = (finding for field in figure.fields for finding in findings.get(field.key, ()))
    return tuple(dict.fromkeys(found))


def by_key(workspace: Workspace) -> Findings:
    """The findings by the keys they mark."""
    found: dict[str, list[Finding]] = {}
    for finding in workspace.findings:
        for key in finding.keys:
            found.setdefault(key, []).append(finding)
    return {key: tuple(findings) for key, findings in found.items()}

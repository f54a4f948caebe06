"""The units that a merged commune was made of, beside its own last period: a column each, and their sum."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from dcs_desktop.core.changed_words import unchanged_words
from dcs_desktop.core.linked import shown_link
from dcs_desktop.core.narrative import Link, read
from dcs_desktop.core.text import fold
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import BLANK, Value, shown
from dcs_desktop.i18n import _
from dcs_desktop.ui.changed_text import html

if TYPE_CHECKING:
    from dcs_desktop.core.form import Figure, Item
    from dcs_desktop.core.report import Identity, UnitName
    from dcs_desktop.core.side_by_side import Column, SideBySide
    from dcs_desktop.workspace import Workspace

NOTHING = "–"


class OlderUnits:
    """What the pane shows of them; :attr:`there` says whether any were named in the unit's settings."""

    def __init__(self, workspace: Workspace) -> None:
        from dcs_desktop import predecessors

        self.named = _named(workspace)
        self._trouble = ""
        self._beside: SideBySide | None = None
        try:
            self._beside = predecessors.beside(workspace.file, workspace.identity, workspace.form)
        except Refusal as refusal:
            self._trouble = refusal.sentence

    @property
    def there(self) -> bool:
        """Whether there is something to say of them."""
        return self._beside is not None or bool(self._trouble)

    def head(self) -> str:
        """Which units stand here, how their reports came, and which are missing."""
        if self._beside is None:
            return f"<p>{escape(self._trouble)}</p>" if self._trouble else ""
        said = _("Các đơn vị trước sắp xếp, {period}").format(period=self._beside.period.words)
        lines = "".join(
            f"<li>{escape(column.said.unit.name)}: {escape(_how(column))}</li>"
            for column in self._beside.columns
        )
        return f"<p><b>{escape(said)}</b></p><ul>{lines}</ul>"

    def item(self, item: Item) -> Iterator[str]:
        """The figures of an item, a column for each unit and one for their sum; then their texts."""
        if self._beside is None or self._beside.empty:
            return
        rows = "".join(row for figure in item.figures for row in self._figure(figure))
        if rows:
            yield f'<table width="100%" cellspacing="0" cellpadding="2">{self._heads()}{rows}</table>'
        for column in self._beside.columns:
            yield from self._text(column, item)

    def _heads(self) -> str:
        columns = () if self._beside is None else self._beside.columns
        names = [*(_plain(column) for column in columns), _("Cộng")]
        width = 100 // len(names)
        cell = '<td align="right" width="{width}%"><small><b>{name}</b></small></td>'
        return "<tr>" + "".join(cell.format(width=width, name=escape(name)) for name in names) + "</tr>"

    def _figure(self, figure: Figure) -> Iterator[str]:
        """A row with the name over a row with the numbers; none where no unit says anything."""
        if self._beside is None:
            return
        said = [self._shown(figure, column) for column in self._beside.columns]
        if not any(said):
            return
        width = len(said) + 1
        unit = f" ({figure.type.unit})" if figure.type.unit else ""
        yield f'<tr><td colspan="{width}"><small>{escape(figure.label + unit)}</small></td></tr>'
        cells = [*(text or NOTHING for text in said), self._sum(figure)]
        yield "<tr>" + "".join(f'<td align="right">{escape(cell)}</td>' for cell in cells) + "</tr>"

    def _shown(self, figure: Figure, column: Column) -> str:
        return self._both(figure, [column.value(key) for key in figure.base_keys])

    def _both(self, figure: Figure, values: list[Value]) -> str:
        """A figure, or both numbers of a pair about a slash."""
        texts = [shown(figure.type, value) for value in values]
        return "/".join(text or "…" for text in texts) if any(texts) else ""

    def _sum(self, figure: Figure) -> str:
        """The sum, with how many units it covers where not all; a dash where a figure is not summed."""
        sums = {} if self._beside is None else self._beside.sums
        values = [sums.get(key, BLANK) for key in figure.base_keys]
        text = self._both(figure, values)
        coverage = next((value.coverage for value in values if value.coverage is not None), None)
        if not text:
            return NOTHING
        return text if coverage is None or coverage.full else f"{text} ({coverage})"

    def _text(self, column: Column, item: Item) -> Iterator[str]:
        markup, form = column.said.answers.prose(item.id), column.said.form
        if not markup or form is None:
            return

        def printed(link: Link) -> str:
            return shown_link(link, form, column.figures, column.said.answers)

        prose = read(markup)
        yield f"<p><b>{escape(column.said.unit.name)}</b></p>"
        yield html(unchanged_words(prose, printed), "new")


def source_words(workspace: Workspace, identity: Identity) -> str:
    """Which file an earlier report was taken in from, "" for one that was typed here."""
    summary = workspace.file.latest(identity.unit.identity, identity.period)
    source = None if summary is None else workspace.file.sources().get(summary.ref)
    return "" if source is None else _("Nhập từ Word: {file}").format(file=source.file_name)


def older_units(workspace: Workspace, known: OlderUnits | None) -> OlderUnits:
    """Those that are known already, unless the settings name others by now."""
    return known if known is not None and known.named == _named(workspace) else OlderUnits(workspace)


def _named(workspace: Workspace) -> tuple[UnitName, ...]:
    setup = workspace.file.setup()
    return () if setup is None else setup.predecessors


def _plain(column: Column) -> str:
    """The name without the word for what the unit is."""
    unit = column.said.unit
    return unit.name[len(unit.type) :].strip() if fold(unit.name).startswith(fold(unit.type)) else unit.name


def _how(column: Column) -> str:
    match column.said.how:
        case "typed":
            return _("báo cáo nhập trong chương trình")
        case "word":
            return _("báo cáo nhập từ Word")
        case "package":
            return _("gói báo cáo đã nhận")
        case _:
            return _("chưa có báo cáo; vào Tệp › Nhận báo cáo năm trước từ Word…")

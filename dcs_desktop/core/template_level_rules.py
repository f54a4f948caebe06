"""The rules on what stands at which level: who files, who adds up, what a derived figure can be made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dcs_desktop.core import formula
from dcs_desktop.core.building import comes_from
from dcs_desktop.core.form import Source
from dcs_desktop.core.template import FigureEntry, Level, Template
from dcs_desktop.core.template_parts import TemplateFault, figures, items, tables
from dcs_desktop.i18n import _

UNIT_LEVELS = ("commune", "district", "province", "own")


Where = frozenset[tuple[str, str]]


def level_faults(template: Template) -> Iterator[TemplateFault]:
    """Levels that are not there, and figures asked where they cannot be answered."""
    known = {level.id for level in template.level}
    for level in template.level:
        yield from _one_level_faults(level, known)
    for place, levels in _levels_named(template):
        for id in levels:
            if id not in known:
                message = _("không có cấp “{id}”; các cấp của mẫu: {known}.")
                yield TemplateFault(place, message.format(id=id, known=", ".join(sorted(known))))
    asked = _asked(template)
    for place, figure in figures(template):
        yield from _roll_up_faults(template, place, figure, asked)
        yield from _made_of_faults(place, figure, asked)


def _one_level_faults(level: Level, known: set[str]) -> Iterator[TemplateFault]:
    place = f"level {level.id}"
    if level.below and level.below not in known:
        yield TemplateFault(place, _("below = “{id}” không phải là một cấp của mẫu.").format(id=level.below))
    if level.below == level.id:
        yield TemplateFault(place, _("below = “{id}” là chính cấp này. Ghi cấp dưới nó.").format(id=level.id))
    for unit in level.units:
        if unit not in UNIT_LEVELS:
            message = _("units có “{unit}”; chỉ dùng: {known}.")
            yield TemplateFault(place, message.format(unit=unit, known=", ".join(UNIT_LEVELS)))


def _sources(template: Template, figure: FigureEntry) -> Mapping[str, str]:
    """Where a figure comes from, by level."""
    entered = figure.entered or template.default_entered
    table = template.entered.get(entered) if isinstance(entered, str) else entered
    return {level.id: "own" for level in template.level} if table is None else table


def _asked(template: Template) -> Mapping[str, Where]:
    """The levels and kinds of period at which each figure is asked."""
    found: dict[str, Where] = {}
    everywhere = {(level.id, period) for level in template.level for period in template.template.periods}
    for section, item in items(template):
        here = everywhere
        for entry in (section, item):
            here = {
                (level, period)
                for level, period in here
                if (not entry.levels or level in entry.levels)
                and (not entry.periods or period in entry.periods)
            }
        for figure in item.figures:
            if isinstance(figure, FigureEntry):
                sources = _sources(template, figure)
                found[figure.id] = frozenset(
                    (level, period)
                    for level, period in here
                    if level in sources
                    and comes_from(Source(sources[level]), figure) is not None
                    and (not figure.periods or period in figure.periods)
                )
    return found


def _roll_up_faults(
    template: Template, place: str, figure: FigureEntry, asked: Mapping[str, Where]
) -> Iterator[TemplateFault]:
    """A figure is rolled up only from a level below that is asked for it."""
    sources = _sources(template, figure)
    below = {level.id: level.below for level in template.level}
    for level in {level for level, _period in asked[figure.id] if sources.get(level) in ("below", "both")}:
        if not below[level]:
            message = _("cấp “{level}” không nhận báo cáo của cấp nào, không thể tổng hợp số liệu này.")
            yield TemplateFault(place, message.format(level=level))
        elif below[level] in below and below[level] not in {lower for lower, _period in asked[figure.id]}:
            message = _("cấp “{level}” tổng hợp số liệu này từ cấp “{below}”, nhưng ở đó không hỏi.")
            yield TemplateFault(place, message.format(level=level, below=below[level]))


def _made_of_faults(place: str, figure: FigureEntry, asked: Mapping[str, Where]) -> Iterator[TemplateFault]:
    """Whatever a derived figure is made of must be asked wherever it stands."""
    try:
        names = formula.names(formula.parse_expression(figure.formula)) if figure.formula else ()
    except formula.FormulaFault:
        return
    for name in names:
        id = name if name in asked else name.rpartition(".")[0]
        if id in asked and not asked[figure.id] <= asked[id]:
            message = _("công thức dùng “{name}”, số liệu này không được hỏi ở mọi cấp, mọi kỳ có “{id}”.")
            yield TemplateFault(place, message.format(name=name, id=figure.id))


def _levels_named(template: Template) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, pattern in template.entered.items():
        yield f"[entered] {name}", tuple(pattern)
    for section in template.section:
        yield section.id, section.levels
    for section, item in items(template):
        yield f"{section.id} › {item.id}", item.levels
        yield f"{section.id} › {item.id}", item.required if isinstance(item.required, tuple) else ()
    for place, figure in figures(template):
        yield place, tuple(figure.entered) if isinstance(figure.entered, dict) else ()
        yield place, figure.required if isinstance(figure.required, tuple) else ()
    for place, table in tables(template):
        yield place, table.levels
    for check in template.check:
        yield f"check {check.id}", check.levels
    for entry in template.letterhead:
        yield f"letterhead {entry.id}", entry.levels

"""The rules on single values of a template: words that are not empty, sizes that can be, arithmetic on numbers alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from dcs_desktop.core import formula
from dcs_desktop.core.template import FigureEntry, Template
from dcs_desktop.core.template_parts import TemplateFault, figures, items, tables
from dcs_desktop.core.wording import DEEPEST, places_named
from dcs_desktop.i18n import _

MOST_DECIMALS = 6
WORDS = ("text", "date", "choice", "choices")


def value_faults(template: Template, named: Collection[str] = ()) -> Iterator[TemplateFault]:
    """Every value that no form can be made of; places ``named`` already lack their words for a reason of their own."""
    if not template.template.periods:
        message = _("periods phải có ít nhất một loại kỳ: year, half, quarter hoặc nine_months.")
        yield TemplateFault("[template]", message)
    yield from (fault for fault in _empty_words(template) if fault.place not in named)
    yield from _sizes(template)
    yield from _arithmetic_of_words(template)
    yield from _places_without_end(template)


def _empty_words(template: Template) -> Iterator[TemplateFault]:
    """Every question has words: they are what an officer answers, and what is printed."""
    asked = [(f"{section.id} › {item.id}", "prompt", item.prompt) for section, item in items(template)]
    asked += [(place, "label", figure.label) for place, figure in figures(template)]
    for place, table in tables(template):
        asked.append((place, "label", table.label))
        asked += [(f"{place} › {column.id}", "label", column.label) for column in table.columns]
    for place, name, words in asked:
        if not words.strip():
            yield TemplateFault(place, _("{name} để trống. Ghi câu hỏi hoặc tên gọi.").format(name=name))


def _sizes(template: Template) -> Iterator[TemplateFault]:
    sized = [(place, figure.decimals) for place, figure in figures(template)]
    for place, table in tables(template):
        sized += [(f"{place} › {column.id}", column.decimals) for column in table.columns]
        for column in table.columns:
            if column.width < 1:
                message = _("width = {width} phải từ 1 trở lên.")
                yield TemplateFault(f"{place} › {column.id}", message.format(width=column.width))
    for place, decimals in sized:
        if decimals is not None and not 0 <= decimals <= MOST_DECIMALS:
            message = _("decimals = {count} phải từ 0 đến {most}.")
            yield TemplateFault(place, message.format(count=decimals, most=MOST_DECIMALS))


def _arithmetic_of_words(template: Template) -> Iterator[TemplateFault]:
    """What is answered in words cannot be added, divided or compared: such a rule would never speak."""
    kinds = {figure.id: figure for _place, figure in figures(template)}
    for place, figure in figures(template):
        if figure.formula:
            yield from _words_in(place, figure.formula, kinds)
    for check in template.check:
        yield from _words_in(f"check {check.id}", check.rule, kinds)


def _words_in(place: str, text: str, kinds: Mapping[str, FigureEntry]) -> Iterator[TemplateFault]:
    try:
        named = formula.names(formula.parse_rule(text))
    except formula.FormulaFault:
        try:
            named = formula.names(formula.parse_expression(text))
        except formula.FormulaFault:
            return
    for name in named:
        if name in kinds and kinds[name].kind in WORDS:
            message = _("“{name}” được trả lời bằng chữ hoặc ngày nên không tính, không so sánh được.")
            yield TemplateFault(place, message.format(name=name))


def _places_without_end(template: Template) -> Iterator[TemplateFault]:
    """A place whose words lead back to it is never filled in."""
    places = template.places
    tables_of = (places.all, *places.level.values(), *places.type.values())
    for table in tables_of:
        words = {**places.all, **table}
        for name in table:
            if _leads_back(name, words):
                message = _("từ thay <{name}> dẫn về chính nó. Ghi chữ thật cho nó.")
                yield TemplateFault("[places]", message.format(name=name))


def _leads_back(name: str, words: Mapping[str, str]) -> bool:
    reached = {name}
    for _depth in range(DEEPEST + 1):
        reached = {found for known in reached for found in places_named(words.get(known, ""))}
        if name in reached:
            return True
    return False

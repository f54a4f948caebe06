"""The rules a template must keep as a whole: ids, levels, names in formulas, places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from dcs_desktop.core import formula
from dcs_desktop.core.citing import COLUMN
from dcs_desktop.core.narrative import links, read
from dcs_desktop.core.several import SEVERAL
from dcs_desktop.core.template import ColumnEntry, FigureEntry, Template
from dcs_desktop.core.template_level_rules import level_faults
from dcs_desktop.core.template_parts import TemplateFault, field_keys, figures, items, tables
from dcs_desktop.core.template_value_rules import value_faults
from dcs_desktop.core.wording import GIVEN, declared, places_named
from dcs_desktop.i18n import _

ID = re.compile(r"[^\W\d]\w*(?:\.\w+)*")
VERSION = re.compile(r"\d{1,6}(?:\.\d{1,6}){0,2}", re.ASCII)
DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
LARGEST, DEEPEST = 2_000, 4
SUFFIXES = ("done", "target", "percent", "own", "below", "override")


def faults_of(template: Template, named: Collection[str] = ()) -> Iterator[TemplateFault]:
    """Every breach of the rules, in the order of the file; at places ``named`` already, a word is missing anyway."""
    yield from _size_faults(template)
    if next(_size_faults(template), None) is not None:
        return
    yield from _head_faults(template)
    yield from _id_faults(template)
    yield from _part_id_faults(template)
    yield from level_faults(template)
    yield from _section_faults(template)
    yield from value_faults(template, named)
    yield from _figure_faults(template)
    yield from _line_faults(template)
    yield from _check_faults(template)
    yield from _place_faults(template)


def _size_faults(template: Template) -> Iterator[TemplateFault]:
    """A template so large that checking it would take long was not written for people."""
    counts = {
        "[[section]]": len(template.section),
        "[[check]]": len(template.check),
        "figures": sum(len(item.figures) for _section, item in items(template)),
        "retired": len(template.retired),
    }
    for place, count in counts.items():
        if count > LARGEST:
            message = _("có {count} mục, nhiều nhất là {most}. Chia thành nhiều mẫu.")
            yield TemplateFault(place, message.format(count=count, most=LARGEST))


def _head_faults(template: Template) -> Iterator[TemplateFault]:
    head = template.template
    if not VERSION.fullmatch(head.version):
        yield TemplateFault(
            "[template]",
            _("version = “{v}” phải gồm các số cách nhau bằng dấu chấm, ví dụ 2025.1.").format(
                v=head.version
            ),
        )
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", head.id):
        yield TemplateFault(
            "[template]",
            _("id = “{id}” chỉ được gồm chữ thường không dấu, số và dấu gạch nối.").format(id=head.id),
        )
    if template.default_entered and template.default_entered not in template.entered:
        message = _("entered = “{id}” không có trong [entered].")
        yield TemplateFault("default_entered", message.format(id=template.default_entered))
    if not template.level:
        yield TemplateFault("[[level]]", _("mẫu phải có ít nhất một cấp. Thêm mục [[level]]."))
    if head.valid_until is not None and head.valid_until < head.valid_from:
        yield TemplateFault("[template]", _("valid_until đứng trước valid_from. Sửa một trong hai ngày."))


def _id_faults(template: Template) -> Iterator[TemplateFault]:
    placed = [(section.id, section.id) for section in template.section]
    placed += [(f"{section.id} › {item.id}", item.id) for section, item in items(template)]
    placed += [(place, figure.id) for place, figure in figures(template)]
    placed += [(place, table.id) for place, table in tables(template)]
    placed += [(f"check {check.id}", check.id) for check in template.check]
    times = Counter(id for _place, id in placed)
    seen: set[str] = set()
    for place, id in placed:
        if times[id] > 1 and id in seen:
            yield TemplateFault(
                place, _("mã “{id}” đã dùng ở nơi khác. Mỗi mã chỉ được dùng một lần.").format(id=id)
            )
        seen.add(id)
        if not ID.fullmatch(id):
            yield TemplateFault(
                place,
                _("mã “{id}” phải bắt đầu bằng chữ cái và chỉ gồm chữ, số, “_” và “.”.").format(id=id),
            )
        if id in template.retired:
            yield TemplateFault(place, _("mã “{id}” đã bỏ (retired), không được dùng lại.").format(id=id))


def _part_id_faults(template: Template) -> Iterator[TemplateFault]:
    """Ids that must differ only within what they are part of."""
    yield from _repeated("[[level]]", [level.id for level in template.level])
    yield from _repeated("[[annex]]", [annex.id for annex in template.annex])
    yield from _repeated("[[letterhead]]", [entry.id for entry in template.letterhead])
    for place, figure in figures(template):
        yield from _repeated(place, [choice.id for choice in figure.choices])
    for place, table in tables(template):
        yield from _repeated(place, [column.id for column in table.columns])
        named = {column for text in (table.cite, table.cite_short) for column in COLUMN.findall(text)}
        for column_id in sorted(named - {column.id for column in table.columns}):
            yield TemplateFault(place, _("cite nói đến cột “{id}” không có trong bảng.").format(id=column_id))
        for column in table.columns:
            yield from _repeated(f"{place} › {column.id}", [choice.id for choice in column.choices])
            yield from _column_faults(f"{place} › {column.id}", column)


def _repeated(place: str, ids: list[str]) -> Iterator[TemplateFault]:
    for id, times in Counter(ids).items():
        if times > 1:
            yield TemplateFault(place, _("mã “{id}” xuất hiện {times} lần.").format(id=id, times=times))
        if not ID.fullmatch(id):
            message = _("mã “{id}” phải bắt đầu bằng chữ cái và chỉ gồm chữ, số, “_” và “.”.")
            yield TemplateFault(place, message.format(id=id))


def _column_faults(place: str, column: ColumnEntry) -> Iterator[TemplateFault]:
    if column.kind in ("choice", "choices") and not column.choices:
        yield TemplateFault(place, _("cột kiểu {kind} phải có choices.").format(kind=column.kind))
    yield from (TemplateFault(place, message) for message in _label_faults(column))
    if column.kind == "percent":
        yield TemplateFault(place, _("tỷ lệ phần trăm không nhập vào bảng. Dùng kind = “decimal”."))


def _section_faults(template: Template) -> Iterator[TemplateFault]:
    before: set[str] = set()
    depths: dict[str, int] = {}
    annexes = {annex.id for annex in template.annex}
    for section in template.section:
        if section.under and section.under not in before:
            yield TemplateFault(
                section.id, _("under = “{id}” phải là một mục đứng trước nó.").format(id=section.under)
            )
        if section.annex and section.annex not in annexes:
            yield TemplateFault(
                section.id, _("không có phụ lục “{id}”. Thêm [[annex]] với mã này.").format(id=section.annex)
            )
        before.add(section.id)
        depths[section.id] = depths.get(section.under, 0) + 1
        if depths[section.id] == DEEPEST + 1:
            yield TemplateFault(section.id, _("mục lồng nhau quá {most} bậc.").format(most=DEEPEST))


def _figure_faults(template: Template) -> Iterator[TemplateFault]:
    keys = field_keys(template)
    for place, figure in figures(template):
        if isinstance(figure.entered, str) and figure.entered and figure.entered not in template.entered:
            yield TemplateFault(
                place, _("entered = “{id}” không có trong [entered].").format(id=figure.entered)
            )
        for message in _kind_faults(figure):
            yield TemplateFault(place, message)
        if figure.formula:
            yield from _formula_faults(template, place, figure, keys)
    known = {figure.id: figure for _place, figure in figures(template)}
    for place, figure in figures(template):
        if figure.of and not _counts_on(figure, known.get(figure.of)):
            message = _(
                "of = “{id}” phải là một số liệu trong kỳ cùng loại, cùng đơn vị tính, và số liệu này cần có cumulative = true."
            )
            yield TemplateFault(place, message.format(id=figure.of))
    for section, item in items(template):
        for shown in item.figures:
            if isinstance(shown, str) and shown not in known:
                message = _("không có số liệu “{id}”.").format(id=shown)
                yield TemplateFault(f"{section.id} › {item.id}", message)
    yield from _cycle_faults(template)


def _counts_on(figure: FigureEntry, counted: FigureEntry | None) -> bool:
    """Whether a figure can be what another counts since the start of the year."""
    if counted is None or counted.id == figure.id or counted.of or figure.pair or counted.pair:
        return False
    return figure.cumulative and (figure.kind, figure.unit) == (counted.kind, counted.unit)


def _kind_faults(figure: FigureEntry) -> Iterator[str]:
    additive = figure.kind in ("count", "decimal", "money", "area")
    if figure.kind in ("choice", "choices") and not figure.choices:
        yield _("số liệu kiểu {kind} phải có choices.").format(kind=figure.kind)
    yield from _label_faults(figure)
    if figure.kind == "percent" and not figure.formula:
        yield _("tỷ lệ phần trăm được tính, không nhập: thêm formula, hoặc dùng kind = “decimal”.")
    if figure.covers and not (DAY.fullmatch(figure.covers.start) and DAY.fullmatch(figure.covers.end)):
        yield _("covers: start và end có dạng “tháng-ngày”, ví dụ “10-20”.")
    if figure.pair and not additive:
        yield _("pair chỉ dùng cho số đếm, số thập phân, tiền, diện tích.")
    if figure.rollup == "sum" and not additive:
        yield _("rollup = “sum” chỉ dùng cho số đếm, số thập phân, tiền, diện tích.")
    if figure.rollup == "count" and figure.kind != "yes_no":
        yield _("rollup = “count” chỉ dùng cho câu hỏi Có/Không.")
    if figure.min is not None and figure.max is not None and figure.min > figure.max:
        yield _("min lớn hơn max.")
    if figure.id.rpartition(".")[2] in SUFFIXES:
        yield _("mã không được kết thúc bằng {words}.").format(words=", ".join(SUFFIXES))


def _label_faults(entry: FigureEntry | ColumnEntry) -> Iterator[str]:
    """Several choices are typed one after another: what parts them stands in none of them."""
    for choice in entry.choices if entry.kind == "choices" else ():
        if SEVERAL in choice.label:
            yield _("nhãn lựa chọn “{label}” không được có dấu “;”.").format(label=choice.label)


def _formula_faults(
    template: Template, place: str, figure: FigureEntry, keys: frozenset[str]
) -> Iterator[TemplateFault]:
    if figure.pair:
        yield TemplateFault(place, _("một số liệu không thể vừa là pair vừa có formula."))
    try:
        tree = formula.parse_expression(figure.formula)
    except formula.FormulaFault as fault:
        yield TemplateFault(place, _("công thức sai: {fault}.").format(fault=fault))
        return
    yield from _name_faults(template, place, tree, keys)


def _name_faults(
    template: Template, place: str, tree: formula.Expression | formula.Comparison, keys: frozenset[str]
) -> Iterator[TemplateFault]:
    for name in formula.names(tree):
        if name not in keys:
            yield TemplateFault(
                place, _("công thức nói đến “{name}”, mã này không có trong mẫu.").format(name=name)
            )
    columns = {
        table.id: {c.id: {x.id for x in c.choices} for c in table.columns} for _p, table in tables(template)
    }
    for count in formula.counts(tree):
        if count.table not in columns:
            yield TemplateFault(
                place, _("công thức đếm bảng “{id}”, bảng này không có trong mẫu.").format(id=count.table)
            )
        elif count.column and count.choice not in columns[count.table].get(count.column, ()):
            yield TemplateFault(
                place,
                _("bảng “{table}” không có cột “{column}” với lựa chọn “{choice}”.").format(
                    table=count.table, column=count.column, choice=count.choice
                ),
            )


def _cycle_faults(template: Template) -> Iterator[TemplateFault]:
    uses: dict[str, tuple[str, ...]] = {}
    places: dict[str, str] = {}
    for place, figure in figures(template):
        places[figure.id] = place
        try:
            uses[figure.id] = (
                formula.names_now(formula.parse_expression(figure.formula)) if figure.formula else ()
            )
        except formula.FormulaFault:
            uses[figure.id] = ()
    for id in uses:
        if id in _reached(id, uses):
            yield TemplateFault(places[id], _("công thức của “{id}” quay vòng về chính nó.").format(id=id))


def _reached(start: str, uses: dict[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    waiting = list(uses[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += uses.get(name, ())
    return found


def _line_faults(template: Template) -> Iterator[TemplateFault]:
    keys = field_keys(template) | {table.id for _place, table in tables(template)}
    for section, item in items(template):
        texts = [line if isinstance(line, str) else line.text for line in item.lines]
        for text in (*texts, item.default):
            for link in links(read(text)):
                if link.key not in keys:
                    yield TemplateFault(
                        f"{section.id} › {item.id}",
                        _("dòng in nói đến số liệu “{key}” không có trong mẫu.").format(key=link.key),
                    )


def _check_faults(template: Template) -> Iterator[TemplateFault]:
    keys = field_keys(template)
    table_ids = {table.id for _place, table in tables(template)}
    for check in template.check:
        place = f"check {check.id}"
        try:
            rule = formula.parse_rule(check.rule)
        except formula.FormulaFault as fault:
            yield TemplateFault(place, _("quy tắc sai: {fault}.").format(fault=fault))
            continue
        yield from _name_faults(template, place, rule, keys)
        for mark in check.marks:
            if mark not in keys | table_ids:
                yield TemplateFault(
                    place, _("marks nói đến “{key}”, mã này không có trong mẫu.").format(key=mark)
                )
        for link in links(read(check.message)):
            if link.key not in keys:
                yield TemplateFault(
                    place, _("câu báo nói đến “{key}”, mã này không có trong mẫu.").format(key=link.key)
                )


def _place_faults(template: Template) -> Iterator[TemplateFault]:
    known = declared(template.places) | GIVEN
    for place, text in _texts(template):
        for name in places_named(text):
            if name not in known:
                yield TemplateFault(
                    place, _("không có từ thay cho <{name}>. Thêm nó vào [places.all].").format(name=name)
                )


def _texts(template: Template) -> Iterator[tuple[str, str]]:
    yield "[template]", f"{template.template.title} {template.template.subject}"
    for section in template.section:
        yield section.id, section.title
    for section, item in items(template):
        lines = " ".join(line if isinstance(line, str) else line.text for line in item.lines)
        yield (
            f"{section.id} › {item.id}",
            " ".join((item.prompt, item.guidance, item.legal, item.default, lines)),
        )
    for place, figure in figures(template):
        yield place, f"{figure.label} {figure.unit} {figure.guidance}"
    for place, table in tables(template):
        yield place, " ".join((table.label, *(column.label for column in table.columns)))
    for annex in template.annex:
        yield f"annex {annex.id}", annex.title
    for check in template.check:
        yield f"check {check.id}", check.message
    for entry in template.letterhead:
        fields = (entry.superior_body, entry.issuing_body, entry.series, entry.place)
        lists = (*entry.addressees, *entry.recipients, *entry.signing)
        yield f"letterhead {entry.id}", " ".join((*fields, *lists))
    for table_of in (template.places.all, *template.places.level.values(), *template.places.type.values()):
        yield "[places]", " ".join(table_of.values())

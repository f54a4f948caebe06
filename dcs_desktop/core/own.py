"""Own additions: figures and items that a unit adds to its report, beside what the template asks.

They are data of the report (:attr:`Answers.own`) that extend its form: from
then on they are answered, checked, printed and packed like all others, under
names that say whose they are. Nobody adds them up: no other form knows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from dcs_desktop.core.changes import Change, Part
from dcs_desktop.core.form import Field, Figure, Form, Item, RollUp, Section, Source
from dcs_desktop.core.narrative import Link, Paragraph, Prose, Text, write
from dcs_desktop.core.report import Addition, Answers
from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import BLANK, FieldType, Kind
from dcs_desktop.i18n import _

KEY: Final = re.compile(r"own\.[1-9]\d{0,3}", re.ASCII)
KINDS: Final = (Kind.COUNT, Kind.DECIMAL, Kind.MONEY, Kind.TEXT, Kind.PROSE)
DECIMALS: Final = {Kind.DECIMAL: 2, Kind.MONEY: 3}
LONGEST: Final = 200
MOST: Final = 200
MARK: Final = "nội dung riêng của đơn vị"


def addition(form: Form, section: str, kind: Kind, label: str, unit: str = "") -> Addition:
    """An addition as it is kept. Raises Refusal: no name, too long, no such section or kind."""
    name, measure = (" ".join(nfc(text).split()) for text in (label, unit))
    if not name or len(name) > LONGEST or len(measure) > LONGEST:
        raise Refusal(_("Đề nghị ghi tên, không dài quá {most} chữ.").format(most=LONGEST))
    if kind not in KINDS or not any(each.id == section for each in sections_for(form, kind)):
        raise Refusal(_("Không thêm được vào phần “{section}”.").format(section=section))
    return Addition(section, kind, name, "" if kind is Kind.PROSE else measure)


def sections_for(form: Form, kind: Kind) -> tuple[Section, ...]:
    """Where an addition can stand: sections with items; a text only where texts are printed."""
    return tuple(each for each in form.sections if each.items and not (kind is Kind.PROSE and each.annex))


def fresh_key(own: Mapping[str, Addition]) -> str:
    """The key of the next addition. Raises Refusal when there are too many."""
    last = max((int(key.partition(".")[2]) for key in own), default=0)
    if len(own) >= MOST or last >= 9999:
        raise Refusal(_("Báo cáo đã có {most} nội dung riêng, không thêm được nữa.").format(most=MOST))
    return f"own.{last + 1}"


def extended(form: Form, own: Mapping[str, Addition]) -> Form:
    """The form with the additions at the end of their sections; the same form where there are none."""
    if not own:
        return form
    return replace(form, sections=tuple(_with(section, own) for section in form.sections))


def own_changes(answers: Answers, key: str, new: Addition | None) -> tuple[Change, ...]:
    """An addition comes, changes, or (None) goes; an answer of another kind than it has now goes first."""
    old = answers.own.get(key)
    said = Change(Part.OWN, key, old, new)
    if old is None or (new is not None and new.kind is old.kind):
        return (said,)
    draft = Change(Part.DRAFT, key, answers.drafts.get(key, ""), "")
    return (draft, Change(Part.VALUE, key, answers.value(key), BLANK), said)


def without_own(answers: Answers) -> Answers:
    """The answers to what the template asks alone."""
    if not answers.own:
        return answers
    values = {key: value for key, value in answers.values.items() if key not in answers.own}
    return replace(answers, values=values, own={})


def is_own(item: str) -> bool:
    """Whether an item is one of the unit's own."""
    return item.startswith("own.")


def key_of(item: str) -> str:
    """The key of the addition that an own item shows."""
    return item.removesuffix(".so_lieu")


def _with(section: Section, own: Mapping[str, Addition]) -> Section:
    added = [(key, one) for key, one in own.items() if one.section == section.id]
    added.sort(key=lambda pair: int(pair[0].partition(".")[2]))
    if not added:
        return section
    return replace(section, items=(*section.items, *(_item(key, one) for key, one in added)))


def _item(key: str, one: Addition) -> Item:
    prose = one.kind is Kind.PROSE
    label = f"{one.label} ({MARK})"
    figures = () if prose else (_figure(key, label, one),)
    return Item(
        id=key if prose else f"{key}.so_lieu",
        section=one.section,
        prompt=label,
        prose=prose,
        printed="dash" if prose else "no",
        number="",
        required=False,
        figures=figures,
        shows=(),
        order=tuple(figure.id for figure in figures),
        tables=(),
        lines=tuple(_lines(key, label, one)),
        guidance="",
        legal="",
        default="",
    )


def _lines(key: str, label: str, one: Addition) -> Iterator[str]:
    """What is printed of a figure: "- Name (nội dung riêng của đơn vị): 12 cây"."""
    if one.kind is not Kind.PROSE:
        after = f" {one.unit}" if one.unit else ""
        inlines = (Text(f"- {label}: "), Link(key), Text(f"{after}."))
        yield write(Prose((Paragraph(inlines),)))


def _figure(key: str, label: str, one: Addition) -> Figure:
    kind = FieldType(one.kind, one.unit, DECIMALS.get(one.kind, 0))
    return Figure(
        id=key,
        label=label,
        type=kind,
        pair=False,
        source=Source.OWN,
        roll_up=RollUp.NONE,
        required=False,
        derived=False,
        scope="own",
        covers=None,
        cumulative=False,
        of="",
        compare="year_before",
        standing=False,
        guidance="",
        fields=(Field(key, key, label, kind),),
    )

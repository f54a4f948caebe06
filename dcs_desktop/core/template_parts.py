"""Walks over the entries of a template, each with where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dcs_desktop.core.template import FigureEntry, ItemEntry, SectionEntry, TableEntry, Template


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """One fault of a template: where it is, and what to do about it."""

    place: str
    message: str


def figures(template: Template) -> Iterator[tuple[str, FigureEntry]]:
    """Every figure with where it stands ("III.1 › III.1.e › hoa_giai.thanh")."""
    for section, item in items(template):
        for figure in item.figures:
            if isinstance(figure, FigureEntry):
                yield f"{section.id} › {item.id} › {figure.id}", figure


def items(template: Template) -> Iterator[tuple[SectionEntry, ItemEntry]]:
    """Every item with its section."""
    for section in template.section:
        for item in section.item:
            yield section, item


def tables(template: Template) -> Iterator[tuple[str, TableEntry]]:
    """Every table with where it stands."""
    for section, item in items(template):
        for table in item.tables:
            yield f"{section.id} › {item.id} › {table.id}", table


def field_keys(template: Template) -> frozenset[str]:
    """Every key a formula or a linked figure may name, at whatever level."""
    keys: set[str] = set()
    for _place, figure in figures(template):
        keys.add(figure.id)
        if figure.pair:
            keys |= {f"{figure.id}.{part}" for part in ("done", "target", "percent")}
    return frozenset(keys)

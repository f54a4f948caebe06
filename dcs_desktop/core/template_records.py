"""Checks the entries of a template file one by one: every wrong key and value, with its place and remedy."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

import msgspec

from dcs_desktop.core.template import (
    AnnexEntry,
    CheckEntry,
    ChoiceEntry,
    ColumnEntry,
    Covers,
    Entry,
    FigureEntry,
    Head,
    ItemEntry,
    LetterheadEntry,
    Level,
    LineEntry,
    Places,
    SectionEntry,
    TableEntry,
)
from dcs_desktop.core.template_parts import TemplateFault
from dcs_desktop.i18n import _

# Whoever mends a template reads no more of them.
MOST_FAULTS = 1_000
Raw = dict[str, typing.Any]  # Any: what TOML or JSON holds before it is checked
NESTED: Mapping[str, type[Entry]] = {
    "level": Level,
    "section": SectionEntry,
    "item": ItemEntry,
    "figures": FigureEntry,
    "tables": TableEntry,
    "columns": ColumnEntry,
    "choices": ChoiceEntry,
    "lines": LineEntry,
    "annex": AnnexEntry,
    "check": CheckEntry,
    "letterhead": LetterheadEntry,
}
SINGLE: Mapping[str, type[Entry]] = {"template": Head, "places": Places, "covers": Covers}
EntryType = typing.TypeVar("EntryType", bound=Entry)
Described = msgspec.structs.FieldInfo


@dataclass(frozen=True, slots=True)
class Faults:
    """Where faults are gathered while a file is read."""

    found: list[TemplateFault]

    def add(self, place: str, message: str) -> None:
        """Note one fault; beyond so many, none."""
        if len(self.found) < MOST_FAULTS:
            self.found.append(TemplateFault(place, message))


def checked(cls: type[EntryType], raw: object, place: str, faults: Faults) -> EntryType | None:
    """The record of an entry, None when it is no table at all.

    Whatever is wrong in it becomes a fault and is left at its default, so
    that the rules can speak of the rest of the template at the same time.
    """
    if not isinstance(raw, dict):
        faults.add(place, _("phải là một bảng khóa = giá trị."))
        return None
    place = _place(cls, raw, place)
    known = {field.encode_name: field for field in msgspec.structs.fields(cls)}
    for key in raw:
        if key not in known and len(faults.found) < MOST_FAULTS:
            near = _nearest(key, known)
            faults.add(
                place, _("không có khóa “{key}”; ý là “{near}”? Xóa hoặc sửa lại.").format(key=key, near=near)
            )
    return cls(**{key: _field(field, raw, place, faults) for key, field in known.items()})


def _field(field: Described, raw: Raw, place: str, faults: Faults) -> object:
    """The value of one field: the one given, where it is right, else its default."""
    key = field.encode_name
    if key in raw:
        value = _part(key, raw[key], field.type, place, faults)
        return _default(field, place, faults) if value is None else value
    if field.required:
        faults.add(place or f"[{key}]", _("thiếu khóa “{key}”. Thêm {key} = … vào mục này.").format(key=key))
    return _default(field, place, faults)


def _default(field: Described, place: str, faults: Faults) -> object:
    """What stands in for a value that is missing or wrong, so that no rule complains of it again."""
    if field.default is not msgspec.NODEFAULT:
        return field.default
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    if typing.get_origin(field.type) is tuple:
        return ()
    if isinstance(field.type, type) and issubclass(field.type, Entry):
        return checked(field.type, {}, "", Faults([]))
    if field.type is date:
        return date.min
    return {"id": f"khongma{len(faults.found)}", "version": "0", "rule": "0 == 0"}.get(field.name, "")


def _place(cls: type[Entry], raw: Raw, above: str) -> str:
    """Where an entry stands: the ids from the section down, such as "III.1 › III.1.e › hoa_giai.thanh"."""
    id = raw.get("id") or raw.get("version", "")
    word = {
        Level: "level",
        CheckEntry: "check",
        AnnexEntry: "annex",
        LetterheadEntry: "letterhead",
        Head: "[template]",
        Places: "[places]",
    }.get(cls, "")
    name = " ".join(part for part in (word, str(id)) if part)
    return " › ".join(part for part in (above, name) if part)


def _nearest(key: str, known: Mapping[str, object]) -> str:
    return (get_close_matches(key, known, 1, 0) or [""])[0]


def _part(key: str, raw: object, type_: object, place: str, faults: Faults) -> object:
    """One field of a record, its nested records checked one by one; None when it is wrong."""
    if key in NESTED and isinstance(raw, list):
        allow_text = key in ("figures", "lines")
        made = (
            part if allow_text and isinstance(part, str) else checked(NESTED[key], part, place, faults)
            for part in raw
        )
        return tuple(entry for entry in made if entry is not None)
    if key in SINGLE and isinstance(raw, dict):
        return checked(SINGLE[key], raw, place, faults)
    try:
        return msgspec.convert(raw, type_, strict=True)
    except msgspec.ValidationError:
        message = _("“{key} = {value}” không đúng: cần {wanted}.")
        faults.add(place or f"[{key}]", message.format(key=key, value=_short(raw), wanted=_wanted(type_)))
        return None


def _short(raw: object) -> str:
    text = repr(raw)
    return text if len(text) <= 60 else text[:57] + "…"


def _wanted(type_: object) -> str:
    """What a field takes, in words."""
    origin = typing.get_origin(type_)
    if origin is typing.Literal:
        return _("một trong: {choices}").format(choices=", ".join(f"“{c}”" for c in typing.get_args(type_)))
    if origin in (typing.Union, types.UnionType):
        return _(" hoặc ").join(_wanted(part) for part in typing.get_args(type_) if part is not type(None))
    if origin is tuple:
        return _("một danh sách, mỗi phần tử là {part}").format(part=_wanted(typing.get_args(type_)[0]))
    if origin is dict:
        value = _wanted(typing.get_args(type_)[1])
        return _("một bảng khóa = giá trị, mỗi giá trị là {value}").format(value=value)
    if isinstance(type_, type) and issubclass(type_, Entry):
        return _("một bảng khóa = giá trị")
    words = {str: _("chữ trong ngoặc kép"), int: _("số nguyên"), bool: _("true hoặc false")}
    return words.get(typing.cast(type, type_), _("ngày dạng 2025-07-01"))

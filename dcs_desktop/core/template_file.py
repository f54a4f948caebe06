"""Reads a template file: every fault at once, each with section, item and remedy."""

from __future__ import annotations

import tomllib
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
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
    Template,
)
from dcs_desktop.core.template_rules import TemplateFault, faults_of
from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _

LARGEST = 4_000_000
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
JOINED = frozenset(NESTED) - {"choices", "lines"}
NOT_INHERITED = frozenset({"extends", "valid_from", "valid_until"})
SINGLE: Mapping[str, type[Entry]] = {"template": Head, "places": Places, "covers": Covers}


class TemplateRefused(Refusal):
    """A template that cannot be used; ``faults`` are all there is to mend, in reading order."""

    def __init__(self, source: str, faults: tuple[TemplateFault, ...]) -> None:
        first = faults[0]
        super().__init__(
            _("Mẫu báo cáo {source} có {count} lỗi. Lỗi đầu tiên – {place}: {message}").format(
                source=source, count=len(faults), place=first.place, message=first.message
            )
        )
        self.faults = faults


@dataclass(frozen=True, slots=True)
class _Faults:
    """Where faults are gathered while a file is read."""

    found: list[TemplateFault]

    def add(self, place: str, message: str) -> None:
        self.found.append(TemplateFault(place, message))


def read_template(data: bytes, source: str, parent: Callable[[str], bytes | None]) -> Template:
    """The template in a TOML or JSON file.

    ``source`` names the file in messages. ``parent`` gives the bytes of the
    template ``id@version`` that one extends, None when it is not known.
    Raises TemplateRefused with every fault.
    """
    faults = _Faults([])
    raw = _whole(data, source, parent, faults, ())
    if raw is None or faults.found:
        raise TemplateRefused(source, tuple(faults.found))
    template = _converted(raw, faults)
    if template is not None:
        faults.found.extend(faults_of(template))
    if template is None or faults.found:
        raise TemplateRefused(source, tuple(faults.found))
    return template


def _converted(raw: Raw, faults: _Faults) -> Template | None:
    """The records of the entries at one go; entry by entry only where there are faults to name."""
    try:
        return msgspec.convert(raw, Template)
    except msgspec.ValidationError:
        return _record(Template, raw, "", faults)


def write_template(template: Template) -> bytes:
    """The whole template as canonical JSON, as packages carry it; read_template reads it back."""
    return msgspec.json.format(msgspec.json.encode(template, order="deterministic"), indent=1)


def _whole(
    data: bytes, source: str, parent: Callable[[str], bytes | None], faults: _Faults, seen: tuple[str, ...]
) -> Raw | None:
    """The entries of a file laid over those of the templates it extends."""
    raw = _decoded(data, source, faults)
    if raw is None:
        return None
    head = raw.get("template")
    extends = head.get("extends", "") if isinstance(head, dict) else ""
    if not extends:
        return raw
    below = parent(extends) if isinstance(extends, str) and extends not in seen else None
    if below is None:
        faults.add(
            _("[template] extends"),
            _("không tìm thấy mẫu “{id}” mà mẫu này dựa vào. Đặt tệp của mẫu đó vào cùng thư mục.").format(
                id=extends
            ),
        )
        return None
    base = _whole(below, str(extends), parent, faults, (*seen, str(extends)))
    if base is None:
        return None
    return _laid_over(base, raw, faults)


def _decoded(data: bytes, source: str, faults: _Faults) -> Raw | None:
    place = _("tệp {source}").format(source=source)
    if len(data) > LARGEST:
        faults.add(place, _("tệp lớn quá {most} byte.").format(most=LARGEST))
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        faults.add(
            place,
            _("không phải văn bản UTF-8 (byte thứ {at}). Lưu lại tệp bằng mã UTF-8.").format(at=error.start),
        )
        return None
    try:
        if text.lstrip().startswith("{"):
            raw = msgspec.json.decode(text)
        else:
            raw = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, msgspec.DecodeError, RecursionError) as error:
        faults.add(place, _("không đọc được: {error}. Sửa dòng được nêu rồi mở lại.").format(error=error))
        return None
    if not isinstance(raw, dict):
        faults.add(place, _("không phải là một mẫu báo cáo."))
        return None
    return typing.cast(Raw, _in_one_form(raw))


def _in_one_form(raw: object) -> object:
    if isinstance(raw, str):
        return nfc(raw)
    if isinstance(raw, list):
        return [_in_one_form(part) for part in raw]
    if isinstance(raw, dict):
        return {nfc(str(key)): _in_one_form(part) for key, part in raw.items()}
    return raw


def _laid_over(base: Raw, change: Raw, faults: _Faults) -> Raw:
    """A template's entries, but for the retired ones, with those of one that extends it laid over them by id."""
    retired = [*_listed(base.get("retired")), *_listed(change.get("retired"))]
    kept = typing.cast(Raw, _without(base, frozenset(map(str, retired))))
    changed = _entry_over(kept, {key: part for key, part in change.items() if key != "template"}, "", faults)
    head = {key: part for key, part in base.get("template", {}).items() if key not in NOT_INHERITED}
    changed["template"] = {**head, **{k: v for k, v in change["template"].items() if k != "extends"}}
    if retired:
        changed["retired"] = retired
    return changed


def _listed(raw: object) -> list[object]:
    return raw if isinstance(raw, list) else []


def _entry_over(base: Raw, change: Raw, place: str, faults: _Faults) -> Raw:
    """An entry with its changes; those keys go that the change lists as ``without``."""
    place = " › ".join(part for part in (place, _id_of(change)) if part)
    gone = _listed(change.get("without"))
    result = {key: part for key, part in base.items() if key not in gone}
    for key, part in change.items():
        if key == "without" and isinstance(part, list):
            continue
        before = result.get(key)
        if isinstance(before, dict) and isinstance(part, dict):
            result[key] = _entry_over(before, part, place, faults)
        elif isinstance(before, list) and isinstance(part, list) and key in JOINED:
            result[key] = _list_over(before, part, place, faults)
        else:
            result[key] = part
    return result


def _list_over(base: list[object], change: list[object], place: str, faults: _Faults) -> list[object]:
    """Entries of the same id laid over one another; new ones at the end, or behind the one ``after`` names."""
    result = list(base)
    for part in change:
        at = _found(_id_of(part), result)
        if at is None:
            _put(part, result, place, faults)
            continue
        before = result[at]
        if isinstance(part, dict) and isinstance(before, dict):
            part = _entry_over(before, part, place, faults)  # noqa: PLW2901
        result[at] = part
    return result


def _put(part: object, entries: list[object], place: str, faults: _Faults) -> None:
    """A new entry behind the one its ``after`` names."""
    after = part.get("after", "") if isinstance(part, dict) else ""
    at = _found(str(after), entries)
    if after and at is None:
        where = " › ".join(word for word in (place, _id_of(part)) if word)
        faults.add(where, _("after = “{id}” không phải là mã của một mục cùng cấp.").format(id=after))
    new = {key: value for key, value in part.items() if key != "after"} if isinstance(part, dict) else part
    entries.insert(len(entries) if at is None else at + 1, new)


def _found(id: str, entries: list[object]) -> int | None:
    return next((n for n, entry in enumerate(entries) if id and _id_of(entry) == id), None)


def _id_of(entry: object) -> str:
    if isinstance(entry, dict):
        return str(entry.get("id", ""))
    return entry if isinstance(entry, str) else ""


def _without(raw: object, retired: frozenset[str]) -> object:
    """The entries without those whose id is retired."""
    if isinstance(raw, list):
        return [_without(part, retired) for part in raw if _id_of(part) not in retired]
    if isinstance(raw, dict):
        return {key: _without(part, retired) for key, part in raw.items() if key != "retired"}
    return raw


EntryType = typing.TypeVar("EntryType", bound=Entry)


def _record(cls: type[EntryType], raw: object, place: str, faults: _Faults) -> EntryType | None:
    """A checked record, None when a fault was found in it or below it."""
    if not isinstance(raw, dict):
        faults.add(place, _("phải là một bảng khóa = giá trị."))
        return None
    before = len(faults.found)
    place = _place(cls, raw, place)
    known = {field.encode_name: field for field in msgspec.structs.fields(cls)}
    for key in raw:
        if key not in known:
            near = _nearest(key, known)
            faults.add(
                place, _("không có khóa “{key}”; ý là “{near}”? Xóa hoặc sửa lại.").format(key=key, near=near)
            )
    values = {}
    for key, field in known.items():
        if key in raw:
            values[key] = _part(key, raw[key], field.type, place, faults)
        elif field.required:
            faults.add(place, _("thiếu khóa “{key}”. Thêm {key} = … vào mục này.").format(key=key))
    return cls(**values) if len(faults.found) == before else None


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


def _part(key: str, raw: object, type_: object, place: str, faults: _Faults) -> object:
    """One field of a record, its nested records checked one by one."""
    if key in NESTED and isinstance(raw, list):
        allow_text = key in ("figures", "lines")
        made = (
            part if allow_text and isinstance(part, str) else _record(NESTED[key], part, place, faults)
            for part in raw
        )
        return tuple(made)
    if key in SINGLE and isinstance(raw, dict):
        return _record(SINGLE[key], raw, place, faults)
    try:
        return msgspec.convert(raw, type_, strict=True)
    except msgspec.ValidationError:
        wanted = _wanted(type_)
        faults.add(
            place,
            _("“{key} = {value}” không đúng: cần {wanted}.").format(
                key=key, value=_short(raw), wanted=wanted
            ),
        )
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
    if origin is dict or (isinstance(type_, type) and issubclass(type_, Entry)):
        return _("một bảng khóa = giá trị")
    words = {str: _("chữ trong ngoặc kép"), int: _("số nguyên"), bool: _("true hoặc false")}
    return words.get(typing.cast(type, type_), _("ngày dạng 2025-07-01"))

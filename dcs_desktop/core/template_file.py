"""Reads a template file: every fault at once, each with section, item and remedy."""

from __future__ import annotations

import tomllib
import typing
from collections.abc import Callable
from decimal import Decimal

import msgspec

from dcs_desktop.core.template import Template
from dcs_desktop.core.template_parts import TemplateFault
from dcs_desktop.core.template_records import NESTED, Faults, Raw, checked
from dcs_desktop.core.template_rules import faults_of
from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _

LARGEST = 4_000_000
# Of what an author writes, as TOML: tomllib is slow, and slower by the square of the parts of a dotted key.
LARGEST_TOML, MOST_DOTS = 250_000, 200
# Entries side by side in one list of a template that is laid over another.
MOST_BESIDE = 2_000
JOINED = frozenset(NESTED) - {"choices", "lines"}
HELPS = frozenset({"aliases", "cite", "cite_short", "standing"})
# Keys that came later are written only where they say something: what asks nothing new is read by older programs.
LATER = frozenset({"of"})
NOT_INHERITED = frozenset({"extends", "valid_from", "valid_until"})


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


def read_template(data: bytes, source: str, parent: Callable[[str], bytes | None]) -> Template:
    """The template in a TOML or JSON file.

    ``source`` names the file in messages. ``parent`` gives the bytes of the
    template ``id@version`` that one extends, None when it is not known.
    Raises TemplateRefused with every fault.
    """
    faults = Faults([])
    raw = _whole(data, source, parent, faults, ())
    if raw is None or faults.found:
        raise TemplateRefused(source, tuple(faults.found))
    template = _converted(raw, faults)
    if template is not None:
        named = {fault.place for fault in faults.found}
        faults.found.extend(faults_of(template, named))
    if template is None or faults.found:
        raise TemplateRefused(source, tuple(faults.found))
    return template


def _converted(raw: Raw, faults: Faults) -> Template | None:
    """The records of the entries at one go; entry by entry only where there are faults to name."""
    try:
        return msgspec.convert(raw, Template)
    except msgspec.ValidationError:
        return checked(Template, raw, "", faults)


def write_template(template: Template, *, whole: bool = False) -> bytes:
    """The whole template as canonical JSON, as packages carry it; read_template reads it back.

    What only helps at entry (``standing``) is left out, for it changes nothing
    of what was asked; with ``whole`` it is kept too.
    """
    said = msgspec.to_builtins(template, order="deterministic")
    said = said if whole else _asked(said)
    return msgspec.json.format(msgspec.json.encode(said), indent=1)


def _asked(raw: object) -> object:
    if isinstance(raw, dict):
        asked = (key for key, part in raw.items() if key not in HELPS and (part or key not in LATER))
        return {key: _asked(raw[key]) for key in asked}
    return [_asked(part) for part in raw] if isinstance(raw, list | tuple) else raw


def _whole(
    data: bytes, source: str, parent: Callable[[str], bytes | None], faults: Faults, seen: tuple[str, ...]
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


def _decoded(data: bytes, source: str, faults: Faults) -> Raw | None:
    place = _("tệp {source}").format(source=source)
    if len(data) > LARGEST:
        faults.add(place, _("tệp lớn quá {most} byte.").format(most=LARGEST))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        faults.add(
            place,
            _("không phải văn bản UTF-8 (byte thứ {at}). Lưu lại tệp bằng mã UTF-8.").format(at=error.start),
        )
        return None
    try:
        raw = _in_one_form(_parsed(text))
    except (ValueError, msgspec.DecodeError, RecursionError) as error:
        faults.add(place, _("không đọc được: {error}. Sửa dòng được nêu rồi mở lại.").format(error=error))
        return None
    if not isinstance(raw, dict):
        faults.add(place, _("không phải là một mẫu báo cáo."))
        return None
    return raw


def _parsed(text: str) -> object:
    if text.lstrip().startswith("{"):
        return msgspec.json.decode(text)
    if len(text) > LARGEST_TOML:
        raise ValueError(_("tệp TOML dài quá {most} ký tự").format(most=LARGEST_TOML))
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS:
            raise ValueError(_("dòng {line} có quá {most} dấu chấm").format(line=number, most=MOST_DOTS))
    return tomllib.loads(text, parse_float=Decimal)


def _in_one_form(raw: object) -> object:
    if isinstance(raw, str):
        return nfc(raw)
    if isinstance(raw, list):
        return [_in_one_form(part) for part in raw]
    if isinstance(raw, dict):
        return {nfc(str(key)): _in_one_form(part) for key, part in raw.items()}
    return raw


def _laid_over(base: Raw, change: Raw, faults: Faults) -> Raw:
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


def _entry_over(base: Raw, change: Raw, place: str, faults: Faults) -> Raw:
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


def _list_over(base: list[object], change: list[object], place: str, faults: Faults) -> list[object]:
    """Entries of the same id laid over one another; new ones at the end, or behind the one ``after`` names."""
    result = list(base)
    if len(base) + len(change) > MOST_BESIDE:
        faults.add(place, _("có quá {most} phần tử trong một danh sách.").format(most=MOST_BESIDE))
        return result
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


def _put(part: object, entries: list[object], place: str, faults: Faults) -> None:
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

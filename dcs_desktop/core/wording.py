"""Named places: words of a template that change with unit, level and period.

A template writes ``<cap_uy>`` where one unit reads "Huyện ủy" and another
"Đảng ủy xã"; ``<Cap_uy>`` begins with a capital. Places stand in the
template (for all, by level, by type of unit), are overridden by the unit's
own words, and those of :data:`GIVEN` come from the report itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dcs_desktop.core.period import Period
from dcs_desktop.core.report import UnitName
from dcs_desktop.core.template import Places

PLACE = re.compile(r"<([^\W\d]\w*)>")
GIVEN = frozenset({"don_vi", "ten_don_vi", "loai", "cap_tren", "ky", "ky_sau", "ky_truoc", "nam", "nam_sau"})
DEEPEST = 4


def places_named(text: str) -> tuple[str, ...]:
    """The places a text of the template names, in lower case."""
    return tuple(dict.fromkeys(name[0].lower() + name[1:] for name in PLACE.findall(text)))


def declared(places: Places) -> frozenset[str]:
    """Every place that a template gives words for, by whatever level or type."""
    tables = (places.all, *places.level.values(), *places.type.values())
    return frozenset(name for table in tables for name in table)


def places_for(
    places: Places, level: str, unit: UnitName, receiver: UnitName, period: Period, own: Mapping[str, str]
) -> dict[str, str]:
    """The words of every place for one report; ``own`` are the unit's own."""
    words = {
        **places.all,
        **places.level.get(level, {}),
        **places.type.get(unit.type, {}),
        **{name: word for name, word in own.items() if word},
        "don_vi": _in_a_sentence(unit),
        "ten_don_vi": _without_type(unit),
        "loai": unit.type,
        "cap_tren": _in_a_sentence(receiver),
        "ky": period.phrase,
        "ky_sau": period.next().phrase,
        "ky_truoc": period.previous().phrase,
        "nam": str(period.year),
        "nam_sau": str(period.year + 1),
    }
    return {name: worded(word, words) for name, word in words.items()}


def _in_a_sentence(unit: UnitName) -> str:
    """Such as “xã Phương Bình”: the type word small, as official prose writes it; an agency's name as it is."""
    if unit.name.casefold().startswith(unit.type.casefold() + " "):
        return unit.name[:1].lower() + unit.name[1:]
    return unit.name


def _without_type(unit: UnitName) -> str:
    if unit.name.casefold().startswith(unit.type.casefold() + " "):
        return unit.name[len(unit.type) + 1 :]
    return unit.name


def worded(text: str, places: Mapping[str, str]) -> str:
    """A text with its named places filled in; a place without words is left as it stands."""
    for _depth in range(DEEPEST):
        filled = PLACE.sub(lambda found: _word(found, places), text)
        if filled == text:
            break
        text = filled
    return text


def _word(found: re.Match[str], places: Mapping[str, str]) -> str:
    name = found[1]
    if name in places:
        return places[name]
    word = places.get(name[0].lower() + name[1:])
    return found[0] if word is None else word[:1].upper() + word[1:]

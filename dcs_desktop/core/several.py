"""The answer to a question of which any of several choices may be chosen: their ids, in the list's order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

SEVERAL = ";"


def joined(chosen: Collection[object], ids: Sequence[str]) -> str:
    """The chosen ones as one text, in the order of the list."""
    return SEVERAL.join(id for id in ids if id in chosen)


def parted(content: object) -> tuple[str, ...]:
    """The ids in the content of one or several choices; none where it is no text."""
    return tuple(content.split(SEVERAL)) if isinstance(content, str) else ()


def one_of(text: str, ids: Sequence[str]) -> str:
    """A stored content as it is. Raises ValueError when it is none of these."""
    if text not in ids:
        raise ValueError(f"{text[:60]!r} is none of {ids}")
    return text


def some_of(text: str, ids: Sequence[str]) -> str:
    """A stored content as it is. Raises ValueError when it is not what :func:`joined` makes of these ids."""
    if not text or joined(parted(text), ids) != text:
        raise ValueError(f"{text[:60]!r} are not some of {ids} in their order")
    return text


def typed_parts(text: str) -> list[str]:
    """What was typed for each choice."""
    return [part.strip() for part in text.split(SEVERAL) if part.strip()]


def shown(content: object, labels: Mapping[str, str]) -> str:
    """The chosen ones by their labels."""
    return f"{SEVERAL} ".join(labels.get(id, id) for id in parted(content))

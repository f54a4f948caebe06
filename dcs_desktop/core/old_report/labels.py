"""Which figure of a form a label of somebody else's table means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dcs_desktop.core.form import Figure, Form, Role
from dcs_desktop.core.old_report.wording import Short, Weights, words_of

# Words that labels have or leave out as they please.
LOOSE = frozenset({"so", "tong", "cua", "cac", "ve", "trong", "duoc", "va", "ky", "luong"})


@dataclass(frozen=True, slots=True)
class Named:
    """The figure that a label names best: how alike, and how much more than the next one."""

    figure: str
    alike: float
    lead: float


@dataclass(frozen=True)
class Labels:
    """The labels of the figures that can be entered, by figure id."""

    wordings: Mapping[str, tuple[str, ...]]

    @cached_property
    def weights(self) -> Weights:
        """What each word of the labels is worth."""
        return Weights.among(list(self.wordings.values()))

    def named(self, said: Sequence[str], among: Iterable[str] | None = None) -> Named | None:
        """The figure whose label is most like some words; None where no word is shared."""
        bare = [word for word in said if word not in LOOSE] or list(said)
        ranked = sorted(
            (
                (self.weights.alike(bare, self.wordings[id]), id)
                for id in (self.wordings if among is None else among)
                if id in self.wordings
            ),
            reverse=True,
        )
        if not ranked or ranked[0][0] <= 0.0:
            return None
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        return Named(ranked[0][1], ranked[0][0], ranked[0][0] - second)


def labels_of(form: Form, short: Short) -> Labels:
    """The labels of a form's figures, computed ones left out."""
    return Labels(
        {
            figure.id: label_words(figure.label, short)
            for figure in form.figures.values()
            if any(entry_key(form, key) for key in figure.base_keys)
        }
    )


def label_words(text: str, short: Short) -> tuple[str, ...]:
    """The words of a label that tell it from others."""
    said = [word.text for word in words_of(text, short)]
    return tuple(word for word in said if word not in LOOSE) or tuple(said)


def entry_key(form: Form, key: str) -> str:
    """The field in which a figure's value is entered: its own, its override where it is rolled up, "" where it is computed."""
    field = form.fields.get(key)
    if field is not None and field.role is Role.ENTERED:
        return key
    override = form.fields.get(f"{key}.override")
    return f"{key}.override" if override is not None and override.role is Role.OVERRIDE else ""


def unit_words(figure: Figure, short: Short) -> tuple[str, ...]:
    """The words of a figure's unit of measure."""
    return tuple(word.text for word in words_of(figure.type.unit, short))

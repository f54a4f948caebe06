"""How far a report is: answered of asked, by section and by item, and what stands against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dcs_desktop.core.form import Field, Form, Item
from dcs_desktop.core.linked import Figures
from dcs_desktop.core.report import Answers
from dcs_desktop.core.trouble import Finding, Severity


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a section or a report is: answered of asked, and what stands against it.

    ``carried`` of what is missing is there, but taken over from an earlier report and not looked at.
    """

    answered: int = 0
    asked: int = 0
    errors: int = 0
    warnings: int = 0
    missing: int = 0
    carried: int = 0

    @property
    def state(self) -> str:
        """``error``, ``warning``, ``carried``, ``complete``, ``partly`` or ``empty``."""
        if self.errors:
            return "error"
        if self.warnings:
            return "warning"
        if self.carried:
            return "carried"
        if not self.missing:
            return "complete"
        return "partly" if self.answered else "empty"

    @property
    def percent(self) -> int:
        """Answered of asked in whole percent, 100 only when nothing is missing."""
        most = 99 if self.missing else 100
        return min(100 * self.answered // self.asked, most) if self.asked else 100

    def __add__(self, other: Progress) -> Progress:
        return Progress(
            self.answered + other.answered,
            self.asked + other.asked,
            self.errors + other.errors,
            self.warnings + other.warnings,
            self.missing + other.missing,
            self.carried + other.carried,
        )


def progress(
    form: Form, answers: Answers, figures: Figures, findings: tuple[Finding, ...]
) -> dict[str, Progress]:
    """How far each section is, by its id; accepted warnings do not stand against it."""
    result = {section.id: Progress() for section in form.sections}
    for item, part in item_progress(form, answers, figures, findings).items():
        result[form.items[item].section] += part
    return result


def item_progress(
    form: Form, answers: Answers, figures: Figures, findings: tuple[Finding, ...]
) -> dict[str, Progress]:
    """How far each item is, by its id; a finding counts at the item of its first field."""
    result = {id: _answered(item, form.required[id], answers, figures) for id, item in form.items.items()}
    standing = [finding for finding in findings if finding.keys and not finding.accepted]
    found = Counter((form.place_of(finding.keys[0]), finding.severity) for finding in standing)
    carried = Counter(form.place_of(finding.keys[0]) for finding in standing if finding.rule == "carried")
    for place in {place for place, _severity in found}:
        result[place] += Progress(
            errors=found[place, Severity.ERROR],
            warnings=found[place, Severity.WARNING] + found[place, Severity.QUESTION],
            missing=found[place, Severity.MISSING],
            carried=carried[place],
        )
    return result


def _answered(item: Item, required: Iterable[Field], answers: Answers, figures: Figures) -> Progress:
    states = [figures[field.key].answered for field in required]
    if item.prose and item.required:
        states.append(answers.value(item.id).answered)
    return Progress(answered=sum(states), asked=len(states))


def whole(parts: Mapping[str, Progress]) -> Progress:
    """The progress of the whole report."""
    return sum(parts.values(), Progress())

"""Accepted warnings whose figures are others by now: what was accepted was what stood there then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dcs_desktop.core import formula
from dcs_desktop.core.changes import Change, Part
from dcs_desktop.core.form import Form
from dcs_desktop.core.trouble import Finding, Severity
from dcs_desktop.core.values import BLANK, Value

Stood = frozenset[tuple[str, Value]]


class Acceptances:
    """The figures that each accepted warning is about, as seen first; ``reasons`` of those accepted no more, by rule.

    Warnings about words are left out: each of them is accepted for its very
    words. A warning that is away for a moment, because one of its figures is
    being typed, is still remembered.
    """

    def __init__(self) -> None:
        self._stood: dict[str, Stood] = {}
        self.reasons: dict[str, str] = {}

    def outdated(
        self, findings: Iterable[Finding], form: Form, figures: Mapping[str, Value]
    ) -> tuple[Change, ...]:
        """The changes by which warnings whose figures are others now are accepted no more."""
        warned = [f for f in findings if f.severity is Severity.WARNING and f.quote is None]
        about: dict[str, set[str]] = {}
        for finding in warned:
            if finding.accepted:
                about.setdefault(finding.rule, set()).update(finding.keys)
            else:
                self._stood.pop(finding.rule, None)
        for check in form.checks if about else ():
            if check.id in about:
                about[check.id].update(formula.names(check.rule))
        reasons = {finding.rule: finding.accepted for finding in warned if finding.accepted}
        stands = {
            rule: frozenset((key, figures.get(key, BLANK)) for key in keys) for rule, keys in about.items()
        }
        return tuple(self._off(rule, reasons[rule]) for rule, now in stands.items() if self._moved(rule, now))

    def _moved(self, rule: str, stands: Stood) -> bool:
        return self._stood.setdefault(rule, stands) != stands

    def _off(self, rule: str, reason: str) -> Change:
        del self._stood[rule]
        self.reasons[rule] = reason
        return Change(Part.ACCEPTED, rule, reason, "")

"""The texts of a whole report, each checked when it is read first and whenever it or a figure changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dcs_desktop.core.form import Form, Item
from dcs_desktop.core.linked import Figures, shown_link
from dcs_desktop.core.narrative import Link, read
from dcs_desktop.core.passages import Passage, passages
from dcs_desktop.core.report import Answers, Report
from dcs_desktop.core.trouble import Finding, Quote, Severity
from dcs_desktop.i18n import _

if TYPE_CHECKING:
    from dcs_desktop.core.doubts import Doubt
    from dcs_desktop.core.prose.names import Names

# No report writes more under one item; what is longer is left to the command line, so that typing stays quick.
LONGEST_ITEM = 100_000
DIGIT = re.compile("[0-9]")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the texts of a report are checked against, as it stands at one moment."""

    form: Form
    report: Report
    figures: Figures
    before: Figures | None = None

    def printed(self, link: Link) -> str:
        """What a linked figure prints."""
        zero = self.report.letterhead.leading_zero
        return shown_link(link, self.form, self.figures, self.report.answers, self.before, zero)


class TextCheck:
    """Remembers which texts were read, and what the figures of the form are called.

    A text says nothing until it was read, for reading all of a long report takes too long for one moment.
    """

    def __init__(self, answers: Answers, form: Form) -> None:
        self._form: Form | None = None
        self._names: Names | None = None
        self._looking: Iterator[Passage] | None = None
        self._unread = [item.id for item in form.items.values() if answers.prose(item.id)]

    def read(self, item: str) -> None:
        """Take in a text."""
        self._unread = [id for id in self._unread if id != item]
        self._looking = None

    def go_on(self, facts: Facts, more: Callable[[], bool] = lambda: True) -> bool:
        """Look at the texts not read yet, passage by passage, as long as there is ``more`` time; whether all are read."""
        while self._unread:
            self._looking = self._looking or _passages(self._unread[0], facts)
            for passage in self._looking:
                self.doubts(self._unread[0], passage, facts)
                if not more():
                    return False
            self.read(self._unread[0])
        return True

    def findings(self, facts: Facts) -> Iterator[Finding]:
        """What is doubtful in the texts that were read; the same words of an item are one finding."""
        unread = set(self._unread)
        for item in facts.form.items.values():
            found = _passages(item.id, facts) if item.id not in unread else ()
            doubtful = (doubt for passage in found for doubt in self.doubts(item.id, passage, facts))
            yield from {doubt.rule(item.id): _finding(item, doubt) for doubt in doubtful}.values()

    def doubts(self, item: str, passage: Passage, facts: Facts) -> tuple[Doubt, ...]:
        """What is doubtful in one passage of an item."""
        if not DIGIT.search(passage.text):
            return ()
        # What reads prose is loaded when there is prose to read.
        from dcs_desktop.core import doubts

        if self._names is None or facts.form is not self._form:
            self._form, self._names = facts.form, doubts.names_of(facts.form)
        section, year = facts.form.items[item].section, facts.report.identity.period.year
        return doubts.doubts(passage, doubts.Place(facts.form, self._names, section, year), facts.figures)


def _passages(item: str, facts: Facts) -> Iterator[Passage]:
    text = facts.report.answers.prose(item)
    if len(text) <= LONGEST_ITEM:
        yield from passages(read(text), facts.printed)


def _finding(item: Item, doubt: Doubt) -> Finding:
    message = _("Mục {place}: {said}").format(place=item.id, said=doubt.message)
    quote = Quote(doubt.words, doubt.stated, doubt.correction)
    return Finding(doubt.rule(item.id), Severity.WARNING, (item.id,), message, quote=quote)

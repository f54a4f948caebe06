"""The texts of a whole report, each checked when it is read first and whenever it or a figure changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dcs_desktop.core.doubts import Doubt, Place, doubts, names_of
from dcs_desktop.core.form import Form, Item
from dcs_desktop.core.linked import Figures, shown_link
from dcs_desktop.core.narrative import Link, read
from dcs_desktop.core.passages import Passage, passages
from dcs_desktop.core.prose.names import Names
from dcs_desktop.core.report import Answers, Report
from dcs_desktop.core.trouble import Finding, Quote, Severity
from dcs_desktop.i18n import _

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
        self._names = Names(())
        self._unread = [item.id for item in form.items.values() if answers.prose(item.id)]

    def read(self, item: str = "") -> bool:
        """Take in a text, the next unread one for ""; whether all are read now."""
        wanted = item or next(iter(self._unread), "")
        self._unread = [id for id in self._unread if id != wanted]
        return not self._unread

    def findings(self, facts: Facts) -> Iterator[Finding]:
        """What is doubtful in the texts that were read; the same words of an item are one finding."""
        unread = set(self._unread)
        for item in facts.form.items.values():
            text = facts.report.answers.prose(item.id)
            if text and item.id not in unread and len(text) <= LONGEST_ITEM:
                found = passages(read(text), facts.printed)
                doubtful = (doubt for passage in found for doubt in self.doubts(item.id, passage, facts))
                yield from {doubt.rule(item.id): _finding(item, doubt) for doubt in doubtful}.values()

    def doubts(self, item: str, passage: Passage, facts: Facts) -> tuple[Doubt, ...]:
        """What is doubtful in one passage of an item."""
        if not DIGIT.search(passage.text):
            return ()
        if facts.form is not self._form:
            self._form, self._names = facts.form, names_of(facts.form)
        place = Place(
            facts.form, self._names, facts.form.items[item].section, facts.report.identity.period.year
        )
        return doubts(passage, place, facts.figures)


def _finding(item: Item, doubt: Doubt) -> Finding:
    message = _("Mục {place}: {said}").format(place=item.id, said=doubt.message)
    quote = Quote(doubt.words, doubt.stated, doubt.correction)
    return Finding(doubt.rule(item.id), Severity.WARNING, (item.id,), message, quote=quote)

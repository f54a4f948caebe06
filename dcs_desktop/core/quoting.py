"""What a unit wrote, quoted in the report of the one that takes it in: in its words, its figures as it printed them."""

from __future__ import annotations

from dataclasses import replace

from dcs_desktop.core.answers import compute
from dcs_desktop.core.form import Form
from dcs_desktop.core.linked import shown_in_sentence
from dcs_desktop.core.narrative import Inline, Link, NoteMark, Prose, Text, mapped, read, tidy
from dcs_desktop.core.report import Report


def quotation(report: Report, form: Form, item: str) -> Prose:
    """The text of an item between quotation marks, its unit named behind it; empty where nothing was written.

    Linked figures are letters here, for they are the unit's own; footnotes stay behind.
    """
    figures = compute(form, report.answers)

    def said(inline: Inline) -> Inline:
        match inline:
            case Link():
                return Text(shown_in_sentence(inline, form, figures), inline.bold, inline.italic)
            case NoteMark():
                return Text("")
            case Text():
                return inline

    written = tidy(mapped(Prose(read(report.answers.prose(item)).paragraphs), said)).paragraphs
    if not written:
        return Prose()
    first, *_rest = written
    quoted = [replace(first, inlines=(Text("“"), *first.inlines)), *written[1:]]
    source = Text(f"” ({report.identity.unit.name})")
    quoted[-1] = replace(quoted[-1], inlines=(*quoted[-1].inlines, source))
    return tidy(Prose(tuple(quoted)))

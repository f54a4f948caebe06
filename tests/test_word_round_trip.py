"""The law of the Word file: what the editor can make, written and read back by nobody edited, is the same."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dcs_desktop import reading, starting, taking_back, template_library
from dcs_desktop.core.differing import differences, in_order
from dcs_desktop.core.form import Form
from dcs_desktop.core.narrative import (
    Inline,
    Link,
    NoteMark,
    Paragraph,
    Prose,
    Text,
    listed,
    mapped,
    marks,
    read,
    tidy,
    write,
)
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Answers, Identity, Report
from dcs_desktop.core.text import nfc
from dcs_desktop.core.values import given as answer
from dcs_desktop.forms import form_of
from tests.core.test_narrative import proses

ITEMS = ("I.a", "I.b", "I.c", "II.1.a", "II.1.b", "II.1.c")
# Figures and a table of the form in the place of those of the small template.
KEYS = {"hoa_giai.thanh": "hoa_giai.thanh", "giam_sat.done": "giam_sat.mttq.done", "van_ban": "van_ban"}
YEAR = Period(2024)
SETUP = starting.proposed_setup(starting.unit_of("31426@GSO-2024", YEAR), YEAR)
IDENTITY = Identity(SETUP.unit, SETUP.receiver, YEAR, "commune", "dcs@2024")
FORM: Form = form_of(IDENTITY, SETUP.letterhead, template_library.template)


def _of_the_form(prose: Prose) -> Prose:
    """With figures that the form has; without what is refused: a mark over no letter, a footnote only within another."""
    marked = marks(prose)

    def known(inline: Inline) -> Inline:
        match inline:
            case Link():
                return replace(inline, key=KEYS[inline.key])
            case Text(text, bold, italic):
                return Text(nfc(text).replace("\u0301", ""), bold, italic)
            case NoteMark():
                return inline

    def kept(text: Paragraph) -> Paragraph:
        return replace(
            text, inlines=tuple(i for i in text.inlines if not isinstance(i, NoteMark) or i.id in marked)
        )

    found = mapped(tidy(prose), known)
    return Prose(found.paragraphs, {id: tuple(map(kept, texts)) for id, texts in found.notes.items()})


def _report(sources: dict[str, str]) -> Report:
    values = {item: answer(source) for item, source in sources.items() if source.strip()}
    return Report(IDENTITY, Answers({**values, "hoa_giai.thanh": answer(45)}), SETUP.letterhead)


def _read(sources: dict[str, str]) -> dict[str, str]:
    found = reading.read_bytes(taking_back.written(_report(sources), FORM, None), "a.docx")
    assert found.faults == ()
    return {id: item.markup for id, item in found.items.items()}


TEXTS = st.lists(proses.map(_of_the_form), min_size=len(ITEMS), max_size=len(ITEMS))


@settings(max_examples=8)
@given(TEXTS)
def test_what_was_written_is_read(texts: list[Prose]) -> None:
    _written_is_read(texts)


@pytest.mark.soak
@settings(max_examples=150)
@given(TEXTS)
def test_whatever_was_written_is_read(texts: list[Prose]) -> None:
    _written_is_read(texts)


def _written_is_read(texts: list[Prose]) -> None:
    sources = {item: write(prose) for item, prose in zip(ITEMS, texts, strict=True)}
    found = _read(sources)
    for item, source in sources.items():
        assert found[item] == _as_word_has_it(source)


def _as_word_has_it(source: str) -> str:
    """The text as paper has it: a typed dash begins an entry, a footnote without words has dots.

    In a footnote a typed number with two spaces behind it is one of a list.
    """
    prose = read(in_order(source))
    notes = {id: prose.notes.get(id) or read("……").paragraphs for id in marks(prose)}
    said = {id: tuple(map(listed, _entries(texts))) for id, texts in notes.items()}
    return in_order(write(Prose(_entries(prose.paragraphs), said)))


def _entries(texts: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    lines = [re.sub(r"^\\(?=-)", "", write(Prose((text,)))) for text in texts]
    return tuple(paragraph for line in lines for paragraph in read(line).paragraphs)


@settings(max_examples=3)
@given(TEXTS)
def test_a_file_that_nobody_edited_has_no_difference(texts: list[Prose]) -> None:
    answers = _report({item: write(prose) for item, prose in zip(ITEMS, texts, strict=True)})
    data = taking_back.written(answers, FORM, None)
    ours, theirs = reading.read_bytes(data, "a.docx"), reading.read_bytes(data, "b.docx")
    assert differences(FORM, theirs, ours, answers.answers, answers.answers) == ()


@pytest.mark.parametrize(
    "source",
    [
        "Có {ntm.dat_chuan|boxes}.",
        "Một[^a], hai[^b], lại một[^a].\n\n[^a]: Sổ {hoa_giai.thanh} vụ, xem[^b].\n\n[^b]: Biên bản.",
        "- một\n- **hai** và *ba*",
        "{#1} một\n{#2} **hai**\n\nGiữa.\n\n{#3} ba\n{#1} lại một\n- dấu\n{#2} hai\n\n1. gõ tay",
        "Xem[^a].\n\n[^a]: {#1} một\n    {#2} hai",
        "45 vụ, ngày 5 tháng 12, Số 12/BC, 71/72",
        "{hoa_giai.thanh|value;d=2;zero;unit}",
    ],
)
def test_what_is_rare(source: str) -> None:
    assert _read({"I.a": source})["I.a"] == in_order(source)

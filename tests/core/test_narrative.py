"""Prose as a tree and as its canonical string."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dcs_desktop.core.narrative import (
    Inline,
    Link,
    NoteMark,
    Paragraph,
    Prose,
    Text,
    links,
    marks,
    plain,
    read,
    tidy,
    write,
)

texts = st.builds(
    Text, st.text(alphabet="aăđ# *-{}[]\\^:|.,1\n\t\u0301 ", max_size=12), st.booleans(), st.booleans()
)
found_links = st.builds(
    Link,
    st.sampled_from(["hoa_giai.thanh", "giam_sat.done", "van_ban"]),
    st.sampled_from(["value", "change", "count"]),
    st.none() | st.integers(0, 6),
    st.none() | st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
note_marks = st.builds(NoteMark, st.sampled_from(["1", "n-2", "c"]))
inlines: st.SearchStrategy[Inline] = st.one_of(texts, texts, found_links, note_marks)
numbers = st.sampled_from([0, 0, 0, 1, 2, 3, 999, 1000])
paragraphs = st.builds(Paragraph, st.lists(inlines, max_size=6).map(tuple), st.booleans(), numbers)
proses = st.builds(
    Prose,
    st.lists(paragraphs, max_size=4).map(tuple),
    st.dictionaries(
        st.sampled_from(["1", "n-2", "c"]), st.lists(paragraphs, max_size=3).map(tuple), max_size=3
    ),
)


@settings(max_examples=400)
@given(proses)
def test_a_tree_reads_back_from_its_string(prose: Prose) -> None:
    assert read(write(prose)) == tidy(prose)


@settings(max_examples=300)
@given(st.text(alphabet="ab# *-{}[]\\^:|1\n ", max_size=60))
def test_any_text_is_read_and_its_string_is_stable(markup: str) -> None:
    canonical = write(read(markup))
    assert write(read(canonical)) == canonical


def test_a_whole_example() -> None:
    prose = read(
        "Đã hòa giải **thành** {hoa_giai.thanh|value;d=1;zero} vụ[^1], gồm:\n- việc *một*\n- việc hai\n\n"
        "[^1]: Nội dung.\n    Đoạn hai."
    )
    assert [p.bullet for p in prose.paragraphs] == [False, True, True]
    assert links(prose) == (Link("hoa_giai.thanh", decimals=1, leading_zero=True),)
    assert marks(prose) == ("1",)
    assert len(prose.notes["1"]) == 2
    assert plain(prose, lambda link: "358").splitlines()[0] == "Đã hòa giải thành 358 vụ, gồm:"


@pytest.mark.parametrize(
    "text", ["<b>&", "*", "**", "{x", "{}", "[^]", "- ", "5 * 3 * 2", "a\\b", "{{hoa}}", "[^1]: x"]
)
def test_signs_typed_as_text_stay_text(text: str) -> None:
    prose = Prose((Paragraph((Text(text),)),))
    assert plain(read(write(prose))) == text.strip()


def test_a_mark_that_meets_its_letter_becomes_one_sign_with_it() -> None:
    apart = Prose((Paragraph((Text("a", bold=True), Text("\u0301", bold=True))),), {})
    assert tidy(apart) == read(write(apart)) == Prose((Paragraph((Text("á", bold=True),)),), {})

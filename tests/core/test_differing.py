"""What counts as a difference, and which words are shown as other ones."""

from __future__ import annotations

from hypothesis import given, settings

from dcs_desktop.core.changed_words import Piece, changed_letters, changed_words
from dcs_desktop.core.differing import in_order, restored
from dcs_desktop.core.narrative import NoteMark, Paragraph, Prose, read, write
from tests.core.test_narrative import proses


@settings(max_examples=100)
@given(proses)
def test_an_untouched_text_keeps_its_source(prose: Prose) -> None:
    source = write(prose)
    assert in_order(restored(source, in_order(source), in_order(source))) == in_order(source)


@settings(max_examples=100)
@given(proses, proses)
def test_an_edited_text_prints_as_it_was_edited(before: Prose, after: Prose) -> None:
    # A Word file has no footnote within a footnote.
    bare = {
        id: tuple(Paragraph(tuple(i for i in text.inlines if not isinstance(i, NoteMark))) for text in texts)
        for id, texts in after.notes.items()
    }
    source, edited = write(before), in_order(write(Prose(after.paragraphs, bare)))
    assert in_order(restored(source, in_order(source), edited)) == in_order(edited)


def test_footnotes_keep_their_names_when_one_goes() -> None:
    source = "a[^x] b[^y] c[^z]\n\n[^x]: một\n\n[^y]: hai\n\n[^z]: ba"
    edited = "a b[^1] c[^2]\n\n[^1]: hai\n\n[^2]: ba!"
    assert restored(source, in_order(source), edited) == "a b[^y] c[^x]\n\n[^y]: hai\n\n[^x]: ba!"


def _marked(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{p.text}]" if p.changed else p.text for p in pieces if not p.ends)


def test_the_words_that_differ() -> None:
    old, new = changed_words(read("Đã họp ba lần, tốt."), read("Đã tổ chức họp bốn lần, tốt."))
    assert _marked(old) == "Đã họp [ba ]lần, tốt."
    assert _marked(new) == "Đã [tổ chức ]họp [bốn ]lần, tốt."


def test_emphasis_alone_is_a_change() -> None:
    old, new = changed_words(read("rất quan trọng"), read("rất **quan trọng**"))
    assert (_marked(old), _marked(new)) == ("rất [quan trọng]", "rất [quan trọng]")
    assert [piece.bold for piece in new if piece.changed] == [True]


def test_figures_and_footnotes_are_shown_as_printed() -> None:
    old, new = changed_words(
        read("Có {a.b} vụ[^q]\n\n[^q]: Sổ."), read("Có {a.b} vụ[^w]\n\n[^w]: Sổ hai."), lambda _link: "45"
    )
    assert (_marked(old), _marked(new)) == ("Có 45 vụ11Sổ.", "Có 45 vụ11Sổ [hai].")


def test_letters_alone() -> None:
    assert _marked(changed_letters("", "một dòng")[1]) == "[một dòng]"
    assert changed_letters("như cũ", "như cũ")[0] == (Piece("như cũ"), Piece("", ends=True))

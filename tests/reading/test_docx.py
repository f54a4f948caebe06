"""What Word and its users do to a file, and what is read of it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from dcs_desktop.core.returned import Origin
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.reading import read, read_bytes
from tests.reading.word_files import SAID, figure, files, item, note, paragraph, run, word_file, zipped

BULLETS = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>'
)
LETTERS = (
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/>'
    '</w:lvl></w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="2"/></w:num>'
)
STRONG = '<w:style w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>'


def _entry(list_id: int, depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'


def _markup(*inside: str, **parts: str) -> str:
    """What is read of an item with this inside."""
    found = read_bytes(word_file(item("II.1.a", *inside), **parts), "a.docx")  # type: ignore[arg-type]  # numbering, styles
    assert found.faults == ()
    return found.items["II.1.a"].markup


def test_which_report_it_is_of() -> None:
    found = read_bytes(word_file(item("I.1")), "a.docx")
    assert found.origin == Origin("31426@GSO-2024", "2024", 0, "dcs@2024", "0" * 64)


@pytest.mark.parametrize(
    ("inside", "markup"),
    [
        (paragraph(run("Đã "), run("họ"), run("p "), run("3 "), run("lần.")), "Đã họp 3 lần."),
        (
            paragraph('<w:proofErr w:type="spellStart"/>', run("xã"), '<w:bookmarkStart w:id="0" w:name="a"/>', run(" ta")),
            "xã ta",
        ),
        (paragraph(run("Đã ", "<w:b/>"), run("họp", "<w:b/><w:i/>"), run(" 3", '<w:b w:val="0"/>')), "**Đã *họp*** 3"),
        (paragraph(run("A"), f"<w:ins>{run(' thêm')}</w:ins><w:del><w:r><w:delText> bớt</w:delText></w:r></w:del>"), "A thêm"),
        (paragraph(f"<w:smartTag>{run('Phường')}</w:smartTag>", f"<w:hyperlink>{run(' 1')}</w:hyperlink>"), "Phường 1"),
        (paragraph("<w:r><w:t>dân</w:t><w:softHyphen/><w:t>chủ</w:t><w:tab/><w:t>cơ</w:t><w:noBreakHyphen/><w:t>sở</w:t></w:r>"), "dânchủ cơ-sở"),
        (paragraph("<w:r><w:t>một</w:t><w:br/><w:t>hai</w:t></w:r>"), "một\n\nhai"),
        (paragraph('<w:r><w:br w:type="page"/><w:t>hai</w:t></w:r>'), "hai"),
        (paragraph(run("- gạch")) + paragraph(run("• chấm")), "- gạch\n- chấm"),
        (paragraph(run("a")) + paragraph() + paragraph(run("b")), "a\n\nb"),
        (paragraph(run("1 &lt; 2 * 3 {x} **")), "1 < 2 \\* 3 \\{x} \\*\\*"),
        (f"<w:tbl><w:tr><w:tc>{paragraph(run('ô 1'))}</w:tc><w:tc>{paragraph(run('ô 2'))}</w:tc></w:tr></w:tbl>", "ô 1\n\nô 2"),
        (paragraph(run(unicodedata.normalize("NFD", "Hòa giải ở ấp"))), "Hòa giải ở ấp"),
        (paragraph(run("a\u00a0b\u00adc")), "a bc"),
        (
            paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>', run("7")),
            "7",
        ),
        (
            "<mc:AlternateContent><mc:Choice Requires='x'>" + paragraph(run("mới")) + "</mc:Choice><mc:Fallback>"
            + paragraph(run("cũ")) + "</mc:Fallback></mc:AlternateContent>",
            "mới",
        ),
    ],
)  # fmt: skip
def test_what_word_does_to_a_text(inside: str, markup: str) -> None:
    assert _markup(inside) == markup


def test_lists_of_word() -> None:
    assert _markup(paragraph(run("một"), properties=_entry(4)), numbering=BULLETS) == "- một"
    numbered = [
        paragraph(run("ba"), properties=_entry(5)),
        paragraph(run("con"), properties=_entry(5, 1)),
        paragraph(run("em"), properties=_entry(5, 1)),
        paragraph(run("bốn"), properties=_entry(5)),
        paragraph(run("lại"), properties=_entry(5, 1)),
    ]
    assert _markup(*numbered, numbering=LETTERS).split("\n\n") == [
        "{#3} ba",
        "3.a) con",
        "3.b) em",
        "{#4} bốn",
        "4.a) lại",
    ]


def test_emphasis_by_style() -> None:
    strong = '<w:rStyle w:val="Strong"/>'
    assert _markup(paragraph(run("đậm", strong), run(" nhạt")), styles=STRONG) == "**đậm** nhạt"


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    assert _markup(paragraph(run("một "), properties=gone), paragraph(run("hai"))) == "một hai"


def test_footnotes_are_numbered_within_their_item() -> None:
    data = word_file(
        item("I.1", paragraph(run("a"), note(7))),
        item("I.2", paragraph(run("b"), note(3), run(" c"), note(9), note(3))),
        notes={3: "ba", 7: "bảy", 9: "chín"},
    )
    found = read_bytes(data, "a.docx").items
    assert found["I.1"].markup == "a[^1]\n\n[^1]: bảy"
    assert found["I.2"].markup == "b[^1] c[^2][^1]\n\n[^1]: ba\n\n[^2]: chín"


def test_a_footnote_marked_again_is_the_same_one() -> None:
    """A reference to its first mark, as the program writes it and as Word writes it anew."""
    first = f'<w:bookmarkStart w:id="4" w:name="dcs_note_2"/>{note(8)}<w:bookmarkEnd w:id="4"/>'
    again = '<w:fldSimple w:instr=" NOTEREF dcs_note_2 \\h ">' + run("2") + "</w:fldSimple>"
    parts = ['<w:fldChar w:fldCharType="begin"/>', "<w:instrText> NOTEREF dcs_note_2 </w:instrText>"]
    parts += ['<w:fldChar w:fldCharType="separate"/>', "<w:t>2</w:t>", '<w:fldChar w:fldCharType="end"/>']
    anew = "".join(f"<w:r>{part}</w:r>" for part in parts)
    data = word_file(
        item("I.1", paragraph(run("a"), first, run(" b"), again, run(" c"), anew)), notes={8: "Sổ"}
    )
    assert read_bytes(data, "a.docx").items["I.1"].markup == "a[^1] b[^1] c[^1]\n\n[^1]: Sổ"


def test_tick_boxes_are_no_pictures() -> None:
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FD"/></w:r>'
    found = read_bytes(word_file(item("I.1", paragraph(figure("a|boxes", run("Có "), sign)))), "a.docx")
    assert [one.text for one in found.items["I.1"].figures] == ["Có ☒"]
    assert found.counted.left_out == 0


def test_a_figure_is_its_link_whatever_was_typed() -> None:
    long = "{" + "a" * 70 + "|value;zero}"
    data = word_file(
        item(
            "I.1",
            paragraph(run("Đã "), figure("hoa_giai.thanh|value;zero", run("4", "<w:b/>"), run("6", "<w:b/>"))),
            paragraph(figure("{giam_sat.done}", run("12"))),
            paragraph(
                '<w:sdt><w:sdtPr><w:alias w:val="' + long + '"/><w:tag w:val="figure:short"/></w:sdtPr><w:sdtContent>'
                + run("1") + "</w:sdtContent></w:sdt>"
            ),
        )
    )  # fmt: skip
    found = read_bytes(data, "a.docx").items["I.1"]
    assert found.markup == "Đã **{hoa_giai.thanh|value;zero}**\n\n{giam_sat.done}\n\n" + long
    assert [figure.text for figure in found.figures] == ["46", "12", "1"]


def test_what_stands_outside_the_items() -> None:
    data = word_file(
        paragraph(run("ỦY BAN")),
        item("I.1", paragraph(run("a"))),
        paragraph(run("gõ ra ngoài "), figure("x", run("5"))),
        item("I.2", more="<w:showingPlcHdr/>"),
        item("I.1", paragraph(run("b"))),
    )
    found = read_bytes(data, "a.docx")
    assert [(one.after, one.text) for one in found.outside] == [("", "ỦY BAN"), ("I.1", "gõ ra ngoài 5")]
    assert found.items["I.1"].markup == "a\n\nb"
    assert found.items["I.2"].placeholder
    assert not found.items["I.1"].placeholder


def test_what_is_counted_and_told() -> None:
    strange = (
        '<w:sdt><w:sdtPr><w:tag w:val="khác"/></w:sdtPr><w:sdtContent>' + run("c") + "</w:sdtContent></w:sdt>"
    )
    data = word_file(
        item(
            "I.1",
            paragraph(f"<w:ins>{run('a')}</w:ins>", "<w:moveFrom/>", run("b", "<w:strike/>"), strange),
            paragraph("<w:r><w:drawing/></w:r><w:r><w:commentReference w:id='1'/></w:r>"),
        )
    )
    found = read_bytes(data, "a.docx")
    counted = found.counted
    assert (counted.tracked, counted.comments, counted.left_out, counted.struck) == (2, 1, 1, 1)
    assert found.unknown == ("khác",)
    assert found.items["I.1"].markup == "abc"


def test_names_of_parts_are_those_of_the_file(tmp_path: Path) -> None:
    """Word on the web calls the document document2.xml."""
    parts = files(item("I.1", paragraph(run("a"))))
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["[Content_Types].xml"] = str(parts["[Content_Types].xml"]).replace(
        "word/document.xml", "word/document2.xml"
    )
    path = tmp_path / "Báo cáo.docx"
    path.write_bytes(zipped(parts))
    assert read(path).items["I.1"].markup == "a"


def test_a_file_that_does_not_say_whose_it_is() -> None:
    for said in ({}, {**SAID, "dcs.revision": "hai"}, {**SAID, "dcs.unit": ""}):
        (fault,) = read_bytes(zipped(files(said=said)), "a.docx").faults
        assert fault.code == "not_ours"


def test_a_file_whose_controls_are_gone_says_so() -> None:
    (fault,) = read_bytes(word_file(paragraph(run("Chữ"))), "a.docx").faults
    assert fault.code == "not_ours"
    assert "ô nội dung" in fault.message


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="vắng"):
        read(tmp_path / "vắng.docx")

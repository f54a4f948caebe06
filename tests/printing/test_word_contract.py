"""What docs/word.md promises to whoever reads a Word file of ours: controls, footnotes, properties."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from dcs_desktop.core.report import Answers
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import NONE
from dcs_desktop.printing import render_word
from tests.printing.samples import ANSWERS, PARTY, STATE, form, report, told
from tests.printing.word_file import Opened, W, found, opened, text, values

NOTED = told(
    {
        "III.1.e": (
            "Đã hòa giải **thành** {hoa_giai.thanh|value;nozero} vụ[^a], *còn* {hoa_giai.dua_ra} vụ[^b], xem lại[^a].\n"
            "- việc thứ nhất\n- việc thứ hai\n\n"
            "[^a]: Chú một.\n    Đoạn hai của chú một.\n[^b]: Có {hoa_giai.tiep_nhan} vụ."
        ),
        "IV.1": "Nhiệm vụ[^x].\n\n[^x]: Chú ba.",
    }
)


@pytest.fixture(scope="module")
def noted() -> Opened:
    return opened(answers=NOTED)


def test_the_prose_of_each_item_is_one_control_between_paragraphs(noted: Opened) -> None:
    assert values(noted.body, "w:sdt/w:sdtPr/w:tag") == ["item:III.1.e", "item:III.1.g", "item:IV.1"]
    control = noted.control("item:III.1.e")
    assert control.getparent().tag == f"{W}body"
    paragraphs = found(control, "w:sdtContent/w:p")
    assert [text(paragraph) for paragraph in paragraphs] == [
        "Đã hòa giải thành 8\u00a0vụ, còn 40\u00a0vụ, xem lại1.",
        "việc thứ nhất",
        "việc thứ hai",
    ]
    assert values(control, "w:sdtContent/w:p/w:pPr/w:pStyle") == ["BodyText", "ListBullet", "ListBullet"]
    assert found(control, "w:sdtPr/w:showingPlcHdr") == []


def test_the_officer_sees_number_and_prompt_on_the_control(noted: Opened) -> None:
    assert values(noted.control("item:III.1.e"), "w:sdtPr/w:alias") == [
        "III.1.e. Kết quả hoạt động của tổ hòa giải"
    ]


def test_bold_and_italic_are_words_own(noted: Opened) -> None:
    control = noted.control("item:III.1.e")
    assert [text(run) for run in found(control, ".//w:r[w:rPr/w:b]")] == ["thành"]
    assert [text(run) for run in found(control, ".//w:r[w:rPr/w:i]")] == ["còn"]


def test_a_linked_figure_is_a_control_within_the_line(noted: Opened) -> None:
    control = noted.control("figure:hoa_giai.thanh|value;nozero")
    assert control.getparent().tag == f"{W}p"
    assert text(control) == "8"
    assert values(control, "w:sdtPr/w:alias") == ["Số vụ hòa giải thành"]


def test_linked_figures_of_notes_and_of_the_annexes_are_controls_too(noted: Opened) -> None:
    notes = values(noted.root("word/footnotes.xml"), ".//w:sdt/w:sdtPr/w:tag")
    assert notes == ["figure:hoa_giai.tiep_nhan"]
    cells = values(noted.body, "w:tbl//w:tc//w:sdt/w:sdtPr/w:tag")
    assert {"figure:hoa_giai.thanh", "figure:giam_sat.done", "figure:giam_sat.percent"} <= set(cells)
    lines = values(noted.body, "w:p/w:sdt/w:sdtPr/w:tag")
    assert lines[-4:] == [
        "figure:nha_van_hoa|boxes",
        "figure:cong_trai|boxes",
        "figure:hop_dan|boxes",
        "figure:hoa_giai.tiep_nhan",
    ]


def test_every_control_has_a_number_of_its_own(noted: Opened) -> None:
    ids = values(noted.body, ".//w:sdtPr/w:id") + values(noted.root("word/footnotes.xml"), ".//w:sdtPr/w:id")
    assert len(ids) == len(set(ids)) > 10


def test_a_link_too_long_for_a_tag_stands_in_the_title() -> None:
    from dcs_desktop.printing.word.controls import Controls

    link = "ket_qua_hoa_giai_o_co_so_trong_nam.ty_le_hoa_giai|value;d=2"
    made = Controls().figure(link, "Tỷ lệ", [])
    (tag,), (alias,) = values(made, "w:sdtPr/w:tag"), values(made, "w:sdtPr/w:alias")
    assert tag.startswith("figure:ket_qua_hoa_giai_o_co_so_trong_nam.ty_le#")
    assert len(tag) <= 64
    assert alias == "{" + link + "}"


def test_an_item_without_an_answer_shows_a_placeholder_of_dots() -> None:
    control = opened(answers=Answers()).control("item:III.1.e")
    assert len(found(control, "w:sdtPr/w:showingPlcHdr")) == 1
    (paragraph,) = found(control, "w:sdtContent/w:p")
    assert values(paragraph, "w:pPr/w:pStyle") == ["BodyText"]
    assert found(paragraph, "w:pPr/w:tabs/w:tab")[0].get(f"{W}leader") == "dot"
    assert found(paragraph, "w:pPr/w:tabs/w:tab")[0].get(f"{W}pos") == "9354"
    assert text(paragraph).strip() == ""


def test_an_item_answered_with_nothing_says_so_in_its_control() -> None:
    said = opened(answers=ANSWERS.with_value("IV.1", NONE)).control("item:IV.1")
    assert text(said) == "Không có."
    assert found(said, "w:sdtPr/w:showingPlcHdr") == []


def test_footnotes_are_words_own_numbered_in_the_order_of_their_marks(noted: Opened) -> None:
    marks = [mark.get(f"{W}id") for mark in found(noted.body, ".//w:footnoteReference")]
    assert marks == ["1", "2", "3"]
    notes = noted.root("word/footnotes.xml")
    assert [(note.get(f"{W}id"), note.get(f"{W}type")) for note in notes] == [
        ("-1", "separator"),
        ("0", "continuationSeparator"),
        ("1", None),
        ("2", None),
        ("3", None),
    ]
    said = {note.get(f"{W}id"): [text(p) for p in note] for note in notes[2:]}
    assert said == {
        "1": [" Chú một.", "Đoạn hai của chú một."],
        "2": [" Có 1.640\u00a0vụ."],
        "3": [" Chú ba."],
    }
    assert len(found(notes, "w:footnote/w:p[1]/w:r/w:footnoteRef")) == 3


def test_the_footnotes_part_is_known_to_the_document_and_its_settings(noted: Opened) -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    assert (
        f'PartName="/word/footnotes.xml" ContentType="{kind}"' in noted.parts["[Content_Types].xml"].decode()
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    assert relation in noted.parts["word/_rels/document.xml.rels"].decode()
    settings = noted.root("word/settings.xml")
    assert [n.get(f"{W}id") for n in found(settings, "w:footnotePr/w:footnote")] == ["-1", "0"]


def test_a_note_marked_again_is_pointed_to(noted: Opened) -> None:
    (field,) = found(noted.body, ".//w:fldSimple")
    assert field.get(f"{W}instr") == " NOTEREF dcs_note_1 \\h "
    assert text(field) == "1"
    (bookmark,) = found(noted.body, ".//w:bookmarkStart")
    assert bookmark.get(f"{W}name") == "dcs_note_1"
    assert bookmark.getnext()[-1].tag == f"{W}footnoteReference"


def test_a_note_within_a_note_is_refused_by_its_item() -> None:
    said = told({"IV.1": "Việc[^a].\n\n[^a]: Xem thêm[^b].\n[^b]: Chú trong chú."})
    with pytest.raises(Refusal, match=r"Mục IV\.1: .*chú thích nằm trong chú thích.*chuyển dấu chú thích"):
        opened(answers=said)


def test_two_hundred_footnotes() -> None:
    marks = " ".join(f"Việc {n}[^n{n}]." for n in range(200))
    notes = "\n".join(f"[^n{n}]: Chú thích thứ {n}." for n in range(200))
    made = opened(answers=told({"IV.1": f"{marks}\n\n{notes}"}))
    assert len(found(made.body, ".//w:footnoteReference")) == 200
    assert text(made.root("word/footnotes.xml")[-1]) == " Chú thích thứ 199."


def test_the_file_knows_which_report_it_is() -> None:
    made = opened(replace(PARTY, number=""))
    said = {node.get("name"): node[0].text for node in made.root("docProps/custom.xml")}
    digest = said.pop("dcs.digest")
    assert said == {
        "dcs.unit": "31426",
        "dcs.list": "GSO-2024",
        "dcs.period": "2024",
        "dcs.revision": "0",
        "dcs.template": "giay@2024",
        "dcs.version": "0.1.0",
    }
    assert len(digest) == 64
    assert int(digest, 16)


def test_the_same_report_gives_the_same_bytes() -> None:
    first, second = (render_word(report(STATE, NOTED), form()).data for _time in range(2))
    assert first == second
    assert b"created" not in Opened(first).parts["docProps/core.xml"]


def test_signs_of_markup_are_letters() -> None:
    typed = '<b>&amp; "]]>\\* %s { 0 }'
    made = opened(answers=told({"IV.1": typed}))
    assert text(made.control("item:IV.1")) == '<b>&amp; "]]>* %s { 0 }'


def test_a_sign_that_cannot_be_printed_is_refused_by_its_item() -> None:
    with pytest.raises(Refusal, match=r"mục IV\.1: “☎” \(U\+260E\)"):
        opened(answers=told({"IV.1": "Gọi ☎ 113"}))


def test_what_no_file_of_xml_may_hold_is_left_out() -> None:
    assert text(opened(answers=told({"IV.1": "chuông\a reo"})).control("item:IV.1")) == "chuông reo"


def test_nothing_of_word_is_loaded_before_a_file_is_written() -> None:
    code = (
        "import sys, dcs_desktop.printing; print([name for name in sys.modules if name in ('docx', 'lxml')])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"

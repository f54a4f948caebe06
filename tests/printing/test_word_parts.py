"""Every part of a Word file is in the order that ECMA-376 asks for, for Word calls it damaged otherwise; limits are met."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from lxml import etree

from dcs_desktop.core.report import Answers, Letterhead, Row
from dcs_desktop.core.values import given
from tests.printing.samples import ANSWERS, PARTY, SENTENCE, STATE, told
from tests.printing.word_file import Element, Opened, W, found, opened, text

# ECMA-376 part 1, 17.3 to 17.15: the children in their order, as far as any word processor writes them often.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "sdtPr": "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding label tabIndex docPartObj",
    "sdt": "sdtPr sdtEndPr sdtContent",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p tbl",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "pBdr": "top left bottom right between bar",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "numbering": "numPicBullet abstractNum num",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "settings": "writeProtection view zoom removePersonalInformation defaultTabStop autoHyphenation "
    "characterSpacingControl footnotePr endnotePr compat docVars rsids themeFontLang clrSchemeMapping decimalSymbol "
    "listSeparator",
    "numPr": "ilvl numId",
    "docPartObj": "docPartGallery docPartCategory docPartUnique",
}
NOTED = told(
    {
        "III.1.e": "Việc **một**[^a], *hai* {hoa_giai.thanh} vụ[^b], lại[^a]:\n- ba\n- bốn\n\n[^a]: A.\n    B.\n[^b]: C.",
        "IV.1": SENTENCE * 30,
    }
)
EVERY = pytest.mark.parametrize(
    ("head", "answers"),
    [(STATE, NOTED), (PARTY, NOTED), (replace(STATE, addressees=("A", "B"), number=""), Answers()), (Letterhead(), NOTED)],
    ids=["state", "party", "empty", "no letterhead"],
)  # fmt: skip


def parts(made: Opened) -> Iterator[tuple[str, Element]]:
    for name, data in made.parts.items():
        if name.endswith((".xml", ".rels")):
            yield name, etree.fromstring(data)


def misplaced(root: Element) -> Iterator[str]:
    """The elements whose children are unknown or out of order."""
    for element in root.iter(f"{W}*"):
        order = ORDER.get(etree.QName(element).localname)
        if order is not None:
            names = [etree.QName(child).localname for child in element]
            places = [order.split().index(name) if name in order.split() else -1 for name in names]
            if -1 in places or places != sorted(places):
                yield f"{etree.QName(element).localname}: {names}"


@EVERY
def test_children_stand_in_the_order_of_the_standard(head: Letterhead, answers: Answers) -> None:
    assert [(name, wrong) for name, root in parts(opened(head, answers)) for wrong in misplaced(root)] == []


@EVERY
def test_properties_come_first_and_every_cell_ends_in_a_paragraph(head: Letterhead, answers: Answers) -> None:
    body = opened(head, answers).body
    for name in ("p", "r", "tr", "tc", "tbl"):
        for properties in found(body, f".//w:{name}/w:{name}Pr"):
            assert properties.getparent()[0] is properties
    assert {etree.QName(cell[-1]).localname for cell in found(body, ".//w:tc")} == {"p"}
    assert etree.QName(body[-1]).localname == "sectPr"
    assert etree.QName(body[-2]).localname == "p"


@EVERY
def test_no_two_tables_touch(head: Letterhead, answers: Answers) -> None:
    """Word makes one table of two without a paragraph between them."""
    assert found(opened(head, answers).body, ".//w:tbl[following-sibling::*[1][self::w:tbl]]") == []


@EVERY
def test_every_style_relation_and_part_that_is_named_is_there(head: Letterhead, answers: Answers) -> None:
    made = opened(head, answers)
    known = {style.get(f"{W}styleId") for style in made.root("word/styles.xml")}
    roots = dict(parts(made))
    used = {
        node.get(f"{W}val")
        for root in roots.values()
        for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next")
        for node in root.iter(f"{W}{name}")
    }
    assert used - known == set()
    relations = roots["word/_rels/document.xml.rels"]
    assert {f"word/{relation.get('Target')}" for relation in relations} <= set(made.parts)
    named = set(re.findall(r'r:(?:id|embed)="(\w+)"', made.parts["word/document.xml"].decode()))
    assert named <= {relation.get("Id") for relation in relations}
    types = {node.get("PartName") for node in roots["[Content_Types].xml"]}
    assert {f"/{name}" for name in made.parts if name.endswith(".xml") and name[0] != "["} <= types
    assert all(info.count("/") <= 2 for info in made.parts)


@EVERY
def test_what_must_be_unique_is(head: Letterhead, answers: Answers) -> None:
    made = opened(head, answers)
    for path in (".//w:bookmarkStart", ".//w:footnoteReference"):
        ids = Counter(node.get(f"{W}id") for node in found(made.body, path))
        assert [id for id, times in ids.items() if times > 1] == []
    for tag in (node.get(f"{W}val") for root in dict(parts(made)).values() for node in root.iter(f"{W}tag")):
        assert len(tag) <= 64
    assert all(len(node.get(f"{W}val")) <= 64 for node in found(made.body, ".//w:alias"))


def test_a_word_of_three_hundred_letters_is_left_to_word() -> None:
    word = "Nghị" * 75
    assert text(opened(answers=told({"IV.1": word})).control("item:IV.1")) == word


def test_a_table_of_two_thousand_rows() -> None:
    rows = tuple(Row(f"r{n}", {"ten": given(f"Mô hình thứ {n}")}) for n in range(2000))
    made = opened(answers=Answers(ANSWERS.values, {"mo_hinh": rows}))
    table = next(table for table in found(made.body, "w:tbl") if "Mô hình thứ 1999" in text(table))
    assert len(found(table, "w:tr")) == 2001


def test_a_narrative_of_forty_pages() -> None:
    made = opened(answers=told({"IV.1": "\n".join([SENTENCE * 6] * 90)}))
    assert len(found(made.control("item:IV.1"), "w:sdtContent/w:p")) == 90

"""What texts say against themselves and against the figures they name, and the numbers that could be linked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from dcs_desktop import template_library
from dcs_desktop.core.answers import check, compute, is_draft
from dcs_desktop.core.form import Form
from dcs_desktop.core.link_offers import equal_keys, equals_of, offers
from dcs_desktop.core.linked import shown_link
from dcs_desktop.core.narrative import Link, read
from dcs_desktop.core.passages import passages
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Answers, Identity, Report, UnitName
from dcs_desktop.core.text_check import Facts, TextCheck
from dcs_desktop.core.trouble import Severity
from dcs_desktop.core.values import BLANK, NONE, given

LABELLED = Path(__file__).parent.parent / "data" / "prose" / "named.txt"
COMMUNE = UnitName("31426", "GSO-2024", "Phương Bình", "Xã")
PHUONG_BINH = Identity(COMMUNE, COMMUNE, Period(2024), "commune", "dcs@2024")
NUMBERS = {
    "hoa_giai.tiep_nhan": 50,
    "hoa_giai.dua_ra": 48,
    "hoa_giai.thanh": 45,
    "hoa_giai.khong_thanh": 3,
    "to_hoa_giai": 8,
    "hoa_giai_vien.tong": 59,
    "hoa_giai_vien.nu": 11,
    "ho_so.tiep_nhan": 1640,
    "ho_so.giai_quyet": 1600,
    "ho_so.tre_han": 12,
    "tap_huan.so_cuoc": 12,
    "tap_huan.so_nguoi": 640,
    "giam_sat.mttq.done": 13,
    "giam_sat.mttq.target": 12,
    "ban_ttnd.cuoc": 2,
    "ntm.kinh_phi": 1250,
}


@pytest.fixture(scope="module")
def form() -> Form:
    return template_library.form_for(template_library.template("dcs@2024"), PHUONG_BINH, {})


def _answers(**texts: str) -> Answers:
    values = {key: given(Decimal(number)) for key, number in NUMBERS.items()}
    said = {item.replace("_", "."): given(text) for item, text in texts.items()}
    return Answers({**values, "phan_bien": NONE, **said})


def _facts(form: Form, answers: Answers) -> Facts:
    return Facts(form, Report(PHUONG_BINH, answers), compute(form, answers))


def _labelled() -> list[tuple[str, str, str]]:
    lines = LABELLED.read_text("utf-8").splitlines()
    found = []
    for key, _tab, said in (line.partition("\t") for line in lines if not line.startswith("#")):
        item, _end, sentence = said[1:].partition("] ") if said.startswith("[") else ("III.1.e", "", said)
        found.append((key, item, sentence))
    return found


def test_contradicted_figures_are_found_and_traps_are_left_alone(form: Form) -> None:
    wrong, missed, cases = [], [], _labelled()
    texts = TextCheck(Answers(), form)
    facts = _facts(form, _answers())
    for key, item, sentence in cases:
        [passage] = passages(read(sentence), facts.printed)
        found = [doubt.key for doubt in texts.doubts(item, passage, facts) if doubt.kind == "figure"]
        wrong += [(sentence, one) for one in found if one != key]
        missed += [sentence] if key != "-" and key not in found else []
    assert wrong == []
    assert missed == []


def _findings(form: Form, **texts: str) -> list[tuple[str, str, str]]:
    answers = _answers(**texts)
    found = TextCheck(Answers(), form).findings(_facts(form, answers))
    return [(f.keys[0], f.quote.text, f.quote.correction) for f in found if f.quote is not None]


def test_a_finding_quotes_the_words_and_offers_the_number_as_it_is_written(form: Form) -> None:
    text = (
        "Đã nhận 50 vụ; hòa giải thành 40 vụ.\n\nMở 540/400 lớp, đạt 130%[^1].\n\n[^1]: Số tổ hòa giải là 09."
    )
    assert _findings(form, III_1_e=text) == [
        ("III.1.e", "40", "45"),
        ("III.1.e", "540/400 lớp, đạt 130%", "135%"),
        ("III.1.e", "09", "08"),
    ]
    assert _findings(form, II_4_c="Giám sát do Mặt trận chủ trì 11/12 cuộc.") == [
        ("II.4.c", "11/12", "13/12")
    ]


def test_a_linked_figure_never_contradicts_itself_and_is_not_corrected_in_the_text(form: Form) -> None:
    assert (
        _findings(form, III_1_e="Hòa giải thành {hoa_giai.thanh} vụ, không thành {hoa_giai.khong_thanh} vụ.")
        == []
    )
    assert _findings(form, III_1_e="Thành 40/{hoa_giai.dua_ra} vụ, đạt {hoa_giai.ty_le|value;d=1}.") == [
        ("III.1.e", "40/48 vụ, đạt 93,8%", ""),
    ]


def test_findings_of_texts_are_warnings_accepted_as_long_as_the_words_stand(form: Form) -> None:
    def found(text: str, accepted: dict[str, str]) -> tuple[str, str, str]:
        answers = replace(_answers(III_1_e=text), accepted=accepted)
        facts = _facts(form, answers)
        texts = TextCheck(Answers(), form).findings(facts)
        findings = check(form, answers, facts.figures, None, texts)
        assert is_draft(form, findings) == is_draft(form, check(form, answers, facts.figures))
        [one] = [finding for finding in findings if finding.quote is not None]
        assert one.severity is Severity.WARNING
        return one.rule, one.message, one.accepted

    rule, message, _none = found("Hòa giải thành 40 vụ.", {})
    assert message == ("Mục III.1.e: “Số vụ hòa giải thành” là 45, trong câu ghi 40. Đề nghị kiểm tra lại.")
    assert found("Năm nay nhiều việc. Hòa giải thành 40 vụ.", {rule: "số cũ"})[2] == "số cũ"
    assert found("Hòa giải thành 41 vụ.", {rule: "số cũ"})[2] == ""


def test_texts_say_nothing_until_they_are_read(form: Form) -> None:
    answers = _answers(III_1_e="Hòa giải thành 40 vụ.", I_a="Mở 540/400 lớp, đạt 130%.")
    texts, facts = TextCheck(answers, form), _facts(form, answers)
    assert list(texts.findings(facts)) == []
    assert not texts.go_on(facts, lambda: False)
    assert list(texts.findings(facts)) == [], "only a part of the first text was looked at"
    assert not texts.go_on(facts, lambda: False)
    assert [finding.keys for finding in texts.findings(facts)] == [("I.a",)]
    assert texts.go_on(facts)
    assert [finding.keys for finding in texts.findings(facts)] == [("I.a",), ("III.1.e",)]


def test_totals_that_are_not_complete_contradict_nothing(form: Form) -> None:
    facts = _facts(form, _answers(III_1_e="Hòa giải thành 40 vụ."))
    blank = replace(facts, figures={**facts.figures, "hoa_giai.thanh": BLANK})
    assert list(TextCheck(Answers(), form).findings(blank)) == []


def _offered(form: Form, item: str, text: str) -> list[tuple[str, list[str]]]:
    answers = _answers()
    facts = _facts(form, answers)
    [passage] = passages(read(text), facts.printed)
    found = offers(passage, item, equals_of(item, form, facts.figures), facts.printed)
    for offer in found:
        written = passage.text[offer.start : offer.end]
        assert all(facts.printed(link) == written for link in offer.links)
    return [(passage.text[offer.start : offer.end], [link.key for link in offer.links]) for offer in found]


@pytest.mark.parametrize(
    ("item", "text", "expected"),
    [
        (
            "III.1.e",
            "Các tổ nhận 50 vụ, thành 45 vụ.",
            [("50", ["hoa_giai.tiep_nhan"]), ("45", ["hoa_giai.thanh"])],
        ),
        (
            "III.1.e",
            "Có 45 hộ hiến đất, ngày 12/11, Nghị định số 59/2023/NĐ-CP, điện thoại 0939 45 45 45.",
            [],
        ),
        ("III.1.e", "Có 3 vụ phức tạp.", []),
        ("III.1.e", "Hòa giải không thành 3 vụ.", [("3", ["hoa_giai.khong_thanh"])]),
        ("III.1.e", "Hòa giải không thành 03 vụ.", [("03", ["hoa_giai.khong_thanh"])]),
        ("III.1.e", "Tỷ lệ đạt 93,75%.", [("93,75%", ["hoa_giai.ty_le"])]),
        ("III.1.e", "Đạt {hoa_giai.thanh} vụ.", []),
        ("II.4.c", "Mặt trận chủ trì 13/12 cuộc.", [("13/12", ["giam_sat.mttq"])]),
        ("I.a", "Hòa giải thành 45 vụ.", []),
        ("III.1.b", "Tiếp nhận 1.640 hồ sơ.", [("1.640", ["ho_so.tiep_nhan"])]),
    ],
)
def test_numbers_that_equal_a_figure_of_the_section_are_offered(
    form: Form, item: str, text: str, expected: list[tuple[str, list[str]]]
) -> None:
    assert _offered(form, item, text) == expected


def test_the_figures_that_a_typed_number_equals(form: Form) -> None:
    figures = compute(form, _answers())
    assert equal_keys("1.640", form, figures) == ["ho_so.tiep_nhan"]
    assert equal_keys("13/12", form, figures) == ["giam_sat.mttq"]
    assert equal_keys("hòa giải", form, figures) == []
    assert equal_keys("12", form, figures) == ["tap_huan.so_cuoc", "giam_sat.mttq.target", "ho_so.tre_han"]


def test_a_figure_without_answer_or_with_none_prints_as_its_link_asks(form: Form) -> None:
    figures = compute(form, _answers())
    assert shown_link(Link("phan_bien"), form, figures, Answers()) == "không"
    assert shown_link(Link("phan_bien", nought=True), form, figures, Answers()) == "0"
    assert shown_link(Link("htx.tong"), form, figures, Answers()) == "……"
    assert shown_link(Link("htx.tong", leader=True), form, figures, Answers()) == "……" * 4
    assert shown_link(Link("van_ban_ban_hanh_khong_co", nought=True), form, figures, Answers()) == "……"

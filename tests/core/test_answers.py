"""Compute, check and progress on a small template of the tests' own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from dcs_desktop.core.answers import check, compute
from dcs_desktop.core.building import build
from dcs_desktop.core.digest import content_digest
from dcs_desktop.core.form import Form, Role
from dcs_desktop.core.lengths import LONGEST_TEXT
from dcs_desktop.core.linked import shown_link
from dcs_desktop.core.narrative import Link
from dcs_desktop.core.period import Period
from dcs_desktop.core.progress import progress, whole
from dcs_desktop.core.report import Answers, Identity, Letterhead, Report, Row, UnitName
from dcs_desktop.core.template import Template
from dcs_desktop.core.template_file import read_template, write_template
from dcs_desktop.core.trouble import Finding, Severity
from dcs_desktop.core.values import (
    BLANK,
    NONE,
    NOT_APPLICABLE,
    Coverage,
    Value,
    given,
    parse,
    pending,
)
from dcs_desktop.core.wording import places_for

SMALL = Path(__file__).parent.parent / "data" / "templates" / "small.toml"
COMMUNE = UnitName("31426", "GSO-2024", "Xã Phương Bình", "xã")
DISTRICT = UnitName("934", "GSO-2024", "Huyện Phụng Hiệp", "huyện")
YEAR = Period.parse("2024")


@pytest.fixture(scope="module")
def template() -> Template:
    return read_template(SMALL.read_bytes(), SMALL.name, lambda reference: None)


@pytest.fixture(scope="module")
def form(template: Template) -> Form:
    return build(
        template, "commune", YEAR.kind, places_for(template.places, "commune", COMMUNE, DISTRICT, YEAR, {})
    )


@pytest.fixture(scope="module")
def district(template: Template) -> Form:
    return build(
        template,
        "receiving",
        YEAR.kind,
        places_for(template.places, "receiving", DISTRICT, DISTRICT, YEAR, {}),
    )


def test_what_is_not_rolled_up_is_not_asked_where_it_would_only_come_from_below() -> None:
    """A choice has no roll-up: above it is asked for only where the unit enters it itself."""
    source = SMALL.read_text("utf-8")
    choice = 'id = "hoa_giai.cach", label = "Cách", kind = "choice", choices = [{ id = "a", label = "A" }], '
    changed = read_template(
        source.replace(
            ' { id = "giam_sat"',
            f' {{ {choice} required = false }},\n {{ {choice.replace("cach", "noi")} entered = {{ commune = "own", '
            'receiving = "both" } },\n { id = "giam_sat"',
        ).encode(),
        "small",
        lambda _reference: None,
    )
    commune = build(changed, "commune", YEAR.kind, {})
    above = build(changed, "receiving", YEAR.kind, {})
    assert "hoa_giai.cach" in commune.fields
    assert not [key for key in above.fields if key.startswith("hoa_giai.cach")]
    assert [key for key in above.fields if key.startswith("hoa_giai.noi")] == ["hoa_giai.noi"]
    assert above.fields["hoa_giai.noi"].role is Role.ENTERED


def entered(form: Form, **typed: str) -> Answers:
    answers = Answers()
    for name, text in typed.items():
        key = name.replace("__", ".")
        value = parse(form.type_of(key), text)
        assert isinstance(value, Value)
        answers = answers.with_value(key, value)
    return answers


def rules(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.rule for finding in findings]


def test_a_pair_derives_its_percentage_rounded_half_up(form: Form) -> None:
    figures = compute(form, entered(form, giam_sat__done="675", giam_sat__target="450"))
    assert figures["giam_sat.percent"].number == 150
    link = Link("giam_sat")
    assert shown_link(link, form, figures, Answers()) == "675/450"
    assert shown_link(Link("giam_sat.percent"), form, figures, Answers()) == "150%"


def test_a_ratio_without_base_is_blank_not_nought(form: Form) -> None:
    figures = compute(form, entered(form, hoa_giai__thanh="3"))
    assert figures["hoa_giai.ty_le"] == BLANK
    figures = compute(form, entered(form, hoa_giai__thanh="0", hoa_giai__dua_ra="0"))
    assert figures["hoa_giai.ty_le"] == BLANK


def test_a_part_greater_than_its_whole_names_place_figures_and_remedy(form: Form) -> None:
    answers = entered(form, hoa_giai__dua_ra="40", hoa_giai__thanh="45")
    finding = check(form, answers, compute(form, answers))[0]
    assert finding.severity is Severity.ERROR
    assert finding.keys == ("hoa_giai.thanh", "hoa_giai.dua_ra")
    assert finding.message == (
        "Mục III.1.e: “Số vụ hòa giải thành” (45) không được lớn hơn “Số vụ đưa ra hòa giải” (40). "
        "Đề nghị kiểm tra lại."
    )


def test_a_broken_sum_is_told_before_its_last_part_is_known(template: Template) -> None:
    raw = write_template(template).decode()
    raw = raw.replace(
        "hoa_giai.thanh <= hoa_giai.dua_ra", "hoa_giai.dua_ra == hoa_giai.thanh + hoa_giai.tiep_nhan"
    )
    form = build(read_template(raw.encode(), "x", lambda reference: None), "commune", YEAR.kind, {})
    answers = entered(form, hoa_giai__dua_ra="9", hoa_giai__thanh="12")
    finding = check(form, answers, compute(form, answers))[0]
    assert finding.message == (
        "Mục III.1.e: “Số vụ đưa ra hòa giải” (9) phải bằng “Số vụ hòa giải thành” + “Số vụ tiếp nhận” "
        "(ít nhất 12). Đề nghị kiểm tra lại."
    )


def test_every_silence_but_blank_is_an_answer(form: Form) -> None:
    key = "hoa_giai.tiep_nhan"
    missing = []
    for value in (BLANK, NONE, pending("chờ thống kê"), NOT_APPLICABLE, given(3)):
        answers = Answers().with_value(key, value)
        findings = check(form, answers, compute(form, answers))
        missing.append(any(finding.keys == (key,) for finding in findings))
    assert missing == [True, False, False, False, False]


def test_rows_are_counted_and_a_missing_cell_is_named(form: Form) -> None:
    answers = entered(form, hoa_giai__dua_ra="1").with_rows(
        "mo_hinh", (Row("r1", {"ten": given("Tuyến đường hoa")}), Row("r2"))
    )
    findings = check(form, answers, compute(form, answers))
    assert "hoa_giai.mo_hinh" in rules(findings)
    assert any(finding.keys == ("mo_hinh/r2/ten",) for finding in findings)
    accepted = replace(answers, accepted={"hoa_giai.mo_hinh": "đúng như vậy"})
    found = {f.rule: f.accepted for f in check(form, accepted, compute(form, accepted))}
    assert found["hoa_giai.mo_hinh"] == "đúng như vậy"


def test_a_draft_is_an_error_and_no_value(form: Form) -> None:
    answers = Answers().with_draft("hoa_giai.thanh", "85,650")
    findings = check(form, answers, compute(form, answers))
    assert findings[0].rule == "unreadable"
    assert "85,650" in findings[0].message
    assert compute(form, answers)["hoa_giai.thanh"] == BLANK


def test_a_sentence_with_a_figure_that_is_not_there_or_a_note_without_text_is_found(form: Form) -> None:
    answers = Answers().with_value("III.1.e", given("Có {khong.co} vụ[^1].\n\n[^2]: Lạc."))
    found = rules(check(form, answers, compute(form, answers)))
    assert {"link_unknown", "note_empty", "note_unmarked"} <= set(found)


def test_a_text_too_long_to_be_sent_is_told_long_before_the_package_is_full(form: Form) -> None:
    fits = Answers().with_value("III.1.e", given("ộ" * LONGEST_TEXT))
    assert "too_long" not in rules(check(form, fits, compute(form, fits)))
    long = Answers().with_value("III.1.e", given("ộ" * (LONGEST_TEXT + 1)))
    finding = check(form, long, compute(form, long))[0]
    assert (finding.rule, finding.severity, finding.keys) == ("too_long", Severity.ERROR, ("III.1.e",))
    assert "1.000.001" in finding.message
    assert long.prose("III.1.e").count("ộ") == LONGEST_TEXT + 1


def test_progress_counts_what_waits_for_an_answer(form: Form) -> None:
    answers = entered(form, hoa_giai__tiep_nhan="5", hoa_giai__dua_ra="4", hoa_giai__thanh="4")
    figures = compute(form, answers)
    parts = progress(form, answers, figures, check(form, answers, figures))
    assert (parts["III.1"].answered, parts["III.1"].asked, parts["III.1"].state) == (3, 6, "partly")
    assert whole(parts).percent == 50
    assert parts["A"].state == "complete"


def test_a_rolled_up_figure_keeps_below_override_and_their_sum_apart(district: Form) -> None:
    assert district.fields["hoa_giai.thanh"].role is Role.DERIVED
    taken_in = Value(given(358).state, Decimal(358), coverage=Coverage(14, 15))
    answers = Answers().with_value("hoa_giai.thanh.below", taken_in)
    figures = compute(district, answers)
    assert figures["hoa_giai.thanh"] == taken_in
    assert "coverage.hoa_giai.thanh" in rules(check(district, answers, figures))
    answers = answers.with_value("hoa_giai.thanh.override", given(360))
    figures = compute(district, answers)
    assert figures["hoa_giai.thanh"].number == 360
    assert "override_reason" in rules(check(district, answers, figures))


def test_a_derived_total_says_how_many_units_it_covers(district: Form) -> None:
    below = {"hoa_giai.thanh.below": (358, 14), "hoa_giai.dua_ra.below": (403, 15)}
    answers = Answers()
    for key, (number, covered) in below.items():
        answers = answers.with_value(key, replace(given(number), coverage=Coverage(covered, 15)))
    ratio = compute(district, answers)["hoa_giai.ty_le"]
    assert str(ratio.coverage) == "14/15"


def test_only_content_changes_the_digest(form: Form) -> None:
    answers = entered(form, hoa_giai__tiep_nhan="5", hoa_giai__dua_ra="4")
    turned = entered(form, hoa_giai__dua_ra="4", hoa_giai__tiep_nhan="5")
    identity = Identity(COMMUNE, DISTRICT, YEAR, "commune", "thu@2024")
    digest = content_digest(Report(identity, answers))
    assert digest == content_digest(Report(identity, turned, Letterhead(number="05")))
    assert digest != content_digest(Report(replace(identity, revision=1), answers))
    assert digest != content_digest(Report(identity, answers.with_value("III.1.e", given("Tốt."))))


def test_a_template_is_written_and_read_back_whole(template: Template) -> None:
    assert read_template(write_template(template), "template.json", lambda reference: None) == template

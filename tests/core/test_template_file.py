"""Reading a template: a right one whole, a wrong one with every fault, place and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dcs_desktop.core.building import build
from dcs_desktop.core.form import Role
from dcs_desktop.core.period import PeriodKind
from dcs_desktop.core.template import Template, version_key
from dcs_desktop.core.template_file import LARGEST, TemplateRefused, read_template
from dcs_desktop.core.template_parts import TemplateFault, figures, items

SMALL = (Path(__file__).parent.parent / "data" / "templates" / "small.toml").read_text("utf-8")
HOUSE = 'id = "hoa_giai.thanh", label = "Số vụ hòa giải thành", unit = "vụ"'


def read(text: str, **others: str) -> Template:
    """The template in a text; ``others`` are the templates it may extend, by version."""

    def parent(reference: str) -> bytes | None:
        version = reference.partition("@")[2]
        return others[f"v{version}"].encode() if f"v{version}" in others else None

    return read_template(text.encode(), "thu.toml", parent)


def faults(text: str, **others: str) -> tuple[TemplateFault, ...]:
    with pytest.raises(TemplateRefused) as refused:
        read(text, **others)
    return refused.value.faults


def fault(text: str, **others: str) -> tuple[str, str]:
    """Place and message of the only fault there is."""
    (only,) = faults(text, **others)
    return only.place, only.message


# ---------------------------------------------------------------------------------- all faults at once


def test_a_template_wrong_in_many_places_names_them_all_at_once() -> None:
    wrong = (
        SMALL.replace(HOUSE, HOUSE.replace("unit =", "units ="))
        .replace('kind = "percent"', 'kind = "phan_tram"')
        .replace('below = "commune"', 'below = "xa"')
        .replace('title = "Ở <loai>"', 'title = "Ở <loai> và <noi_khac>"')
        .replace('severity = "warning"', 'severity = "nang"')
        .replace("{hoa_giai.thanh} vụ", "{hoa_giai.thang} vụ")
        .replace("count(mo_hinh)", "count(mo_hinh_moi)")
        .replace("valid_from = 2020-01-01\n", "")
    )
    found = {(one.place, one.message) for one in faults(wrong)}
    assert found == {
        ("[template] thu", "thiếu khóa “valid_from”. Thêm valid_from = … vào mục này."),
        ("III.1 › III.1.e › hoa_giai.thanh", "không có khóa “units”; ý là “unit”? Xóa hoặc sửa lại."),
        (
            "III.1 › III.1.e › hoa_giai.ty_le",
            (
                "“kind = 'phan_tram'” không đúng: cần một trong: “count”, “decimal”, “money”, “area”, “percent”, “score”, "
                "“rank”, “yes_no”, “choice”, “choices”, “date”, “text”."
            ),
        ),
        ("check hoa_giai.mo_hinh", "“severity = 'nang'” không đúng: cần một trong: “error”, “warning”."),
        ("level receiving", "below = “xa” không phải là một cấp của mẫu."),
        (
            "check hoa_giai.mo_hinh",
            "công thức đếm bảng “mo_hinh_moi”, bảng này không có trong mẫu.",
        ),
        ("A › A1", "dòng in nói đến số liệu “hoa_giai.thang” không có trong mẫu."),
        ("III.1", "không có từ thay cho <noi_khac>. Thêm nó vào [places.all]."),
    }


def test_the_refusal_is_one_sentence_with_file_count_and_first_fault() -> None:
    with pytest.raises(TemplateRefused) as refused:
        read(
            SMALL.replace('answer = "none"', 'answer = "so"').replace('unit = "vụ" },', 'units = "vụ" },', 1)
        )
    assert refused.value.sentence.startswith(
        "Mẫu báo cáo thu.toml có 2 lỗi. Lỗi đầu tiên – III.1 › III.1.e › hoa_giai.tiep_nhan: không có khóa “units”"
    )


def test_what_is_missing_or_of_a_wrong_type_is_named_with_what_is_wanted() -> None:
    assert fault(SMALL.replace('prompt = "1. Số vụ"\n', "")) == (
        "A › A1",
        "thiếu khóa “prompt”. Thêm prompt = … vào mục này.",
    )
    assert fault(SMALL.replace("pair = true }", "pair = 1 }")) == (
        "III.1 › III.1.e › giam_sat",
        "“pair = 1” không đúng: cần true hoặc false.",
    )
    assert fault(SMALL.replace("valid_from = 2020-01-01", 'valid_from = "hôm nay"'))[1].endswith(
        "cần ngày dạng 2025-07-01."
    )
    assert fault(SMALL.replace('periods = ["year", "half"]', 'periods = ["nam"]'))[1].startswith(
        "“periods = ['nam']”"
    )
    assert "một danh sách" in fault(SMALL.replace('units = ["district"]', 'units = "district"'))[1]
    assert fault(SMALL.replace('[places.all]\nthon = "ấp"', "[places]\nall = 5"))[1].endswith(
        "cần một bảng khóa = giá trị, mỗi giá trị là chữ trong ngoặc kép."
    )


# -------------------------------------------------------------------------------- each kind of fault


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ('version = "2024"', 'version = "2024a"', "[template]", "version = “2024a”"),
        ('id = "thu"', 'id = "Thử"', "[template]", "chữ thường không dấu"),
        ('periods = ["year", "half"]', 'valid_until = 2019-01-01\nperiods = ["year"]', "[template]", "valid_until đứng trước"),
        ('units = ["district"]', 'units = ["huyen"]', "level receiving", "units có “huyen”"),
        ('id = "receiving"\n', 'id = "commune"\n', "[[level]]", "mã “commune” xuất hiện 2 lần"),
        ('"hoa_giai.dua_ra", label', '"hoa_giai.tiep_nhan", label', "III.1 › III.1.e › hoa_giai.tiep_nhan", "đã dùng ở nơi khác"),
        ('[[check]]\nid = "hoa_giai.mo_hinh"', '[[check]]\nid = "giam_sat"', "check giam_sat", "đã dùng ở nơi khác"),
        ('id = "A1"', 'id = "A 1"', "A › A 1", "chỉ gồm chữ, số"),
        ('id = "III.1"\nunder = "III"', 'id = "III.1"\nunder = "IV"', "III.1", "phải là một mục đứng trước nó"),
        ('annex = "A"\ntitle', 'annex = "B"\ntitle', "A", "không có phụ lục “B”"),
        ('figures = ["hoa_giai.thanh"]', 'figures = ["hoa_giai.xong"]', "A › A1", "không có số liệu “hoa_giai.xong”"),
        ('answer = "none"', 'answer = "none"\nlevels = ["tinh"]', "A › A1", "không có cấp “tinh”"),
        ('answer = "none"', 'answer = "none"\nrequired = ["tinh"]', "A › A1", "không có cấp “tinh”"),
        ('pair = true }', 'pair = true, entered = "la" }', "III.1 › III.1.e › giam_sat", "entered = “la”"),
        ('pair = true }', 'pair = true, kind = "text" }', "III.1 › III.1.e › giam_sat", "pair chỉ dùng"),
        ('pair = true }', 'formula = "hoa_giai.thanh", pair = true }', "III.1 › III.1.e › giam_sat", "vừa là pair vừa có formula"),
        ('pair = true }', 'kind = "choice" }', "III.1 › III.1.e › giam_sat", "phải có choices"),
        ('pair = true }', 'kind = "text", rollup = "sum" }', "III.1 › III.1.e › giam_sat", "rollup = “sum”"),
        ('pair = true }', 'rollup = "count" }', "III.1 › III.1.e › giam_sat", "rollup = “count”"),
        ('pair = true }', 'min = 5, max = 1 }', "III.1 › III.1.e › giam_sat", "min lớn hơn max"),
        ('pair = true }', 'kind = "percent" }', "III.1 › III.1.e › giam_sat", "được tính, không nhập"),
        ('pair = true }', 'covers = { end = "20/10" } }', "III.1 › III.1.e › giam_sat", "“tháng-ngày”"),
        ('pair = true }', 'pair = true }, { id = "moi.own", label = "Số" }', "III.1 › III.1.e › moi.own", "không được kết thúc bằng"),
        ("100 * hoa_giai.thanh", "100 * (hoa_giai.thanh", "III.1 › III.1.e › hoa_giai.ty_le", "công thức sai"),
        ("100 * hoa_giai.thanh", "100 * hoa_giai.thang", "III.1 › III.1.e › hoa_giai.ty_le", "“hoa_giai.thang”, mã này không có"),
        ("100 * hoa_giai.thanh", "100 * hoa_giai.ty_le", "III.1 › III.1.e › hoa_giai.ty_le", "quay vòng"),
        ('unit = "vụ" },\n { id = "hoa_giai.ty_le"', 'entered = { commune = "own" } },\n { id = "hoa_giai.ty_le"',
         "III.1 › III.1.e › hoa_giai.ty_le", "công thức dùng “hoa_giai.thanh”"),
        ('pair = true }', 'entered = { commune = "below" } }', "III.1 › III.1.e › giam_sat", "không nhận báo cáo của cấp nào"),
        ('pair = true }', 'entered = { receiving = "below" } }', "III.1 › III.1.e › giam_sat", "nhưng ở đó không hỏi"),
        ("hoa_giai.thanh <= hoa_giai.dua_ra", "hoa_giai.thanh", "check hoa_giai.thanh_dua_ra", "quy tắc sai"),
        ("count(mo_hinh)", "count(mo_hinh, ten, a)", "check hoa_giai.mo_hinh", "cột “ten” với lựa chọn “a”"),
        ('severity = "warning"', 'marks = ["la"]', "check hoa_giai.mo_hinh", "marks nói đến “la”"),
        ('severity = "warning"', 'message = "Có {la} vụ"', "check hoa_giai.mo_hinh", "câu báo nói đến “la”"),
        ('label = "Tên mô hình", required = true }', 'label = "Tên", kind = "choice" }', "III.1 › III.1.e › mo_hinh › ten", "cột kiểu choice"),
        ('label = "Tên mô hình", required = true }', 'label = "Tên", kind = "percent" }', "III.1 › III.1.e › mo_hinh › ten", "không nhập vào bảng"),
        ('{ id = "ten", label', '{ id = "ten/2", label', "III.1 › III.1.e › mo_hinh", "mã “ten/2”"),
        ('thon = "ấp"', 'thon = "ấp <la>"', "[places]", "không có từ thay cho <la>"),
        ('commune = { commune = "own"', 'commune = { commune = "tu_nhap"', "[entered]", "mỗi giá trị là một trong: “own”, “below”, “both”"),
    ],
)  # fmt: skip
def test_a_fault_names_its_place_and_remedy(old: str, new: str, place: str, message: str) -> None:
    assert old in SMALL
    found = faults(SMALL.replace(old, new, 1))
    assert (place, True) in {(one.place, message in one.message) for one in found}


def test_a_file_that_is_no_template_is_refused_in_a_sentence() -> None:
    assert "không đọc được" in fault("[template")[1]
    assert [(one.place, one.message[:22]) for one in faults("")] == [
        ("[template]", "thiếu khóa “template”."),
        ("[level]", "thiếu khóa “level”. Th"),
        ("[[level]]", "mẫu phải có ít nhất mộ"),
    ]
    with pytest.raises(TemplateRefused) as refused:
        read_template(b"\xff\xfe", "thu.toml", lambda reference: None)
    assert "UTF-8" in refused.value.sentence
    with pytest.raises(TemplateRefused) as refused:
        read_template(b"#" * (LARGEST + 1), "thu.toml", lambda reference: None)
    assert "lớn quá" in refused.value.sentence


@pytest.mark.parametrize("depth", [100, 400, 700, 3_000, 100_000])
def test_a_file_nested_too_deep_is_refused(depth: int) -> None:
    for text in ('{"section":' + "[" * depth + "]" * depth + "}", "section = " + "[" * depth + "]" * depth):
        assert faults(text)


def test_a_number_of_too_many_digits_is_refused() -> None:
    assert "không đọc được" in fault("a = " + "9" * 5_000)[1]


def test_a_template_too_large_or_too_deep_to_be_one_is_refused_at_once() -> None:
    many = "".join(f'[[check]]\nid = "k{n}"\nrule = "1 == 1"\n' for n in range(2_001))
    assert fault(SMALL + many)[0] == "[[check]]"
    deep = "".join(f'[[section]]\nid = "s{n + 1}"\nunder = "s{n}"\ntitle = "S"\n' for n in range(900))
    (only, *rest) = faults(SMALL + '[[section]]\nid = "s0"\ntitle = "S"\n' + deep)
    assert only.place == "s4"
    assert rest == []


# -------------------------------------------------------------------------------------------- extending

CHANGE = """
retired = ["hoa_giai.tiep_nhan"]
[template]
id = "thu"
version = "2025"
extends = "thu@2024"
valid_from = 2025-07-01
[places.all]
thon = "thôn"
[[section]]
id = "III.1"
[[section.item]]
id = "III.1.e"
figures = [
 { id = "hoa_giai.thanh", required = false, without = ["unit"] },
 { id = "hoa_giai.moi", label = "Số vụ mới", after = "hoa_giai.dua_ra" },
 { id = "hoa_giai.cuoi", label = "Số vụ cuối" },
]
"""


def test_a_version_that_extends_another_changes_only_what_it_says() -> None:
    new = read(CHANGE, v2024=SMALL)
    old = read(SMALL)
    assert new.reference == "thu@2025"
    assert new.template.extends == ""
    assert new.template.title == old.template.title
    assert new.places.all == {"thon": "thôn"}
    ids = [figure.id for _place, figure in figures(new)]
    assert ids == [
        "hoa_giai.dua_ra",
        "hoa_giai.moi",
        "hoa_giai.thanh",
        "hoa_giai.ty_le",
        "giam_sat",
        "hoa_giai.cuoi",
    ]
    changed = next(figure for _place, figure in figures(new) if figure.id == "hoa_giai.thanh")
    assert (changed.required, changed.unit, changed.label) == (False, "", "Số vụ hòa giải thành")
    assert new.retired == ("hoa_giai.tiep_nhan",)
    assert new.check == old.check


def test_the_days_of_validity_are_never_inherited() -> None:
    dated = SMALL.replace("periods = [", "valid_until = 2025-06-30\nperiods = [", 1)
    assert read(CHANGE, v2024=dated).template.valid_until is None


def test_a_retired_id_is_never_used_again() -> None:
    back = CHANGE.replace('id = "hoa_giai.cuoi"', 'id = "hoa_giai.tiep_nhan"')
    assert fault(back, v2024=SMALL) == (
        "III.1 › III.1.e › hoa_giai.tiep_nhan",
        "mã “hoa_giai.tiep_nhan” đã bỏ (retired), không được dùng lại.",
    )
    later = CHANGE.replace("2025", "2026").replace('extends = "thu@2024"', 'extends = "thu@2025"')
    later = later.replace('retired = ["hoa_giai.tiep_nhan"]', 'retired = ["hoa_giai.moi"]')
    later = later.replace('id = "hoa_giai.moi", label', 'id = "hoa_giai.khac", label')
    assert read(later, v2025=CHANGE, v2024=SMALL).retired == ("hoa_giai.tiep_nhan", "hoa_giai.moi")


def test_what_still_speaks_of_a_retired_id_is_a_fault() -> None:
    gone = CHANGE.replace('retired = ["hoa_giai.tiep_nhan"]', 'retired = ["hoa_giai.dua_ra"]').replace(
        ', after = "hoa_giai.dua_ra"', ""
    )
    assert {one.place for one in faults(gone, v2024=SMALL)} == {
        "III.1 › III.1.e › hoa_giai.ty_le",
        "check hoa_giai.thanh_dua_ra",
        "check hoa_giai.mo_hinh",
    }


def test_a_new_entry_stands_only_behind_one_that_is_there() -> None:
    lost = CHANGE.replace('after = "hoa_giai.dua_ra"', 'after = "hoa_giai.dau"')
    assert fault(lost, v2024=SMALL) == (
        "III.1 › III.1.e › hoa_giai.moi",
        "after = “hoa_giai.dau” không phải là mã của một mục cùng cấp.",
    )


def test_a_parent_that_is_not_there_or_extends_its_child_is_named() -> None:
    assert fault(CHANGE) == (
        "[template] extends",
        "không tìm thấy mẫu “thu@2024” mà mẫu này dựa vào. Đặt tệp của mẫu đó vào cùng thư mục.",
    )
    ring = CHANGE.replace('extends = "thu@2024"', 'extends = "thu@2025"')
    assert "thu@2025" in fault(ring, v2025=ring)[1]


# ---------------------------------------------------------------------------------- what the language says


def test_required_may_name_levels_and_covered_days_periods() -> None:
    template = read(
        SMALL.replace(
            "pair = true }", 'entered = { commune = "own", receiving = "own" }, required = ["receiving"], '
            'covers = { end = "10-20", periods = ["year"] } }',
        )
    )  # fmt: skip
    forms = {
        (level, period): build(template, level, period, {})
        for level in ("commune", "receiving")
        for period in (PeriodKind.YEAR, PeriodKind.HALF)
    }
    assert not forms["commune", PeriodKind.YEAR].fields["giam_sat"].required
    assert forms["receiving", PeriodKind.YEAR].fields["giam_sat"].required
    assert forms["commune", PeriodKind.YEAR].figures["giam_sat"].covers is not None
    assert forms["commune", PeriodKind.HALF].figures["giam_sat"].covers is None


def test_a_figure_entered_and_rolled_up_has_an_own_and_a_below_part() -> None:
    both = SMALL.replace(
        'unit = "vụ" },', 'unit = "vụ", entered = { commune = "own", receiving = "both" } },', 1
    )
    fields = build(read(both), "receiving", PeriodKind.YEAR, {}).fields
    key = "hoa_giai.tiep_nhan"
    roles = [fields[f"{key}{part}"].role for part in (".below", ".own", ".override", "")]
    assert roles == [Role.BELOW, Role.ENTERED, Role.OVERRIDE, Role.DERIVED]


def test_the_smallest_template_of_the_guide_for_authors_is_right() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "template.md").read_text("utf-8")
    example = guide.partition("```toml\n")[2].partition("```")[0]
    assert build(read(example), "commune", PeriodKind.HALF, {}).figures.keys() >= {"hoa_giai.ty_le"}


def test_texts_are_brought_into_one_form() -> None:
    import unicodedata

    assert read(unicodedata.normalize("NFD", SMALL)) == read(SMALL)


def test_versions_are_ordered_by_their_numbers() -> None:
    assert sorted(["2025.10", "2025.2", "2024"], key=version_key) == ["2024", "2025.2", "2025.10"]


@given(
    st.integers(0, len(SMALL) - 1), st.sampled_from(["", '"', "[", "}", "é", "\n", "= 1", "\x00", "9" * 40])
)
@settings(max_examples=120, deadline=None)
def test_a_damaged_template_is_read_or_refused_and_nothing_else(at: int, letters: str) -> None:
    damaged = SMALL[:at] + letters + SMALL[at + 1 :]
    try:
        template = read(damaged)
    except TemplateRefused as refused:
        reasons = [one.message for one in refused.faults]
    else:
        reasons = [item.id for _section, item in items(template)]
    assert all(reasons)
    assert reasons

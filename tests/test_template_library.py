"""The shipped templates: they build for every unit, and hold every number of the 2024 report with its relation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec import structs

from dcs_desktop import template_library
from dcs_desktop.core import formula
from dcs_desktop.core.answers import check, compute
from dcs_desktop.core.form import Form, Role, RollUp, Source
from dcs_desktop.core.linked import shown_link
from dcs_desktop.core.narrative import Link, links, plain, read
from dcs_desktop.core.period import Period, PeriodKind
from dcs_desktop.core.report import Answers, Identity, Row, UnitName
from dcs_desktop.core.template import FigureEntry, Template
from dcs_desktop.core.template_file import read_template, write_template
from dcs_desktop.core.template_parts import field_keys
from dcs_desktop.core.trouble import Refusal, Severity
from dcs_desktop.core.values import Kind, Value, given, parse
from dcs_desktop.core.wording import PLACE
from dcs_desktop.paths import resources_dir

PROVINCE = UnitName("93", "GSO-2024", "Tỉnh Hậu Giang", "tỉnh")
DISTRICT = UnitName("934", "GSO-2024", "Huyện Phụng Hiệp", "huyện")
COMMUNE = UnitName("31426", "GSO-2024", "Xã Phương Bình", "xã")
UNITS = {
    "dcs@2024": {
        "commune": ("xã", "phường", "thị trấn"),
        "receiving": ("huyện", "quận", "thị xã", "thành phố", "tỉnh"),
    },
    "dcs@2025": {"commune": ("xã", "phường", "đặc khu"), "receiving": ("tỉnh", "thành phố")},
}
CASES = [
    (version, level, type_)
    for version, levels in UNITS.items()
    for level in levels
    for type_ in levels[level]
]


def form_of(version: str, level: str, unit: UnitName, receiver: UnitName, period: str) -> Form:
    identity = Identity(unit, receiver, Period.parse(period), level, version)
    return template_library.form_for(template_library.template(version), identity, {})


@pytest.fixture(scope="module")
def commune() -> Form:
    return form_of("dcs@2024", "commune", COMMUNE, DISTRICT, "2024")


@pytest.fixture(scope="module")
def district() -> Form:
    return form_of("dcs@2024", "receiving", DISTRICT, PROVINCE, "2024")


# -------------------------------------------------------------------------------------- the library


def test_a_period_is_filed_with_the_version_in_force_on_its_last_day() -> None:
    asked = {
        text: template_library.reference_for(Period.parse(text))
        for text in ("2024", "2025-H1", "2025", "2026-H1")
    }
    assert asked == {"2024": "dcs@2024", "2025-H1": "dcs@2024", "2025": "dcs@2025", "2026-H1": "dcs@2025"}
    with pytest.raises(Refusal, match="quý I năm 2024"):
        template_library.reference_for(Period.parse("2024-Q1"))


def test_an_unknown_template_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refusal, match=r"khac@1.*dcs@2024, dcs@2025"):
        template_library.template("khac@1")


def _figures(template: Template) -> Iterator[FigureEntry]:
    for section in template.section:
        for item in section.item:
            yield from (figure for figure in item.figures if isinstance(figure, FigureEntry))


@pytest.mark.parametrize("version", UNITS)
def test_a_shipped_template_goes_into_a_package_and_comes_out_the_same(version: str) -> None:
    template = template_library.template(version)
    packed = write_template(template)
    again = read_template(packed, "template.json", lambda reference: None)
    helps = {figure.id: (figure.standing, figure.aliases) for figure in _figures(template)}
    assert helps["dan_cu.thon"][0]
    assert helps["hoa_giai_vien.tong"][1] == ("hòa giải viên",)
    assert b'"standing"' not in packed
    assert b'"of"' not in packed  # a key that older programs do not know, and these templates do not use
    assert b'"aliases"' not in packed
    assert write_template(again) == packed
    with_help = [
        structs.replace(figure, standing=helps[figure.id][0], aliases=helps[figure.id][1])
        for figure in _figures(again)
    ]
    assert with_help == list(_figures(template))


def test_the_newest_version_stands_first() -> None:
    infos = template_library.known()
    assert [info.reference for info in infos] == ["dcs@2025", "dcs@2024"]
    assert infos[0].valid_until is None
    assert [level.id for level in infos[0].levels] == ["commune", "receiving"]
    assert infos[0].levels[1].units == ("province",)
    assert infos[0].periods == (PeriodKind.YEAR, PeriodKind.HALF)


def test_a_damaged_shipped_template_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "dcs-2024.toml").write_text("[template", "utf-8")
    monkeypatch.setattr(template_library, "resources_dir", lambda: tmp_path)
    template_library.template.cache_clear()
    try:
        with pytest.raises(Refusal, match=r"templates/dcs-2024\.toml"):
            template_library.template("dcs@2024")
    finally:
        template_library.template.cache_clear()


def test_a_file_of_any_author_is_examined_whole(tmp_path: Path) -> None:
    own = tmp_path / "cua-toi.toml"
    head = (
        '[template]\nid = "cua_toi"\nversion = "1"\nextends = "dcs@2025"\nvalid_from = 2026-01-01\nmau = 1\n'
    )
    own.write_text(head, "utf-8")
    faults, template = template_library.examine(own)
    assert template is None
    assert "“mau”" in faults[0].message
    own.write_text(head.replace("mau = 1\n", "").replace("cua_toi", "cua-toi"), "utf-8")
    faults, template = template_library.examine(own)
    assert faults == ()
    assert template is not None
    assert template.reference == "cua-toi@1"
    with pytest.raises(Refusal, match="không-có"):
        template_library.examine(tmp_path / "không-có.toml")


# ------------------------------------------------------------------------- every form of every unit


@pytest.mark.parametrize("period", ["year", "half"])
@pytest.mark.parametrize(("version", "level", "type_"), CASES)
def test_every_form_builds_in_the_words_of_its_unit(
    version: str, level: str, type_: str, period: str
) -> None:
    unit = UnitName("1", "GSO-2024", f"{type_.capitalize()} Hòa An", type_)
    asked = "2026" if version == "dcs@2025" else "2024"
    form = form_of(version, level, unit, PROVINCE, asked + ("-H1" if period == "half" else ""))
    assert len(form.items) == 38
    assert not PLACE.search(repr(form)), "a named place is left without its words"
    labels = [figure.label for figure in form.figures.values()]
    assert len(labels) == len(set(labels)), "two figures that a search cannot tell apart"
    assert not [label for label in labels if label.startswith(("Trong", " "))]
    known = form.fields.keys() | form.figures.keys() | form.tables.keys()
    for item in form.items.values():
        assert item.guidance, item.id
        assert set(item.shows) <= form.figures.keys()
        for line in (*item.lines, item.default):
            assert {link.key for link in links(read(line))} <= known
    for rule in form.checks:
        assert {*formula.names(rule.rule), *rule.marks} <= known
    assert form.letterheads
    assert {head.layout for head in form.letterheads} == {"state", "party"}


@pytest.mark.parametrize("version", UNITS)
def test_no_relation_is_left_out_of_every_form(version: str) -> None:
    template = template_library.template(version)
    forms = [
        form_of(version, level.id, COMMUNE, DISTRICT, period)
        for level in template.level
        for period in ("2026", "2026-H1")
    ]
    built = {rule.id for form in forms for rule in form.checks}
    assert built == {rule.id for rule in template.check}
    asked = {id for form in forms for id in form.figures}
    assert field_keys(template) >= asked
    assert asked == {
        f.id for s in template.section for i in s.item for f in i.figures if not isinstance(f, str)
    }


def test_the_bodies_are_named_after_the_unit() -> None:
    said = {
        type_: form_of(
            "dcs@2024", "receiving", UnitName("1", "", f"{type_} Hòa An", type_), PROVINCE, "2024"
        ).label_of("tiep_dan_cap_tren.bi_thu")
        for type_ in UNITS["dcs@2024"]["receiving"]
    }
    assert [label.rpartition("Bí thư ")[2] for label in said.values()] == [
        "Huyện ủy",
        "Quận ủy",
        "Thị ủy",
        "Thành ủy",
        "Tỉnh ủy",
    ]
    ward = form_of("dcs@2025", "commune", UnitName("1", "", "Phường Ngã Bảy", "phường"), PROVINCE, "2025")
    assert ward.label_of("tiep_dan.bi_thu") == "Số cuộc tiếp dân của Bí thư Đảng ủy phường"
    assert ward.subject.endswith("năm 2025, nhiệm vụ trọng tâm năm 2026")
    assert form_of("dcs@2024", "commune", COMMUNE, DISTRICT, "2024-H1").subject.endswith(
        "6 tháng đầu năm 2024, nhiệm vụ trọng tâm 6 tháng cuối năm 2024"
    )


def test_the_units_own_words_come_first() -> None:
    identity = Identity(COMMUNE, DISTRICT, Period.parse("2024"), "commune", "dcs@2024")
    template = template_library.template("dcs@2024")
    assert template_library.form_for(template, identity, {}).label_of("dan_cu.thon") == "Tổng số thôn"
    form = template_library.form_for(template, identity, {"thon": "ấp"})
    assert form.label_of("dan_cu.thon") == "Tổng số ấp"
    assert form.fields["huong_uoc.so_thon"].type.unit == "ấp"


def test_both_versions_and_both_levels_share_ids() -> None:
    old = form_of("dcs@2024", "commune", COMMUNE, DISTRICT, "2024")
    new = form_of("dcs@2025", "commune", COMMUNE, PROVINCE, "2025")
    shared = old.figures.keys() & new.figures.keys()
    assert old.figures.keys() - new.figures.keys() == set()
    assert all(old.figures[id].type.unit == new.figures[id].type.unit for id in shared)
    assert {"trung_tam_hcc", "ho_so.truc_tuyen"} <= new.figures.keys() - old.figures.keys()
    assert not new.fields["ban_ttnd.cuoc"].required
    assert old.fields["ban_ttnd.cuoc"].required
    assert old.figures["ho_so.tiep_nhan"].covers is not None
    assert new.figures["ho_so.tiep_nhan"].covers is None


def test_retired_ids_are_gone_and_listed() -> None:
    template = template_library.template("dcs@2025")
    assert "don_vi.loai_1" in template.retired
    assert "don_vi.loai_1" not in field_keys(template)


def test_the_half_year_asks_less_than_the_year(commune: Form) -> None:
    half = form_of("dcs@2024", "commune", COMMUNE, DISTRICT, "2024-H1")
    assert commune.figures.keys() - half.figures.keys() == {
        "ntm.dat_chuan",
        "ntm.nang_cao",
        "cchc.diem",
        "cchc.hang",
        "khen_thuong.tap_the",
        "khen_thuong.ca_nhan",
    }
    assert {"don_kntc.luy_ke", "kien_nghi.luy_ke"} == half.figures.keys() - commune.figures.keys()


def test_a_commune_is_asked_for_what_the_district_adds_up(commune: Form, district: Form) -> None:
    for id, figure in district.figures.items():
        if figure.source is not Source.OWN:
            assert id in commune.figures
    assert district.figures["tthc.tong"].roll_up is RollUp.SAME
    assert district.figures["ntm.dat_chuan"].roll_up is RollUp.COUNT
    assert district.figures["ntm.dat_chuan"].type.kind is Kind.COUNT
    assert district.figures["hoa_giai.ty_le"].roll_up is RollUp.RATIO
    assert district.fields["ho_so.tre_han.own"].role is Role.ENTERED


# -------------------------------------------------------- every number of the 2024 report (N1 to N56)

REPORT: Mapping[str, Mapping[str, str]] = {
    "N1": {"htx.tong": "62", "htx.nong_nghiep": "55", "htx.phi_nong_nghiep": "07"},
    "N2": {"htx.thanh_vien": "1.640", "htx.lao_dong": "1.914"},
    "N3": {"htx.von_dieu_le": "96,997"},
    "N4": {"tht.tong": "170", "tht.thanh_vien": "4.860", "tht.von_gop": "6.830"},
    "N5": {"clb_san_xuat": "14"},
    "N6": {"ntm.dat_chuan": "8", "don_vi.so_xa": "12"},
    "N7": {"thu_ngan_sach.done": "935.743", "thu_ngan_sach.target": "767.562"},
    "N8": {"thu_noi_dia.done": "125.389", "thu_noi_dia.target": "114.010"},
    "N9": {"viec_lam.done": "3.506", "viec_lam.target": "2.450"},
    "N10": {"day_nghe.done": "675", "day_nghe.target": "450"},
    "N11": {"to_qcdc.nguong": "10"},
    "N12": {
        "tthc_cap_tren.tong": "283",
        "tthc_cap_tren.toan_trinh": "44",
        "tthc_cap_tren.mot_phan": "95",
        "tthc_cap_tren.dich_vu_cong": "144",
    },
    "N13": {"tthc.tong": "162", "tthc.toan_trinh": "10", "tthc.mot_phan": "93", "tthc.dich_vu_cong": "59"},
    "N14": {"ke_khai_tai_san": "70"},
    "N15": {
        "thanh_tra.phe_duyet": "03",
        "thanh_tra.hoan_thanh": "03",
        "thanh_tra.theo_ke_hoach": "02",
        "thanh_tra.dot_xuat": "01",
        "thanh_tra.dang_thuc_hien": "1",
    },
    "N16": {"thanh_tra.ca_nhan": "02"},
    "N17": {"mo_hinh.nhom_1": "3", "mo_hinh.nhom_2": "4", "mo_hinh.nhom_3": "5"},
    "N18": {"tap_huan.so_cuoc": "02", "tap_huan.so_nguoi": "195"},
    "N19": {
        "kiem_tra.dau_nam.xa.done": "9",
        "kiem_tra.dau_nam.xa.target": "15",
        "kiem_tra.dau_nam.co_quan": "4",
        "kiem_tra.dau_nam.doanh_nghiep": "02",
    },
    "N20": {
        "kiem_tra.cuoi_nam.xa.done": "15",
        "kiem_tra.cuoi_nam.xa.target": "15",
        "kiem_tra.cuoi_nam.co_quan": "4",
        "kiem_tra.cuoi_nam.doanh_nghiep": "02",
    },
    "N21": {"tuyen_truyen.doan_vien.done": "85.650", "tuyen_truyen.doan_vien.target": "86.925"},
    "N22": {"tap_hop.ho.done": "43.261", "tap_hop.ho.target": "50.624"},
    "N24": {"kiem_sat.tham_gia": "07", "kiem_sat.don_vi": "6", "kiem_sat.nha_tam_giu": "1"},
    "N25": {"giam_sat_cap_tren.mttq.done": "05", "giam_sat_cap_tren.mttq.target": "04"},
    "N26": {
        "giam_sat_cap_tren.doan_the.done": "06",
        "giam_sat_cap_tren.doan_the.target": "05",
        "giam_sat_cap_tren.nong_dan": "2",
        "giam_sat_cap_tren.phu_nu": "1",
        "giam_sat_cap_tren.thanh_nien": "1",
        "giam_sat_cap_tren.cuu_chien_binh": "1",
        "giam_sat_cap_tren.cong_doan": "1",
    },
    "N27": {"giam_sat_cap_tren.truc_tiep": "1", "giam_sat_cap_tren.qua_van_ban": "14"},
    "N28": {"giam_sat.mttq.done": "44", "giam_sat.mttq.target": "30"},
    "N29": {"giam_sat.quy_dinh_124": "22", "giam_sat.tiep_cong_dan": "04"},
    "N30": {"giam_sat.doan_the.done": "78", "giam_sat.doan_the.target": "75"},
    "N31": {"giam_sat_hdnd.phap_che": "02", "giam_sat_hdnd.kinh_te": "03"},
    "N32": {"cchc.diem": "90,96", "cchc.hang": "8"},
    "N33": {"chuyen_doi_so.it_nhat": "01", "chuyen_doi_so.nhieu_nhat": "02"},
    "N34": {"tiep_dan_cap_tren.bi_thu": "08", "tiep_dan_cap_tren.bi_thu_luot": "17"},
    "N35": {
        "don_bi_thu.tong": "27",
        "don_bi_thu.cap_tren_chuyen": "06",
        "don_bi_thu.cong_dan": "21",
        "don_bi_thu.noi_chinh": "03",
        "don_bi_thu.kiem_tra": "01",
        "don_bi_thu.to_chuc": "01",
        "don_bi_thu.ubnd": "01",
    },
    "N36": {"tiep_dan_cap_tren.chu_tich": "18", "tiep_dan_cap_tren.chu_tich_luot": "40"},
    "N37": {"don_kntc.tiep_nhan": "72", "don_kntc.giai_quyet": "71", "don_kntc.con_lai": "01"},
    "N38": {"kien_nghi.tiep_nhan": "88", "kien_nghi.giai_quyet": "85", "kien_nghi.con_lai": "03"},
    "N39": {
        "doi_thoai_cap_tren.tong": "3",
        "doi_thoai_cap_tren.nhan_dan": "2",
        "doi_thoai_cap_tren.nhom": "1",
    },
    "N40": {
        "phoi_hop_doi_thoai.phieu": "316",
        "phoi_hop_doi_thoai.y_kien": "476",
        "phoi_hop_doi_thoai.cuoc": "6",
    },
    "N41": {"doi_thoai_cap_tren.y_kien": "1842"},
    "N42": {"huong_uoc.so_thon": "128", "dan_cu.thon": "128"},
    "N43": {"ban_ttnd.cuoc": "02"},
    "N44": {"ban_gsdtcd.cong_trinh": "14"},
    "N45": {
        "hoa_giai.tiep_nhan": "412",
        "hoa_giai.dua_ra": "403",
        "hoa_giai.thanh": "358",
        "hoa_giai.khong_thanh": "45",
        "hoa_giai.con_lai": "09",
    },
    "N46": {
        "to_hoa_giai": "126",
        "hoa_giai_vien.tong": "776",
        "hoa_giai_vien.nam": "638",
        "hoa_giai_vien.nu": "138",
    },
    "N47": {
        "don_vi.tong": "15",
        "don_vi.loai_1": "11",
        "don_vi.loai_2": "4",
        "don_vi.loai_3": "không",
        "don_vi.phuong_thi_tran": "3",
    },
    "N48": {
        "co_quan.hoi_nghi.done": "62",
        "co_quan.hoi_nghi.target": "62",
        "co_quan.quy_che.done": "62",
        "co_quan.quy_che.target": "62",
    },
    "N49": {
        "ho_so.tiep_nhan": "24.878",
        "ho_so.giai_quyet": "24.636",
        "ho_so.truoc_han": "24.449",
        "ho_so.dung_han": "131",
        "ho_so.tre_han": "56",
    },
    "N50": {"phan_anh_tthc": "01"},
    "N51": {"tiep_cong_dan.cuoc": "113", "tiep_cong_dan.luot": "113"},
    "N52": {"don_dat_dai.tong": "118", "don_dat_dai.khieu_nai": "57", "don_dat_dai.kien_nghi": "61"},
    "N53": {
        "khieu_nai.tong": "71",
        "khieu_nai.doi_thoai": "68",
        "khieu_nai.cho_doi_thoai": "02",
        "khieu_nai.dang_xac_minh": "01",
    },
    "N55": {"dn.cong_doan_co_so": "11"},
    "N56": {
        "van_ban.cap_uy": "1",
        "van_ban.ubnd": "1",
        "van_ban.bcd": "3",
        "van_ban.mttq": "không",
        "van_ban.doan_the": "không",
        "kien_toan": "Có",
        "tap_huan.doi_tuong": "Cán bộ dân vận, thành viên Ban Chỉ đạo",
        "kiem_tra.tong": "3",
        "kiem_tra.so_kiem_tra": "2",
        "kiem_tra.so_giam_sat": "1",
        "kiem_tra.luot_don_vi": "37",
        "kiem_tra.don_vi_giam_sat": "1",
        "ntm.kinh_phi": "130.391",
        "doi_thoai_cap_tren.bi_thu": "3",
        "doi_thoai_cap_tren.chu_tich": "3",
        "tiep_dan.bi_thu": "289",
        "doi_thoai.bi_thu": "30",
        "doi_thoai.chu_tich": "30",
    },
}

ROWS = {
    "van_ban": {"noi_ban_hanh": "cap_uy ubnd bcd bcd bcd"},
    "cuoc_kiem_tra": {
        "loai_cuoc": "kiem_tra kiem_tra giam_sat thanh_tra_ke_hoach thanh_tra_ke_hoach thanh_tra_dot_xuat"
    },
    "ca_nhan_thanh_tra": {"chuc_vu": "Chủ-tịch Chủ-tịch"},
    "tieu_chi_mo_hinh": {"nhom": "nhom_1 " * 3 + "nhom_2 " * 4 + "nhom_3 " * 5},
    "giam_sat_hdnd": {"ban": "phap_che " * 2 + "kinh_te " * 3},
    "cuoc_doi_thoai": {"cap": "don_vi " * 3 + "phoi_hop " * 6},
}

# One number of the report changed, and the relation that must say so.
CHANGED = [
    ("N1", "htx.nong_nghiep", "56", "kt.htx.tong"),
    ("N6", "ntm.dat_chuan", "13", "kt.ntm.dat_chuan"),
    ("N6", "don_vi.so_xa", "13", "kt.don_vi.so_xa"),
    ("N8", "thu_noi_dia.done", "935.744", "kt.thu_noi_dia.thuc_hien"),
    ("N8", "thu_noi_dia.target", "767.563", "kt.thu_noi_dia.ke_hoach"),
    ("N12", "tthc_cap_tren.tong", "284", "kt.tthc_cap_tren.tong"),
    ("N13", "tthc.dich_vu_cong", "60", "kt.tthc.tong"),
    ("N15", "thanh_tra.hoan_thanh", "04", "kt.thanh_tra.tong"),
    ("N15", "thanh_tra.phe_duyet", "1", "kt.thanh_tra.phe_duyet"),
    ("N15", "thanh_tra.theo_ke_hoach", "3", "kt.thanh_tra.bang_ke_hoach"),
    ("N15", "thanh_tra.dot_xuat", "2", "kt.thanh_tra.bang_dot_xuat"),
    ("N16", "thanh_tra.ca_nhan", "3", "kt.thanh_tra.bang_ca_nhan"),
    ("N17", "mo_hinh.nhom_1", "4", "kt.mo_hinh.bang_1"),
    ("N17", "mo_hinh.nhom_2", "5", "kt.mo_hinh.bang_2"),
    ("N17", "mo_hinh.nhom_3", "6", "kt.mo_hinh.bang_3"),
    ("N19", "kiem_tra.dau_nam.xa.done", "16", "kt.kiem_tra.dau_nam.xa"),
    ("N19", "kiem_tra.dau_nam.xa.target", "14", "kt.kiem_tra.dau_nam.don_vi"),
    ("N19", "kiem_tra.dau_nam.co_quan", "5", "kt.kiem_tra.don_vi"),
    ("N20", "kiem_tra.cuoi_nam.xa.done", "16", "kt.kiem_tra.cuoi_nam.xa"),
    ("N20", "kiem_tra.cuoi_nam.xa.target", "16", "kt.kiem_tra.cuoi_nam.don_vi"),
    ("N20", "kiem_tra.cuoi_nam.doanh_nghiep", "3", "kt.kiem_tra.don_vi"),
    ("N21", "tuyen_truyen.doan_vien.done", "86.926", "kt.tuyen_truyen.doan_vien"),
    ("N22", "tap_hop.ho.done", "50.625", "kt.tap_hop.ho"),
    ("N24", "kiem_sat.don_vi", "7", "kt.kiem_sat.tong"),
    ("N26", "giam_sat_cap_tren.doan_the.done", "07", "kt.giam_sat_cap_tren.doan_the"),
    ("N27", "giam_sat_cap_tren.qua_van_ban", "15", "kt.giam_sat_cap_tren.don_vi"),
    ("N29", "giam_sat.quy_dinh_124", "41", "kt.giam_sat.trong_do"),
    ("N31", "giam_sat_hdnd.phap_che", "03", "kt.giam_sat_hdnd.bang_phap_che"),
    ("N31", "giam_sat_hdnd.kinh_te", "02", "kt.giam_sat_hdnd.bang_kinh_te"),
    ("N33", "chuyen_doi_so.it_nhat", "3", "kt.chuyen_doi_so.khoang"),
    ("N35", "don_bi_thu.tong", "26", "kt.don_bi_thu.tong"),
    ("N35", "don_bi_thu.noi_chinh", "2", "kt.don_bi_thu.cap_tren_chuyen"),
    ("N37", "don_kntc.con_lai", "02", "kt.don_kntc.con_lai"),
    ("N38", "kien_nghi.giai_quyet", "86", "kt.kien_nghi.con_lai"),
    ("N39", "doi_thoai_cap_tren.nhan_dan", "3", "kt.doi_thoai_cap_tren.tong"),
    ("N39", "doi_thoai_cap_tren.tong", "4", "kt.doi_thoai_cap_tren.bang"),
    ("N40", "phoi_hop_doi_thoai.cuoc", "7", "kt.phoi_hop_doi_thoai.bang"),
    ("N42", "huong_uoc.so_thon", "129", "kt.huong_uoc.so_thon"),
    ("N45", "hoa_giai.tiep_nhan", "413", "kt.hoa_giai.tiep_nhan"),
    ("N45", "hoa_giai.con_lai", "10", "kt.hoa_giai.tiep_nhan"),
    ("N45", "hoa_giai.thanh", "359", "kt.hoa_giai.dua_ra"),
    ("N46", "hoa_giai_vien.nu", "139", "kt.hoa_giai_vien.tong"),
    ("N47", "don_vi.loai_1", "12", "kt.don_vi.loai"),
    ("N48", "co_quan.hoi_nghi.done", "63", "kt.co_quan.hoi_nghi"),
    ("N48", "co_quan.quy_che.done", "63", "kt.co_quan.quy_che"),
    ("N49", "ho_so.dung_han", "132", "kt.ho_so.giai_quyet"),
    ("N49", "ho_so.tiep_nhan", "24.635", "kt.ho_so.tiep_nhan"),
    ("N51", "tiep_cong_dan.cuoc", "25", "kt.tiep_cong_dan.cuoc"),
    ("N51", "tiep_cong_dan.luot", "56", "kt.tiep_cong_dan.luot"),
    ("N52", "don_dat_dai.kien_nghi", "62", "kt.don_dat_dai.tong"),
    ("N53", "khieu_nai.doi_thoai", "69", "kt.khieu_nai.tong"),
    ("N56", "van_ban.cap_uy", "2", "kt.van_ban.bang_cap_uy"),
    ("N56", "van_ban.ubnd", "2", "kt.van_ban.bang_ubnd"),
    ("N56", "van_ban.bcd", "2", "kt.van_ban.bang_bcd"),
    ("N56", "van_ban.mttq", "1", "kt.van_ban.bang_mttq"),
    ("N56", "van_ban.doan_the", "1", "kt.van_ban.bang_doan_the"),
    ("N56", "kiem_tra.tong", "4", "kt.kiem_tra.tong"),
    ("N56", "kiem_tra.so_kiem_tra", "3", "kt.kiem_tra.bang_kiem_tra"),
    ("N56", "kiem_tra.so_giam_sat", "2", "kt.kiem_tra.bang_giam_sat"),
    ("N56", "kiem_tra.luot_don_vi", "36", "kt.kiem_tra.don_vi"),
    ("N56", "doi_thoai_cap_tren.bi_thu", "4", "kt.doi_thoai_cap_tren.bi_thu"),
    ("N56", "doi_thoai_cap_tren.chu_tich", "4", "kt.doi_thoai_cap_tren.chu_tich"),
]

# What the report printed, or would have printed, as a percentage.
DERIVED = {
    "ntm.ty_le": "66.67",
    "thu_ngan_sach.percent": "121.91",
    "thu_noi_dia.percent": "109.98",
    "viec_lam.percent": "143.10",
    "day_nghe.percent": "150",
    "kiem_tra.dau_nam.tong": "15",
    "kiem_tra.cuoi_nam.tong": "21",
    "tuyen_truyen.doan_vien.percent": "98.53",
    "tap_hop.ho.percent": "85.46",
    "giam_sat.tong": "133",
    "giam_sat.cap_xa": "122",
    "giam_sat_cap_tren.mttq.percent": "125",
    "giam_sat_cap_tren.doan_the.percent": "120",
    "giam_sat.mttq.percent": "146.67",
    "giam_sat.doan_the.percent": "104",
    "hoa_giai.ty_le": "88.83",
    "huong_uoc.ty_le": "100",
    "co_quan.hoi_nghi.percent": "100",
    "ho_so.con_lai": "242",
}


def typed(form: Form, figures: Mapping[str, str]) -> Answers:
    """Answers as typed; a rolled-up figure's number is what its communes sent."""
    answers = Answers()
    for key, text in figures.items():
        if key not in form.fields:
            continue
        below = f"{key}.below"
        value = parse(form.type_of(key), text)
        assert isinstance(value, Value), (key, value)
        answers = answers.with_value(below if below in form.fields else key, value)
    for table, columns in ROWS.items():
        if table in form.tables:
            for column, cells in columns.items():
                rows = tuple(Row(f"r{n}", {column: given(cell)}) for n, cell in enumerate(cells.split()))
                answers = answers.with_rows(table, rows)
    return answers


def rules(form: Form, answers: Answers) -> set[str]:
    findings = check(form, answers, compute(form, answers))
    return {finding.rule for finding in findings if finding.severity is not Severity.MISSING}


@pytest.fixture(scope="module")
def whole() -> dict[str, str]:
    return {key: text for figures in REPORT.values() for key, text in figures.items()}


def test_every_number_of_the_report_has_a_field(district: Form, whole: Mapping[str, str]) -> None:
    assert {key for key in whole if key not in district.fields} == set()
    not_entered = {"N23", "N54"}  # a derived sum, and N38 in a second place
    assert {f"N{n}" for n in range(1, 57)} - REPORT.keys() == not_entered
    assert "kien_nghi.tiep_nhan" in district.items["III.2.c"].shows


def test_the_report_of_2024_agrees_with_itself(district: Form, whole: Mapping[str, str]) -> None:
    assert rules(district, typed(district, whole)) == set()


def test_its_percentages_and_sums_are_derived(district: Form, whole: Mapping[str, str]) -> None:
    figures = compute(district, typed(district, whole))
    shown = {key: figures[key].number for key in DERIVED}
    rounded = {key: None if number is None else round(number, 2) for key, number in shown.items()}
    assert rounded == {key: Decimal(text) for key, text in DERIVED.items()}


# A number that stands in two relations breaks both, one changed number at a time.
ALSO = {
    "kt.thanh_tra.bang_ke_hoach": ["kt.thanh_tra.tong"],
    "kt.thanh_tra.bang_dot_xuat": ["kt.thanh_tra.tong"],
    "kt.kiem_tra.dau_nam.xa": ["kt.kiem_tra.don_vi"],
    "kt.kiem_tra.cuoi_nam.xa": ["kt.kiem_tra.don_vi"],
    "kt.doi_thoai_cap_tren.bang": ["kt.doi_thoai_cap_tren.tong"],
    "kt.kiem_tra.bang_kiem_tra": ["kt.kiem_tra.tong"],
    "kt.kiem_tra.bang_giam_sat": ["kt.kiem_tra.tong"],
}


@pytest.mark.parametrize(
    ("number", "key", "text", "rule"), CHANGED, ids=[f"{n}-{k}" for n, k, _, _ in CHANGED]
)
def test_a_changed_number_is_found(
    district: Form, whole: Mapping[str, str], number: str, key: str, text: str, rule: str
) -> None:
    assert key in REPORT[number]
    answers = typed(district, {**whole, key: text})
    assert rules(district, answers) == {rule, *ALSO.get(rule, ())}
    finding = next(f for f in check(district, answers, compute(district, answers)) if f.rule == rule)
    assert re.match(r"Mục [IVA]+[\w.]*: .*Đề nghị", finding.message)


def test_every_relation_of_the_district_is_among_the_changed_ones(district: Form) -> None:
    asked_of_communes = {rule.id for rule in form_of("dcs@2024", "commune", COMMUNE, DISTRICT, "2024").checks}
    tested = {rule for *_, rule in CHANGED}
    beyond_the_report = {
        "kt.ntm.nang_cao",
        "kt.kiem_tra.giam_sat",
        "kt.don_kntc.tong",
        "kt.don_kntc.chuyen_den",
        "kt.kien_nghi.chuyen_den",
        "kt.co_quan.ban_ttnd",
        "kt.dn.co_cong_doan",
        "kt.dn.quy_che",
        "kt.dn.hoi_nghi",
    }
    assert {rule.id for rule in district.checks} - asked_of_communes - tested - beyond_the_report == set()


def test_a_list_that_disagrees_with_its_count_is_named_with_the_choice(
    district: Form, whole: Mapping[str, str]
) -> None:
    answers = typed(district, {**whole, "van_ban.cap_uy": "2"})
    finding = next(f for f in check(district, answers, compute(district, answers)) if "cap_uy" in f.rule)
    assert finding.message == (
        "Mục II.1.b: “Số văn bản lãnh đạo, chỉ đạo của Huyện ủy” (2) phải bằng số dòng “Huyện ủy” của bảng "
        "“Văn bản lãnh đạo, chỉ đạo trực tiếp về thực hiện dân chủ ở cơ sở” (1). Đề nghị kiểm tra lại."
    )


@pytest.mark.parametrize(
    ("key", "text", "rule"),
    [
        ("kiem_tra.luot_don_vi", "17", "kt.kiem_tra.don_vi_6_thang"),
        ("don_kntc.luy_ke", "71", "kt.don_kntc.luy_ke"),
        ("kien_nghi.luy_ke", "87", "kt.kien_nghi.luy_ke"),
    ],
)
def test_the_half_year_has_relations_of_its_own(
    whole: Mapping[str, str], key: str, text: str, rule: str
) -> None:
    half = form_of("dcs@2024", "receiving", DISTRICT, PROVINCE, "2024-H1")
    figures = {**whole, "kiem_tra.luot_don_vi": "16", "don_kntc.luy_ke": "72", "kien_nghi.luy_ke": "90"}
    assert rules(half, typed(half, figures)) == set()
    assert rule in rules(half, typed(half, {**figures, key: text}))


def test_a_score_has_its_maximum(district: Form) -> None:
    assert not isinstance(parse(district.type_of("cchc.diem"), "100,5"), Value)
    assert not isinstance(parse(district.type_of("cchc.hang"), "0"), Value)


# ------------------------------------------------------------------------------ the communes' relations

COMMUNE_FIGURES = {
    "dan_cu.thon": "8",
    "dan_cu.ho": "2.500",
    "to_hoa_giai": "8",
    "tap_hop.ho.done": "2.100",
    "tap_hop.ho.target": "2.500",
    "kiem_tra.tong": "2",
    "kiem_tra.so_kiem_tra": "2",
    "kiem_tra.so_giam_sat": "0",
    "ban_quyet_dinh.so_viec": "12",
    "ban_quyet_dinh.cong_trinh": "4",
    "ban_quyet_dinh.tong_ho": "800",
    "ban_quyet_dinh.ho_du": "760",
    "ban_quyet_dinh.tan_thanh": "720",
    "ban_quyet_dinh.gia_tri": "1.200",
    "ban_quyet_dinh.ngan_sach": "700",
    "ban_quyet_dinh.dan_gop": "500",
    "ntm.kinh_phi": "650",
    "hop_thon.mot_lan": "2",
    "hop_thon.hai_lan": "6",
    "bau_truong_thon.so_thon": "3",
    "bau_truong_thon.so_nguoi": "3",
    "y_kien.phieu": "400",
    "y_kien.phieu_thu": "388",
    "y_kien.so_y_kien": "52",
    "y_kien.tiep_thu": "40",
    "don_kntc.tiep_nhan": "3",
    "don_kntc.khieu_nai": "2",
    "don_kntc.to_cao": "1",
    "don_kntc.chuyen_den": "1",
    "kien_nghi.tiep_nhan": "5",
    "kien_nghi.chuyen_den": "2",
    "ban_ttnd.kien_nghi": "4",
    "ban_ttnd.giai_quyet": "3",
    "ban_gsdtcd.cong_trinh": "5",
    "ban_gsdtcd.sai_pham": "1",
    "co_quan.hoi_nghi.done": "6",
    "co_quan.hoi_nghi.target": "6",
    "co_quan.ban_ttnd": "5",
    "dn.tong": "20",
    "dn.co_cong_doan": "4",
    "dn.quy_che": "4",
    "dn.hoi_nghi": "4",
}


@pytest.mark.parametrize(
    ("key", "text", "rule"),
    [
        ("to_hoa_giai", "7", "kt.to_hoa_giai"),
        ("dan_cu.ho", "2.400", "kt.tap_hop.tong_ho"),
        ("ban_quyet_dinh.cong_trinh", "13", "kt.ban_quyet_dinh.cong_trinh"),
        ("ban_quyet_dinh.ho_du", "801", "kt.ban_quyet_dinh.ho_du"),
        ("ban_quyet_dinh.tan_thanh", "761", "kt.ban_quyet_dinh.tan_thanh"),
        ("ban_quyet_dinh.ngan_sach", "701", "kt.ban_quyet_dinh.gia_tri"),
        ("ntm.kinh_phi", "499", "kt.ban_quyet_dinh.dan_gop"),
        ("hop_thon.hai_lan", "7", "kt.hop_thon"),
        ("bau_truong_thon.so_nguoi", "4", "kt.bau_truong_thon"),
        ("bau_truong_thon.so_thon", "9", "kt.bau_truong_thon.so_thon"),
        ("y_kien.phieu_thu", "401", "kt.y_kien.phieu"),
        ("y_kien.tiep_thu", "53", "kt.y_kien.tiep_thu"),
        ("don_kntc.to_cao", "2", "kt.don_kntc.tong"),
        ("don_kntc.chuyen_den", "4", "kt.don_kntc.chuyen_den"),
        ("kien_nghi.chuyen_den", "6", "kt.kien_nghi.chuyen_den"),
        ("ban_ttnd.giai_quyet", "5", "kt.ban_ttnd.giai_quyet"),
        ("ban_gsdtcd.sai_pham", "6", "kt.ban_gsdtcd.sai_pham"),
        ("co_quan.ban_ttnd", "7", "kt.co_quan.ban_ttnd"),
        ("dn.co_cong_doan", "21", "kt.dn.co_cong_doan"),
        ("dn.quy_che", "21", "kt.dn.quy_che"),
        ("dn.hoi_nghi", "21", "kt.dn.hoi_nghi"),
    ],
)
def test_a_commune_is_told_of_a_contradiction(commune: Form, key: str, text: str, rule: str) -> None:
    def found(figures: Mapping[str, str]) -> set[str]:
        answers = Answers(typed(commune, figures).values)
        return rules(commune, answers)

    assert found(COMMUNE_FIGURES) == set()
    assert rule in found({**COMMUNE_FIGURES, key: text})


# -------------------------------------------------------------------------------------------- the annex


def annex(form: Form, answers: Answers) -> list[str]:
    figures = compute(form, answers)
    lines = [
        line
        for section in form.sections
        if section.annex == "A"
        for item in section.items
        for line in item.lines
    ]
    return [
        f"{'- ' if line.startswith('- ') else ''}{_plain(line, form, figures, answers)}" for line in lines
    ]


def _plain(line: str, form: Form, figures: Mapping[str, Value], answers: Answers) -> str:
    return plain(read(line), lambda link: said(link, form, figures, answers))


def said(link: Link, form: Form, figures: Mapping[str, Value], answers: Answers) -> str:
    return "☐☐" if link.form == "boxes" else shown_link(link, form, figures, answers)


def test_the_annex_of_the_district_reads_as_the_printed_form(
    district: Form, whole: Mapping[str, str]
) -> None:
    lines = annex(district, typed(district, whole))
    assert lines[1:8] == [
        "- Huyện ủy: 1",
        "- Ủy ban nhân dân huyện: 1",
        "- Ban Chỉ đạo thực hiện QCDC huyện: 3",
        "- Mặt trận Tổ quốc Việt Nam huyện: không",
        "- Các tổ chức chính trị - xã hội huyện: không",
        "2. Kiện toàn Ban Chỉ đạo: ☐☐",
        "3. Công tác tuyên truyền, tập huấn về Luật Thực hiện dân chủ ở cơ sở và các Nghị định hướng dẫn:",
    ]
    assert "- Tổng số đoàn/lượt kiểm tra, giám sát: 3 (2 cuộc kiểm tra, 1 cuộc giám sát)" in lines
    assert "- Số diện tích đất do nhân dân hiến để xây dựng cơ sở hạ tầng (trong năm 2024): …… m²" in lines
    assert lines[-6:] == [
        "6.1. Cấp huyện:",
        "- Bí thư: Tiếp dân 8 cuộc; Đối thoại 3 cuộc.",
        "- Chủ tịch UBND: Tiếp dân 18 cuộc; Đối thoại 3 cuộc.",
        "6.2. Cấp xã:",
        "- Bí thư: Tiếp dân 289 cuộc; Đối thoại 30 cuộc.",
        "- Chủ tịch UBND: Tiếp dân …… cuộc; Đối thoại 30 cuộc.",
    ]


def test_the_annex_of_a_commune_has_its_own_bodies_only(commune: Form) -> None:
    lines = annex(commune, Answers())
    assert "- Đảng ủy xã: ……" in lines
    assert "+ Cấp xã:" in lines
    assert not [line for line in lines if "huyện" in line or "6.2" in line]
    assert len(lines) == 22


# ------------------------------------------------------------------------------------------- the tables


def test_documents_can_be_cited_and_name_their_issuer(commune: Form) -> None:
    table = commune.tables["van_ban"]
    assert table.role == "documents"
    issuers = [choice.label for choice in table.column("noi_ban_hanh").type.choices]
    assert issuers[:3] == ["Đảng ủy xã", "UBND xã", "Ban Chỉ đạo thực hiện QCDC xã"]
    assert {"so", "ngay", "trich_yeu"} <= {column.id for column in table.columns}
    assert sum(column.width for column in table.columns) == 100


# -------------------------------------------------------------------------------------- docs/indicators.md


def test_the_table_of_indicators_names_only_what_is_there() -> None:
    text = (resources_dir().parent / "docs" / "indicators.md").read_text("utf-8")
    known: set[str] = set()
    for version in UNITS:
        template = template_library.template(version)
        known |= field_keys(template) | {t.id for s in template.section for i in s.item for t in i.tables}
    named = set(re.findall(r"`([\w.]+)`", text.partition("## 4.")[0]))
    assert named - known == set()
    assert {f"N{n}" for n in range(1, 57)} <= set(re.findall(r"\bN\d+\b", text))
    own_words = re.findall(r"`([\w.]+)`", text)
    assert {id for id in field_keys(template_library.template("dcs@2024")) if "." in id} <= {
        *own_words,
        *(f"{id}.{part}" for id in own_words for part in ("done", "target", "percent")),
    }


def test_the_table_of_relations_names_the_checks_that_a_changed_number_is_found_by() -> None:
    text = (resources_dir().parent / "docs" / "indicators.md").read_text("utf-8")
    part = text.partition("## 4.")[2]
    told = {
        number: set(re.findall(r"`(kt\.[\w.]+)`", checks))
        for number, checks in re.findall(r"^\| (N\d+) \| (.*) \|$", part, re.MULTILINE)
    }
    tested: dict[str, set[str]] = {}
    for number, _key, _text, rule in CHANGED:
        tested.setdefault(number, set()).add(rule)
    assert {number: checks for number, checks in told.items() if checks} == tested
    assert set(told) == {f"N{n}" for n in range(1, 57)}

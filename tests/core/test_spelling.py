"""Words that cannot be Vietnamese syllables: which are doubted, which never are, what is offered."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcs_desktop import resources, sample
from dcs_desktop.core.spelling import slips
from dcs_desktop.core.syllable import RHYMES

ROOT = Path(__file__).parents[2]


def doubted(text: str) -> list[str]:
    return [slip.word for slip in slips(text)]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Phuơng", "Phương"), ("nguời", "người"), ("đuờng", "đường"), ("trưòng", "trường"), ("đựơc", "được"),
        ("ngừơi", "người"), ("thưc", "thực"), ("tổ chưc", "chức"), ("nghành", "ngành"), ("Ngiêm", "Nghiêm"),
        ("cuả", "của"), ("gỉai", "giải"), ("quýêt", "quyết"), ("baỏ", "bảo"), ("qúa", "quá"), ("hủu", "hửu"),
        ("THƯC", "THỰC"), ("thât", "thật"), ("kế hoach", ""), ("giám sat", ""),
    ],
)  # fmt: skip
def test_a_slip_is_doubted_and_what_was_meant_is_offered(word: str, meant: str) -> None:
    found = list(slips(f"Xã đã {word}, theo quy định."))
    assert [meant] == [offer for slip in found for offer in slip.offered if offer == meant] or not (
        meant or found
    )


@pytest.mark.parametrize(
    "text",
    [
        "hoà hòa thuỷ thủy quý quí khỏe khoẻ", "HĐND, UBND, BCĐ, ĐU, MTTQ, TTg, NĐ-CP", "tỏng", "Đắk Lắk, Krông Pắc, Sêrêpôk",
        "giếng gìn giữ giặt giết giường gì", "khuỷu khuya ngoằn ngoèo quềnh quàng huých tuýp xoong boong", "nghiêng nghe ghi ghế",
        "email, website, internet, Zalo", "xã@hậu.vn", "đ/c Nguyễn Văn A", "Đảng bộ; đảng viên", "uỷ ban, Ủy ban, UỶ BAN",
    ],
)  # fmt: skip
def test_what_is_right_or_foreign_is_left_alone(text: str) -> None:
    assert doubted(text) == []


def test_no_name_of_a_unit_is_doubted() -> None:
    names = {
        unit.name for info in resources.unit_lists() for unit in resources.unit_list(info.id).units.values()
    }
    assert len(names) > 9_000
    assert [name for name in sorted(names) if doubted(name)] == []


def test_no_text_of_ours_is_doubted() -> None:
    reports = [*sample.commune_reports(), sample.district_report()]
    said = [v.content for r in reports for v in r.answers.values.values() if isinstance(v.content, str)]
    files = [*ROOT.glob("resources/templates/*.toml"), *ROOT.glob("tests/data/prose/*.txt")]
    files.append(ROOT / "translations/vi/LC_MESSAGES/dcs.po")
    guide = (ROOT / "docs/huong-dan/huong-dan.md").read_text("utf-8")
    examples = re.compile(r"\*[^*\n]+\*")
    whole = "\n".join([*said, examples.sub("", guide), *(path.read_text("utf-8") for path in files)])
    assert len(whole.split()) > 50_000
    assert doubted(whole) == []


@given(st.text(max_size=200))
def test_every_slip_stands_where_it_is_said_to(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    for slip in slips(composed):
        assert composed[slip.start : slip.end] == slip.word


@given(
    onset=st.sampled_from(["", "b", "ch", "đ", "g", "gh", "k", "ng", "ngh", "nh", "qu", "th", "tr", "x"]),
    rhyme=st.sampled_from(sorted(RHYMES)),
    other=st.sampled_from(sorted(RHYMES)),
    mark=st.sampled_from(["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]),
)
def test_what_is_offered_is_never_doubted_itself(onset: str, rhyme: str, other: str, mark: str) -> None:
    word = unicodedata.normalize("NFC", onset + rhyme[:1] + mark + other[1:])
    for slip in slips(word):
        assert [offer for offer in slip.offered if doubted(offer)] == []


def test_a_known_word_is_not_doubted() -> None:
    assert list(slips("Phuơng", frozenset({"phuơng"}))) == []


def test_a_long_text_takes_time_by_its_length() -> None:
    text = "Nguời dân thưc hiện quy chế dân chủ ở cơ sở. " * 100

    def took(times: int) -> float:
        begun = process_time()
        assert sum(1 for _slip in slips(text * times)) == 200 * times
        return process_time() - begun

    took(1)
    assert took(40) < 40 * 12 * max(took(4) / 4, 0.0005)

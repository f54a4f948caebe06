"""Rule sets are data: what is wrong in one is said all at once; fonts and layouts that are missing are refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from msgspec.structs import replace

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.paths import resources_dir
from dcs_desktop.printing import fonts, layouts, render_report
from tests.printing.measuring import sheets
from tests.printing.samples import STATE, form, report

VIETNAMESE = (
    "".join(
        unicodedata.normalize("NFC", letter + tone)
        for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
        for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    )
    + "đĐ"
)


@pytest.fixture
def own_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program's files, to be damaged."""
    copy = tmp_path / "resources"
    for part in ("layouts", "fonts"):
        copytree(resources_dir() / part, copy / part)
    monkeypatch.setattr("dcs_desktop.resources.resources_dir", lambda: copy)
    monkeypatch.setattr("dcs_desktop.printing.fonts.resources_dir", lambda: copy)
    layouts.layout.cache_clear()
    fonts.register.cache_clear()
    yield copy
    layouts.layout.cache_clear()
    fonts.register.cache_clear()


def changed(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def test_a_rule_set_is_named_and_dated() -> None:
    state, party = layouts.layout("state"), layouts.layout("party")
    assert (state.id, state.name, state.source, state.valid_from) == (
        "state",
        "Thể thức văn bản hành chính nhà nước",
        "Nghị định 30/2020/NĐ-CP ngày 05/3/2020, Phụ lục I",
        date(2020, 3, 5),
    )
    assert (party.id, party.name, party.source, party.valid_from) == (
        "party",
        "Thể thức văn bản của Đảng",
        "Hướng dẫn 36-HD/VPTW ngày 03/4/2018 của Văn phòng Trung ương Đảng",
        date(2018, 4, 3),
    )


def test_what_the_partys_paper_leaves_unused_stands_as_in_the_states() -> None:
    state, party = layouts.layout("state"), layouts.layout("party")
    assert party.addressees == layouts.AddresseeRules(
        False, "Kính gửi:", 25.0, "- {addressee};", "- {addressee}."
    )
    assert replace(state.addressees, asked=False) == party.addressees
    assert (party.letterhead.under_body_share, party.title.under_subject_share) == (0.4, 0.4)


def test_another_rule_set_needs_no_code(own_resources: Path) -> None:
    path = own_resources / "layouts" / "state-2030.toml"
    path.write_text((own_resources / "layouts" / "state.toml").read_text("utf-8"), "utf-8")
    changed(
        path,
        'text = "Độc lập - Tự do - Hạnh phúc", size = 13.0',
        'text = "Độc lập - Tự do - Hạnh phúc", size = 14.0',
    )
    changed(path, 'numbers = "roman"', 'numbers = "arabic"')
    pages = sheets(render_report(report(STATE), form(), layout="state-2030").data)
    assert pages[0].line("Độc lập").size == 14
    assert "Phụ lục 2" in [page.lines[0].text for page in pages]


def test_every_fault_of_a_layout_is_said_at_once(own_resources: Path) -> None:
    path = own_resources / "layouts" / "state.toml"
    changed(path, "left = 30.0", 'left = "ba mươi"')
    changed(path, 'numbers = "roman"', 'numbers = "Roman"')
    changed(path, "superior_size = 12.0\n", "")
    changed(path, 'upper = "{number}. {title}"', 'upper = "{so}. {title}"')
    changed(path, "[trace]", "[trace]\ncolour = 1")
    with pytest.raises(Refusal) as refusal:
        layouts.layout("state")
    sentence = refusal.value.sentence
    assert "layouts/state.toml" in sentence
    for key in ("page.left", "annex.numbers", "letterhead.superior_size", "headings.upper", "trace.colour"):
        assert key in sentence


def test_a_layout_that_is_no_toml_or_not_there_is_refused_by_name(own_resources: Path) -> None:
    (own_resources / "layouts" / "party.toml").write_text("[page", "utf-8")
    with pytest.raises(Refusal, match=r"layouts/party\.toml"):
        layouts.layout("party")
    with pytest.raises(Refusal, match=r"layouts/quan-doi\.toml"):
        layouts.layout("quan-doi")


@pytest.mark.parametrize("damage", ["missing", "cut", "empty", "another"])
def test_a_font_that_is_missing_or_damaged_is_refused_by_name(own_resources: Path, damage: str) -> None:
    path = own_resources / "fonts" / "LiberationSerif-Italic.ttf"
    match damage:
        case "missing":
            path.unlink()
        case "cut":
            path.write_bytes(path.read_bytes()[:100_000])
        case "empty":
            path.write_bytes(b"")
        case _:
            data = bytearray(path.read_bytes())
            data[200_000:200_016] = bytes(16)
            path.write_bytes(data)
    with pytest.raises(Refusal, match=r"LiberationSerif-Italic\.ttf"):
        render_report(report(STATE), form())


def test_the_typeface_has_every_vietnamese_letter() -> None:
    fonts.register()
    assert len(set(VIETNAMESE)) == 146
    assert fonts.missing(VIETNAMESE) == ()
    assert fonts.missing("Đạt ☑ 字\n") == ("☑", "字")

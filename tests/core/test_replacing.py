"""Words found in narratives and replaced: marks only where they are asked for, figures and footnotes untouched."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dcs_desktop.core.narrative import Prose, links, marks, plain, read, tidy, write
from dcs_desktop.core.replacing import found, replaced
from tests.core.test_narrative import proses


def _said(markup: str, sought: str, *, whole: bool = True) -> list[str]:
    return [one.words for one in found(read(markup), sought, whole=whole)]


@pytest.mark.parametrize(
    ("markup", "sought", "whole", "words"),
    [
        ("Ấp Một, ấp hai, Áp suất, cấp ba", "ap", True, ["Ấp", "ấp", "Áp"]),
        ("Ấp Một, ấp hai, Áp suất, cấp ba", "ap", False, ["Ấp", "ấp", "Áp", "ấp"]),
        ("Ấp Một, ấp hai, Áp suất", "ấp", True, ["Ấp", "ấp"]),
        ("đối thoại; Đoi", "doi", True, ["đối", "Đoi"]),
        ("hòa giải, hoà giải, hoa giải", "hòa giải", True, ["hòa giải", "hoà giải"]),
        ("các hoà  giải viên", "hòa giải", True, ["hoà  giải"]),
        ("Cư M’gar, Cư Mgar, Cu M'gar", "cư m'gar", True, ["Cư M’gar", "Cư Mgar"]),
        ("ban **chỉ** đạo, Ban  Chỉ Đạo", "ban chi dao", True, ["ban chỉ đạo", "Ban  Chỉ Đạo"]),
        ("{hoa_giai.thanh} vụ, hoa_giai.thanh", "hoa_giai.thanh", True, ["hoa_giai.thanh"]),
        ("hòa[^1] giải\n\n[^1]: hòa giải", "hoa giai", True, ["hòa giải"]),
        ("- xã\n\n{#1} xã", "xa", True, ["xã", "xã"]),
        ("5% 5%", "5%", True, ["5%", "5%"]),
        ("ngày 1/2", "  ", True, []),
        ("aaaa", "aa", False, ["aa", "aa"]),
    ],
)
def test_words_are_found(markup: str, sought: str, whole: bool, words: list[str]) -> None:
    assert _said(markup, sought, whole=whole) == words


@pytest.mark.parametrize(
    ("markup", "sought", "words", "after"),
    [
        ("Ấp **một** và ấp hai", "ap", "thôn", "thôn **một** và thôn hai"),
        ("ban **chỉ** đạo", "ban chi dao", "Tổ", "Tổ"),
        ("a **ban chỉ** đạo b", "ban chi dao", "Tổ công tác", "a **Tổ công tác** b"),
        ("Có {a} vụ[^1].\n\n[^1]: Vụ {a}.", "vu", "việc", "Có {a} việc[^1].\n\n[^1]: việc {a}."),
        ("một hai ba", "hai", "", "một  ba"),
        ("một\n\nhai", "hai", "", "một"),
        ("một", "mot", "{a}*", "\\{a}\\*"),
        ("{#1} một\n- một", "mot", "hai", "{#1} hai\n- hai"),
    ],
)
def test_words_are_replaced_where_they_were_found(markup: str, sought: str, words: str, after: str) -> None:
    prose = read(markup)
    assert write(replaced(prose, [one.place for one in found(prose, sought)], words)) == after


@settings(max_examples=150)
@given(proses, st.sampled_from(["a", "1", "aă", "a a", "đ", "*"]), st.booleans())
def test_figures_and_footnotes_stay_and_what_is_replaced_by_itself_is_the_same(
    prose: Prose, sought: str, whole: bool
) -> None:
    prose = tidy(prose)
    every = list(found(prose, sought, whole=whole))
    changed = replaced(prose, [one.place for one in every], "X")
    assert links(changed) == links(prose)
    assert marks(changed) == marks(prose)
    assert plain(changed).count("X") == len(every)
    same = prose
    for one in reversed(every):
        same = replaced(same, [one.place], one.words)
    assert plain(same) == plain(prose)

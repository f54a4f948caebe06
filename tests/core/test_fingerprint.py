"""A key as eight syllables that can be told apart over the phone anywhere in the country."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcs_desktop.core.fingerprint import fingerprint, heard, words
from dcs_desktop.core.syllable import is_syllable
from dcs_desktop.core.trouble import Refusal

EVERY = [words(bytes([byte] * 8).hex()).split()[0] for byte in range(256)]
# What the three great dialects say alike; a tone would add hỏi and ngã, of which there is none here.
ALIKE = (
    ("^(gi|d|r)", "v"),
    ("^s", "x"),
    ("^tr", "ch"),
    ("^n(?!g|h)", "l"),
    ("ay$", "ai"),
    ("(an|ang|ăn)$", "anh"),
)


def test_every_byte_has_a_syllable_of_its_own_however_it_is_spoken() -> None:
    assert len(set(EVERY)) == 256
    spoken = set()
    for syllable in EVERY:
        said = syllable
        for written, alike in ALIKE:
            said = re.sub(written, alike, said)
        spoken.add(said)
    assert len(spoken) == 256
    assert all(unicodedata.is_normalized("NFC", syllable) for syllable in EVERY)


def test_every_one_is_spelled_as_vietnamese_is() -> None:
    assert [syllable for syllable in EVERY if not is_syllable(syllable)] == []
    assert {"ke", "ghi", "nghia", "ca", "ga", "ngo"} <= set(EVERY)


@given(st.binary(min_size=8, max_size=8), st.sampled_from(["NFC", "NFD"]), st.booleans())
def test_what_was_heard_is_what_was_read(key: bytes, form: str, capitals: bool) -> None:
    said = words(key.hex()).replace(" – ", ", ")
    said = unicodedata.normalize(form, said.upper() if capitals else said)  # type: ignore[arg-type]  # one of the two
    assert heard(said) == key.hex()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("ba bai bam", "8 từ, ở đây có 3"),
        (" ".join(EVERY[:9]), "ở đây có 9"),
        ("ba bai bam banh – bao bau be bi", "“bau” không phải"),
        ("", "có 0 từ"),
    ],
)
def test_other_words_are_refused_in_a_sentence(said: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        heard(said)


def test_the_fingerprint_is_of_the_whole_key() -> None:
    one = fingerprint("00" * 32)
    assert len(one) == 16
    assert {fingerprint("00" * at + "01" + "00" * (31 - at)) for at in range(32)}.isdisjoint({one})

"""Whose key is believed: the rule of core/trust.py as laws, and the cases that an officer meets."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from dcs_desktop.core.trust import Decision, Signed, Trust, keyring

AT = datetime(2024, 12, 1, tzinfo=UTC)
KEYS = st.sampled_from(["a", "b", "c", ""])


def _said(key: str, after: int, trusted: bool = True) -> Decision:
    return Decision(key, trusted, after, AT)


def _all(keys: str, *said: Decision, learns: bool = True) -> str:
    """What becomes of things that came with these keys, one after another: K known, U unknown, R refused."""
    came = [Signed(number, key.strip("-")) for number, key in enumerate(keys, 1)]
    ring = keyring(came, said, learns=learns)
    return "".join(ring.trust(one).name[0] for one in came)


def test_the_first_key_is_believed_and_another_waits_until_it_is_confirmed() -> None:
    assert _all("aaba") == "KKUK"
    assert _all("aaba", _said("b", after=4)) == "KKKK", "confirmed, and what came before stays"
    assert _all("aabab", _said("b", after=4)) == "KKKKK"
    assert _all("aababa", _said("b", after=4)) == "KKKKKU", "from then on the new key alone"
    assert _all("aababa", _said("b", after=4), _said("a", after=6)) == "KKKKKK"


def test_unsigned_is_believed_only_before_anything_was_signed() -> None:
    assert _all("--a-") == "KKKU"
    assert _all("---") == "KKK"
    assert _all("--a-", _said("", after=4)) == "KKKK"
    assert _all("a-a", _said("", after=1)) == "KKU", "a unit that went back to an older program"


def test_what_was_refused_never_counts_until_it_is_confirmed() -> None:
    assert _all("aba", _said("a", after=3, trusted=False)) == "RUR"
    assert _all("aba", _said("a", 3, trusted=False), _said("b", 3)) == "RKR"
    assert _all("aba", _said("a", 3, trusted=False), _said("a", 3)) == "KUK"


def test_a_confirmation_taken_back_leaves_what_was_before_in_force() -> None:
    mistaken = (_said("b", after=2), _said("b", after=3, trusted=False))
    assert _all("abaa", *mistaken) == "KRKK", "the first key, learnt"
    assert _all("abaa", _said("a", after=1), *mistaken) == "KRKK", "the first key, confirmed"
    assert keyring([Signed(1, "a"), Signed(2, "b")], mistaken).in_force == "a"


def test_nothing_is_learnt_where_only_ones_own_key_counts() -> None:
    assert _all("ab-", learns=False) == "UUU"
    assert _all("ab-a", _said("a", after=0), learns=False) == "KUUK"
    assert _all("-a", _said("", after=1), _said("a", after=1), learns=False) == "KK"


def test_a_known_key_vouches_for_what_came_with_another() -> None:
    ring = keyring([Signed(1, "a")])
    assert ring.trust(Signed(2, "b")) is Trust.UNKNOWN
    assert ring.trust(Signed(2, "b", frozenset("a"))) is Trust.KNOWN


@given(st.lists(KEYS, max_size=8), st.integers(0, 8), KEYS)
def test_confirming_a_key_never_takes_anything_away(keys: list[str], after: int, key: str) -> None:
    came = [Signed(number, key) for number, key in enumerate(keys, 1)]
    here = [one for one in came if one.number <= after]
    before, then = keyring(here), keyring(here, [_said(key, after)])
    for one in here:
        assert one.key == key or then.trust(one) is before.trust(one)
        assert one.key != key or then.trust(one) is Trust.KNOWN


@given(st.lists(KEYS, max_size=8), st.lists(st.tuples(KEYS, st.booleans(), st.integers(0, 8)), max_size=4))
def test_what_is_believed_does_not_depend_on_what_comes_later(
    keys: list[str], said: list[tuple[str, bool, int]]
) -> None:
    """Nobody who sends something new changes what is held of what was here (a signature stolen, a package first)."""
    came = [Signed(number, key) for number, key in enumerate(keys, 1)]
    decisions = [
        Decision(key, trusted, after, AT) for key, trusted, after in sorted(said, key=lambda one: one[2])
    ]
    whole = keyring(came, decisions)
    for count in range(1, len(came) + 1):
        part = keyring(came[:count], decisions)
        last = came[count - 1]
        assert part.trust(last) is whole.trust(last)


@given(st.lists(KEYS, max_size=8), KEYS)
def test_what_would_be_done_is_what_is_done(keys: list[str], key: str) -> None:
    came = [Signed(number, key) for number, key in enumerate(keys, 1)]
    one = Signed(len(came) + 1, key)
    assert keyring(came).would(key) is keyring([*came, one]).trust(one)
    if (force := keyring(came).in_force) is not None:
        assert keyring(came).would(force) is Trust.KNOWN

"""The copy of a shipped template that spares a start: the same template, or none at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dcs_desktop import template_cache, template_library
from dcs_desktop.core import template_file
from dcs_desktop.core.template import Template
from dcs_desktop.core.trouble import Refusal

SHIPPED = ("dcs@2024", "dcs@2025")


@pytest.fixture(autouse=True)
def home(own_home: Path) -> Iterator[Path]:
    """A user without copies."""
    template_library.template.cache_clear()
    yield own_home
    template_library.template.cache_clear()


def again(reference: str) -> Template:
    template_library.template.cache_clear()
    return template_library.template(reference)


@pytest.mark.parametrize("reference", SHIPPED)
def test_a_copy_is_the_template_itself(home: Path, reference: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = template_library.template(reference)
    (copy,) = (home / template_cache.FOLDER).iterdir()
    assert copy.name.startswith(reference)
    monkeypatch.setattr(template_file, "read_template", None)
    assert again(reference) == read


def test_a_copy_that_was_damaged_or_changed_is_read_anew(home: Path) -> None:
    read = template_library.template("dcs@2024")
    (copy,) = (home / template_cache.FOLDER).iterdir()
    whole = copy.read_bytes()
    for wrong in (b"", b"\xff" * 100, whole[:-1], whole.replace(b"hoa_giai", b"hoa_gial"), whole[65:]):
        copy.write_bytes(wrong)
        assert again("dcs@2024") == read
        assert copy.read_bytes() == whole


def test_a_copy_of_another_text_is_put_away(home: Path) -> None:
    template_library.template("dcs@2024")
    (copy,) = (home / template_cache.FOLDER).iterdir()
    older = copy.rename(copy.with_name("dcs@2024-0123456789abcdef.json"))
    again("dcs@2024")
    assert not older.exists()
    assert copy.exists()


def test_a_given_template_is_read_once_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.test_second_family import TEMPLATE

    template_library.add(TEMPLATE)
    read = again("quy-xa@2025")
    with monkeypatch.context() as without:
        without.setattr(template_file, "read_template", None)
        assert again("quy-xa@2025") == read
    (given,) = (home / "templates").glob("quy-xa-2025.json")
    given.write_bytes(given.read_bytes()[:-1])
    with pytest.raises(Refusal, match="quy-xa-2025"):
        again("quy-xa@2025")


def test_without_a_place_for_copies_templates_are_read_all_the_same(home: Path) -> None:
    (home / template_cache.FOLDER).write_text("a file is here", "utf-8")
    assert template_library.template("dcs@2024").reference == "dcs@2024"

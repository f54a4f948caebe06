"""Lets the program ship other templates for the length of a test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from dcs_desktop import receiving, template_library


@contextmanager
def shipping(templates: Mapping[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only these templates, each a TOML text by its file name, laid into a folder."""
    place = folder / "shipped" / "templates"
    place.mkdir(parents=True)
    for name, text in templates.items():
        (place / name).write_text(text, "utf-8")
    monkeypatch.setattr(template_library, "resources_dir", lambda: place.parent)
    forget()
    yield
    forget()


def forget() -> None:
    """Let nothing that was read before count."""
    template_library.template.cache_clear()
    receiving.desk.encoded.cache_clear()
    receiving.desk.bare_form.cache_clear()

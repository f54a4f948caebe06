"""The page for authors of templates: it names every key and every word of the language, and its examples read."""

from __future__ import annotations

import re
import tomllib
import typing

import pytest
from msgspec import structs

from dcs_desktop.core import template
from dcs_desktop.core.formula import CALLS
from dcs_desktop.core.template import Entry
from dcs_desktop.core.template_file import TemplateRefused, read_template
from dcs_desktop.paths import resources_dir

GUIDE = (resources_dir().parent / "docs" / "template.md").read_text("utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
RECORDS = [
    kind
    for kind in vars(template).values()
    if isinstance(kind, type) and issubclass(kind, Entry) and kind is not Entry
]


def said(word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", GUIDE) is not None


@pytest.mark.parametrize("record", RECORDS, ids=lambda kind: kind.__name__)
def test_the_guide_names_every_key(record: type[Entry]) -> None:
    assert [field.name for field in structs.fields(record) if not said(field.name)] == []


def test_the_guide_names_every_word_that_a_key_may_say() -> None:
    closed = (template.KindName, template.RollUpName, template.PeriodName, template.SourceName)
    words = [word for kind in (*closed, template.SeverityName) for word in typing.get_args(kind)]
    assert [word for word in (*words, *CALLS) if not said(word)] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_of_the_guide_reads(example: str) -> None:
    assert tomllib.loads(example)


def test_a_pattern_of_entry_that_is_not_there_is_a_fault() -> None:
    text = next(example for example in EXAMPLES if "[template]" in example and "[[level]]" in example)
    with pytest.raises(TemplateRefused) as refused:
        read_template(f'default_entered = "xã"\n{text}'.encode(), "mẫu", lambda _reference: None)
    assert [(fault.place, "“xã”" in fault.message) for fault in refused.value.faults] == [
        ("default_entered", True)
    ]

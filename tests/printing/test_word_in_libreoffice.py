"""The Word files of the sample data, laid out by LibreOffice, beside our own pages."""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from dcs_desktop import sample
from dcs_desktop.core.report import Report
from dcs_desktop.forms import form_of
from dcs_desktop.paths import resources_dir
from dcs_desktop.printing import render_report, render_word

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice (LibreOffice) is not installed"),
]
ANNEX = re.compile(r"\s*(DỰ THẢO\s+)?Phụ lục [\dIVX]")
WORD = re.compile(r"[^\W\d_]{2,}")


def reports() -> dict[str, Report]:
    """The district's report, and every commune's in both layouts."""
    made = {"district": sample.district_report()}
    for report in sample.commune_reports():
        for layout in ("state", "party"):
            turned = replace(report, letterhead=replace(report.letterhead, layout=layout))
            made[f"{report.identity.unit.code}-{layout}"] = turned
    return made


def pages(data: bytes) -> list[str]:
    """The text of each page."""
    return [unicodedata.normalize("NFC", page.extract_text()) for page in PdfReader(BytesIO(data)).pages]


def own_pages(said: list[str]) -> int:
    """How many pages the report has without its annexes."""
    return next((number for number, text in enumerate(said) if ANNEX.match(text)), len(said))


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[str], list[str]]]:
    """Of each report, the texts of LibreOffice's pages and of ours."""
    folder = tmp_path_factory.mktemp("libreoffice")
    (folder / ".fonts").mkdir()
    for face in (resources_dir() / "fonts").glob("*.ttf"):
        shutil.copy(face, folder / ".fonts")
    ours = {}
    for name, report in reports().items():
        form = form_of(report.identity, report.letterhead)
        (folder / f"{name}.docx").write_bytes(render_word(report, form).data)
        ours[name] = pages(render_report(report, form).data)
    files = [str(folder / f"{name}.docx") for name in ours]
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files],
        env={**os.environ, "HOME": str(folder)},
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {name: (pages(Path(folder, f"{name}.pdf").read_bytes()), mine) for name, mine in ours.items()}


def test_pages_differ_by_at_most_one_in_twenty(laid: dict[str, tuple[list[str], list[str]]]) -> None:
    """All files together; a single one, whose last page may be nearly empty, by one for each twenty begun."""
    counted = {name: (len(theirs), len(mine)) for name, (theirs, mine) in laid.items()}
    differing = {name: abs(theirs - mine) for name, (theirs, mine) in counted.items()}
    assert [name for name, (_theirs, mine) in counted.items() if differing[name] > math.ceil(mine / 20)] == []
    assert sum(differing.values()) * 20 <= sum(mine for _theirs, mine in counted.values())
    theirs, mine = laid["district"]
    assert own_pages(mine) == 17
    assert abs(own_pages(theirs) - 17) <= 1


def test_libreoffice_shows_every_word(laid: dict[str, tuple[list[str], list[str]]]) -> None:
    for name, (theirs, mine) in laid.items():
        shown, said = (Counter(WORD.findall(" ".join(texts))) for texts in (theirs, mine))
        heads = Counter(WORD.findall("TT Nội dung Đơn vị tính Thực hiện Kế hoạch Tỷ lệ Ghi chú"))
        missing = {word: times for word, times in (said - shown).items() if word not in heads}
        assert missing == {}, name

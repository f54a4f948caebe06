"""PDF/A-2b for the archive, clause by clause, and the same pages as without it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf
from PIL import Image, ImageCms

from dcs_desktop import sample
from dcs_desktop.core.report import Answers, Letterhead
from dcs_desktop.forms import form_of
from dcs_desktop.paths import resources_dir
from dcs_desktop.printing import Wishes, granted, render_report
from tests.printing.lasting import broken
from tests.printing.measuring import sheets
from tests.printing.samples import ANSWERS, PARTY, STATE, form, printed, report

LASTING = Wishes(archive=True)
BOTH_WISHES = Wishes(archive=True, signature_field=True)
BOTH = pytest.mark.parametrize("head", [STATE, PARTY], ids=["state", "party"])


def lasting(head: Letterhead = STATE, answers: Answers = ANSWERS, wishes: Wishes = LASTING) -> bytes:
    """The sample report as a file for the archive."""
    return render_report(report(head, answers), form(), wishes=wishes).data


@BOTH
@pytest.mark.parametrize("wishes", [LASTING, BOTH_WISHES], ids=["alone", "to be signed"])
def test_no_clause_is_broken(head: Letterhead, wishes: Wishes) -> None:
    assert broken(lasting(head, wishes=wishes)) == set()
    assert broken(lasting(head, Answers(), wishes)) == set()


def test_no_clause_is_broken_by_the_districts_report_with_its_footnotes() -> None:
    said = sample.district_report()
    made = render_report(said, form_of(said.identity, said.letterhead), wishes=LASTING)
    assert broken(made.data) == set()


def test_the_report_without_the_wish_is_no_pdf_a() -> None:
    said = ANSWERS.with_value("III.1.g", replace(ANSWERS.value("III.1.g"), content="Có[^a].\n\n[^a]: Chú."))
    assert broken(printed(answers=said).data) == {"6.1.7.1", "6.2.3", "6.3.2", "6.6.2"}
    assert broken(lasting(answers=said)) == set()


def test_names_with_signs_of_markup_are_said_in_the_metadata_too() -> None:
    assert broken(lasting(replace(STATE, issuing_body="Ủy ban A & <B>"))) == set()


def _script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert('!')")


def _bare_font(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.Font["/F1+0"] = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica
    )


def _wrong_width(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.Font["/F1+0"].Widths[5] = 900


def _other_title(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = "Một báo cáo khác"


def _hidden(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots = pdf.make_indirect(
        pikepdf.Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, F=2, Rect=[0, 0, 9, 9])])
    )


def _cmyk(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 0 1 k")


@pytest.mark.parametrize(
    ("spoil", "clause"),
    [
        (_script, "6.5"),
        (_bare_font, "6.2.11.4"),
        (_wrong_width, "6.2.11.5"),
        (_other_title, "6.6.2"),
        (_hidden, "6.3.2"),
        (_cmyk, "6.2.4.3"),
    ],
)
def test_what_breaks_a_clause_is_found(spoil: Callable[[Pdf], None], clause: str) -> None:
    """So that the tests above can fail."""
    target = BytesIO()
    with pikepdf.open(BytesIO(lasting())) as pdf:
        spoil(pdf)
        pdf.save(target)
    assert clause in broken(target.getvalue())


@BOTH
def test_the_pages_are_the_same_as_without_it(head: Letterhead) -> None:
    assert sheets(lasting(head)) == sheets(printed(head).data)


def test_what_a_reader_finds_of_the_file_stays() -> None:
    plain = printed()
    kept = granted(plain, LASTING)
    assert (kept.pages, kept.spots, kept.signature) == (plain.pages, plain.spots, plain.signature)
    with pikepdf.open(BytesIO(kept.data)) as pdf, pdf.open_outline() as outline:
        assert str(pdf.Root.Lang) == "vi-VN"
        assert str(pdf.docinfo["/Title"]) == "Báo cáo kết quả năm 2024, nhiệm vụ năm 2025"
        assert [entry.title for entry in outline.root][:2] == ["III. Kết quả", "IV. Nhiệm vụ"]


def test_r27_equal_input_gives_equal_bytes_in_another_process() -> None:
    source = (
        "import sys; from tests.printing.test_archive import *; "
        "sys.stdout.buffer.write(lasting(wishes=BOTH_WISHES))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", source],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert ran.stdout == lasting(wishes=BOTH_WISHES)


def test_the_colour_profile_is_that_of_srgb() -> None:
    """Colours go through it into the sRGB of another maker and come out as they were."""
    own = ImageCms.ImageCmsProfile(str(resources_dir() / "colour" / "sRGB.icc"))
    colours = [(n, 255 - n, (n * 7) % 256) for n in range(256)] + [(n, n, n) for n in range(256)]
    picture = Image.new("RGB", (len(colours), 1))
    picture.putdata(colours)
    through = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"))
    assert through is not None
    assert max(abs(a - b) for a, b in zip(picture.tobytes(), through.tobytes(), strict=True)) <= 1

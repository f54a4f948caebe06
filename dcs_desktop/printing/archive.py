"""Makes the printed file last: PDF/A-2b (ISO 19005-2), so that an archive can open it in decades."""

from __future__ import annotations

from pathlib import Path

from pikepdf import Array, Dictionary, Name, Pdf

from dcs_desktop.resources import read_bytes

COLOURS = Path("colour", "sRGB.icc")
PRINTED = 4
# The file's own dates are constant, so that equal input gives equal bytes: an archive is better off with none.
UNTRUE = ("/CreationDate", "/ModDate", "/Trapped")


def make_lasting(pdf: Pdf) -> None:
    """Add what PDF/A-2b asks of a file whose fonts are all embedded. Raises Refusal: the colour profile is missing."""
    _say_colours(pdf)
    for page in pdf.pages:
        _clean(page.obj)
    _describe(pdf)


def _say_colours(pdf: Pdf) -> None:
    """The output intent (6.2.3): black and grey of the pages are those of sRGB."""
    profile = pdf.make_stream(read_bytes(COLOURS), N=3, Alternate=Name.DeviceRGB)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB IEC61966-2.1",
        Info="sRGB IEC61966-2.1",
        RegistryName="http://www.color.org",
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _clean(page: Dictionary) -> None:
    """Every annotation is one of the printed page (6.3.2); no transition between pages stays."""
    if "/Trans" in page:
        del page.Trans
    for annotation in page.get("/Annots", []):
        annotation.F = PRINTED


def _describe(pdf: Pdf) -> None:
    """Metadata that say what the Info dictionary says, and which standard the file keeps (6.6.2, 6.6.4)."""
    for key in UNTRUE:
        if key in pdf.docinfo:
            del pdf.docinfo[key]
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        said.load_from_docinfo(pdf.docinfo)
        said["dc:language"] = {str(pdf.Root.Lang)}
        said["pdfaid:part"] = "2"
        said["pdfaid:conformance"] = "B"

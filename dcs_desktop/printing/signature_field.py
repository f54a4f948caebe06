"""An empty signature field where the signatory signs, for the tool of a USB token to fill."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Pdf

from dcs_desktop.printing.places import Area

FIELD = "ChuKy1"
# Words of the paper: Vietnamese in every language of the interface.
TOLD = "Chữ ký của người ký báo cáo"
PRINTED = 4
SIGNATURES_EXIST = 1


def add_field(pdf: Pdf, area: Area) -> None:
    """Put the field on its page, field and widget in one, shown as nothing until it is signed."""
    page = pdf.pages[area.page].obj
    nothing = pdf.make_stream(
        b"",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, _points(area.width), _points(area.height)],
        Resources=Dictionary(),
    )
    corners = (area.left, area.bottom, area.left + area.width, area.bottom + area.height)
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=FIELD,
            TU=TOLD,
            F=PRINTED,
            P=page,
            Rect=[_points(corner) for corner in corners],
            AP=Dictionary(N=nothing),
        )
    )
    page.Annots = Array([*page.get("/Annots", []), field])
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=[field], SigFlags=SIGNATURES_EXIST))


def _points(length: float) -> float:
    return round(length, 3)

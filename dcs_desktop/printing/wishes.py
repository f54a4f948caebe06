"""What is asked of the printed file beyond its pages: to last in an archive, to be signed with a token."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO

from dcs_desktop.printing.pdf import Printed


@dataclass(frozen=True, slots=True)
class Wishes:
    """``archive``: a PDF/A-2b file; ``signature_field``: an empty signature field where the signatory signs."""

    archive: bool = False
    signature_field: bool = False


PLAIN = Wishes()


def granted(printed: Printed, wishes: Wishes) -> Printed:
    """The same pages as a file that is as wished; equal input gives equal bytes."""
    if wishes == PLAIN:
        return printed
    import pikepdf

    from dcs_desktop.printing.archive import make_lasting
    from dcs_desktop.printing.signature_field import add_field

    target = BytesIO()
    with pikepdf.open(BytesIO(printed.data)) as pdf:
        if wishes.signature_field and printed.signature is not None:
            add_field(pdf, printed.signature)
        if wishes.archive:
            make_lasting(pdf)
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return replace(printed, data=target.getvalue())

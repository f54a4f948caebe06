"""The recipients on the left, level with who signs on the right; never cut (S32-S37, P18-P22)."""

from __future__ import annotations

from dcs_desktop.core.text import nfc
from dcs_desktop.printing.document import Document
from dcs_desktop.printing.fonts import BOLD
from dcs_desktop.printing.layouts import Layout
from dcs_desktop.printing.signature import SignatureBlock
from dcs_desktop.printing.word.elements import MM, Element, from_mm, twips, w
from dcs_desktop.printing.word.tables import side_by_side
from dcs_desktop.printing.word.text import letters, paragraph

ASCENT = 0.891


def signature(document: Document, layout: Layout, room: float) -> Element:
    """The block as a table without lines."""
    rules, block = layout.signature, SignatureBlock(layout, document.letterhead)
    block.wrap(room, 0.0)
    left = block.middle - room * rules.width / 2
    columns = (left, room * rules.width)
    return side_by_side(columns, [[_recipients(document, layout, left, room), _signing(block, layout)]])


def _signing(block: SignatureBlock, layout: Layout) -> list[Element]:
    rules = layout.signature
    made = [paragraph("DcsSigning", letters(nfc(text), bold=face == BOLD)) for text, face in block.titles]
    if made:
        made[0] = paragraph("DcsSigning", list(made[0])[1:], w("spacing", before=from_mm(rules.above)))
    space = w("spacing", before=from_mm(rules.name_space))
    return [*made, paragraph("DcsSignatory", letters(nfc("\n".join(block.names))), space)]


def _recipients(document: Document, layout: Layout, left: float, room: float) -> list[Element]:
    """The word on the line of the first title, the recipients below."""
    rules, said = layout.signature, document.letterhead.recipients
    if not said:
        return []
    lower = (rules.size - rules.recipients_word_size) * ASCENT
    above = w("spacing", before=twips(rules.above * MM + lower))
    made = [paragraph("DcsRecipientsWord", letters(rules.recipients_word), above)]
    aside = w("ind", right=twips(left - room * rules.recipients_width))
    for n, recipient in enumerate(said):
        form = rules.recipient_last if n == len(said) - 1 else rules.recipient
        text = form.format(recipient=recipient.strip().rstrip(";,."))
        made.append(paragraph("DcsRecipient", letters(nfc(text)), aside))
    return made

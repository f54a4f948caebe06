"""The safety copy of a report: a package that is kept beside the data and never sent."""

from __future__ import annotations

from dcs_desktop.core.report import Report
from dcs_desktop.core.template import Template
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.package.container import packed
from dcs_desktop.package.contents import laid_out
from dcs_desktop.package.manifest import SafetyHeader
from dcs_desktop.package.reading import Reading, read_bytes


def safety_bytes(report: Report, template: Template, exported: str) -> bytes:
    """The safety copy of a report, read back whole; ``exported`` is the digest that left the house, "" for none.

    The same report gives the same bytes. Raises Refusal for a report that is too large to be read back.
    """
    data = packed(laid_out(report, template, exported))
    reading = read_bytes(data, "", safety=True)
    if reading.faults:
        text = _("Không lập được bản an toàn của báo cáo {period}: {reason}")
        raise Refusal(text.format(period=report.identity.period.words, reason=reading.faults[0].message))
    return data


def left_the_house(reading: Reading) -> str | None:
    """What a safety copy says of its export: the digest, or "" for none; None where it is no safety copy."""
    head = None if reading.manifest is None else reading.manifest.dcs
    return head.exported if isinstance(head, SafetyHeader) else None

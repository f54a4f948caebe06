"""The record of one batch that was taken in: each file with its verdict, as a workbook to keep or to answer from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from dcs_desktop import receiving
from dcs_desktop.core.setup import Setup
from dcs_desktop.i18n import _, format_datetime
from dcs_desktop.receiving import Verdict


def batch_record(verdicts: Sequence[Verdict], setup: Setup, when: datetime) -> bytes:
    """The workbook: who took in what and when, how many of each verdict, and a row for each package."""
    from dcs_desktop.printing.excel.lists import list_workbook

    counts = Counter(verdict.verdict for verdict in verdicts)
    said = _("{unit} nhận lúc {when}. {taken} trên {count} tệp đã nhận.")
    taken = sum(count for word, count in counts.items() if word in receiving.TAKEN)
    about = [
        said.format(unit=setup.unit.name, when=format_datetime(when), taken=taken, count=len(verdicts)),
        "; ".join(f"{receiving.verdict_word(word)}: {count}" for word, count in counts.most_common()),
    ]
    heads = [
        (_("TT"), 6),
        (_("Tệp"), 44),
        (_("Kết quả"), 22),
        (_("Đơn vị"), 26),
        (_("Kỳ"), 12),
        (_("Loại"), 16),
        (_("Lý do và việc cần làm"), 70),
    ]
    rows = [
        (str(number), shown(verdict), receiving.verdict_word(verdict.verdict), *_of(verdict, setup))
        for number, verdict in enumerate(verdicts, 1)
    ]
    return list_workbook(_("Kết quả nhận"), _("Kết quả nhận báo cáo"), about, heads, rows)


def shown(verdict: Verdict) -> str:
    """The name of the file, and of the package within it."""
    name = Path(verdict.file).name
    return f"{name} › {verdict.within}" if verdict.within else name


def _of(verdict: Verdict, setup: Setup) -> tuple[str, str, str, str]:
    revision = "" if verdict.revision is None else receiving.revision_word(verdict.revision)
    return (
        receiving.unit_name(setup, verdict.unit or ""),
        verdict.period or "",
        revision,
        verdict.reason,
    )

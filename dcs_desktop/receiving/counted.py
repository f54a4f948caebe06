"""What the units below say, as totals count it: out of the records kept for it, else out of the packages."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dcs_desktop.core.combine import Comparison
from dcs_desktop.core.form import Form
from dcs_desktop.core.report import Answers
from dcs_desktop.i18n import _
from dcs_desktop.receiving.desk import Desk, form_of
from dcs_desktop.receiving.looking import counted_of
from dcs_desktop.store import Received
from dcs_desktop.store.counted import answers_of
from dcs_desktop.store.records import Broken

Told = Callable[[str], None]


def counted_answers(desk: Desk, ours: Form, told: Told) -> dict[str, Answers]:
    """The answers that count, as ``ours`` counts them, by unit in the order of the expected ones.

    A record that was damaged is made again from its package, and ``told`` of
    in a sentence. Raises Refusal naming a package that is damaged.
    """
    counting = {unit: one for unit in desk.order if (one := desk.counting(unit)) is not None}
    said = _said(desk, counting.values(), told)
    comparisons: dict[tuple[str, str], Comparison] = {}
    found = {}
    for unit, one in counting.items():
        which = (one.identity.template, one.identity.level)
        if which not in comparisons:
            comparisons[which] = Comparison(form_of(one.identity), ours)
        found[unit] = comparisons[which].of(said[one.ref])
    return found


def _said(desk: Desk, counting: Iterable[Received], told: Told) -> dict[int, Answers]:
    """The answers by the package's number; what is not there, or damaged, is read from the package and kept."""
    texts = desk.file.counted(desk.period)
    found: dict[int, Answers] = {}
    mended: dict[int, str] = {}
    damaged = 0
    for one in counting:
        answers = _answers(texts.get(one.ref))
        if answers is None:
            report = desk.report(one)
            damaged += one.ref in texts
            mended[one.ref] = counted_of(report, form_of(report.identity))
            answers = answers_of(mended[one.ref])
        found[one.ref] = answers
    if mended and not desk.file.read_only:
        desk.file.keep_counted(mended)
    if damaged:
        told(
            _(
                "Số liệu lưu sẵn của {count} gói báo cáo bị hỏng và đã được đọc lại từ chính các gói đó; các tổng không đổi."
            ).format(count=damaged)
        )
    return found


def _answers(text: str | None) -> Answers | None:
    try:
        return None if text is None else answers_of(text)
    except Broken:
        return None

"""What came after the desk's own report had left the house, and what its amendment would say otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dcs_desktop.core.effects import Effects, Moved, effects
from dcs_desktop.core.form import Form
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Identity
from dcs_desktop.core.values import shown
from dcs_desktop.forms import begun, earlier_of, form_of
from dcs_desktop.i18n import _, format_date
from dcs_desktop.receiving.desk import Desk, setup_of
from dcs_desktop.receiving.totals import filed_below
from dcs_desktop.store import DataFile, Received, Summary


@dataclass(frozen=True, slots=True)
class Later:
    """An exported report, the packages that count and came since, and what they change.

    ``pages`` are those of the printed report, counted from 1 through its annexes, on which something changes.
    """

    ref: int
    identity: Identity
    exported_at: datetime
    form: Form
    came: tuple[Received, ...]
    effects: Effects
    pages: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """How much changes, for one line."""
        said = _(
            "Từ ngày xuất ({day}) có {units} đơn vị nộp. Trong báo cáo sẽ đổi {figures} số liệu, {sentences} câu"
        )
        said = said.format(
            day=format_date(self.exported_at.astimezone().date()),
            units=len(self.came),
            figures=len(self.effects.figures),
            sentences=len(self.effects.sentences),
        )
        pages = ", ".join(map(str, self.pages))
        return said + (_("; các trang in: {pages}.").format(pages=pages) if pages else ".")

    def figure_words(self, moved: Moved) -> FigureWords:
        """A figure that moved, in the words of a table."""
        field = self.form.fields[f"{moved.key}.below" if moved.replaced else moved.key]
        label = self.form.fields[moved.key].label
        if moved.replaced:
            label = _("{label} (đã thay bằng số khác, xem lại)").format(label=label)
        texts = [shown(field.type, value) or "……" for value in (moved.old, moved.new)]
        cover = moved.new.coverage
        covered = "" if cover is None else str(cover)
        return FigureWords(self.form.place_of(moved.key), label, texts[0], texts[1], field.type.unit, covered)


@dataclass(frozen=True, slots=True)
class FigureWords:
    """A figure that moved: its item, label, the value in the report, the value now, its unit, units it covers."""

    item: str
    label: str
    old: str
    new: str
    unit: str
    covered: str


def since_export(file: DataFile, period: Period) -> Later | None:
    """What later filings change in the desk's own report of a period.

    None when it was not exported, has an amendment that follows the totals by
    itself, or says what they say. Raises Refusal naming a damaged package.
    """
    setup = setup_of(file)
    summary = file.latest(setup.unit.identity, period)
    if summary is None or summary.exported_at is None:
        return None
    came = _came_later(Desk(file, setup, period), summary.exported_at)
    return _later(file, summary, summary.exported_at, came) if came else None


def _came_later(desk: Desk, exported_at: datetime) -> tuple[Received, ...]:
    """The packages that count and came on the day of the export or after it: of an arrival only the day is kept."""
    day = exported_at.astimezone().date()
    counting = (desk.counting(one.unit.identity) for one in desk.expected)
    return tuple(one for one in counting if one is not None and one.received_at.date() >= day)


def _later(
    file: DataFile, summary: Summary, exported_at: datetime, came: tuple[Received, ...]
) -> Later | None:
    report = file.report(summary.ref)
    form = form_of(report.identity, report.letterhead, own=report.answers.own)
    period = report.identity.period
    before = begun(form, period, earlier_of(file, report.identity).compared)
    found = effects(form, report, filed_below(file, period, form), before)
    if not found:
        return None
    from dcs_desktop.printing import changed_pages

    pages = changed_pages(report, found.report, form, before=before)
    return Later(summary.ref, report.identity, exported_at, form, came, found, pages)

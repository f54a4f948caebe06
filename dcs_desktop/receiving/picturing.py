"""What is drawn beside the tables of all units."""

from __future__ import annotations

from collections.abc import Sequence

from dcs_desktop import reform_library
from dcs_desktop.core.comparing import Before, Pictured
from dcs_desktop.core.period import Period
from dcs_desktop.core.reform import list_of
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.receiving.desk import desk_of
from dcs_desktop.receiving.totals import totals
from dcs_desktop.store import DataFile


def pictured(file: DataFile, period: Period, keys: Sequence[str]) -> Pictured:
    """Pictures of these figures, against last period where reports of it are here. Raises Refusal for unknown keys."""
    if not keys:
        return Pictured()
    found = totals(file, period)
    for key in keys:
        if key not in found.totals or not found.form.fields[key].type.numeric:
            message = _("Không vẽ được hình của “{key}”: không phải số liệu tổng hợp bằng số.")
            raise Refusal(message.format(key=key))
    return Pictured(tuple(keys), before(file, period))


def before(file: DataFile, period: Period) -> Before | None:
    """The totals of the same period of last year, None where no report of it is here."""
    last = period.previous()
    if not file.received(last):
        return None
    then, now = desk_of(file, last), desk_of(file, period)
    same = {*map(list_of, then.order)} == {*map(list_of, now.order)}
    groups = () if same else reform_library.reform().groups(then.order, now.order)
    return Before(totals(file, last), last.short_phrase, period.short_phrase, groups)

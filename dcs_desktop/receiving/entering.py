"""A unit's report entered at the desk: begun in the ordinary form, then taken among the received ones."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from dcs_desktop.core.on_behalf import KEY, OnBehalf, on_behalf
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Answers, Identity, Letterhead, Report
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import given
from dcs_desktop.exporting import export_report
from dcs_desktop.forms import form_of
from dcs_desktop.i18n import _
from dcs_desktop.receiving.desk import Desk, entered_for, setup_of, template_for
from dcs_desktop.receiving.taking_in import Verdict, import_paths
from dcs_desktop.receiving.totals import level_below
from dcs_desktop.starting_report import keep_report
from dcs_desktop.store import DataFile, Summary
from dcs_desktop.workspace import Workspace


def begun(file: DataFile, unit: str, period: Period) -> Summary | None:
    """The newest revision of what is being entered for a unit (``code@list``), None before it was begun."""
    return file.latest(unit, period)


def begin(file: DataFile, unit: str, period: Period, medium: str, by: str, today: date) -> int:
    """Begin to enter the report of a unit; its number in the data file.

    Raises Refusal: the unit is not expected here, sent a package of its own, or was begun before.
    """
    mark = on_behalf(medium, today, by)
    setup = setup_of(file)
    desk = Desk(file, setup, period)
    found = next((one.unit for one in desk.expected if one.unit.identity == unit), None)
    if found is None:
        raise Refusal(_("Đơn vị này không có trong danh sách đơn vị báo cáo về đây."))
    counting = desk.counting(unit)
    if counting is not None and entered_for(counting) is None:
        message = _(
            "{unit} đã gửi gói báo cáo của mình nên không nhập thay. Cần sửa thì gửi phiếu đề nghị chỉnh sửa."
        )
        raise Refusal(message.format(unit=found.name))
    reference = template_for(period).reference
    level = level_below(setup, period)
    identity = Identity(found, setup.unit, period, level, reference, training=setup.training)
    form = form_of(identity, Letterhead())
    texts = {item.id: given(item.default) for item in form.items.values() if item.prose and item.default}
    return keep_report(file, Report(identity, Answers(texts, accepted={KEY: mark.mark}), Letterhead()))


def take_entered(file: DataFile, unit: str, period: Period, now: datetime) -> Verdict:
    """Take what was entered for a unit among the received reports, as a package would be.

    Its content is frozen then; what is changed afterwards is an amendment. Raises Refusal when nothing was begun.
    """
    summary = begun(file, unit, period)
    if summary is None or KEY not in file.report(summary.ref).answers.accepted:
        message = _("Chưa nhập thay báo cáo {period} của đơn vị này. Hãy bắt đầu nhập thay trước.")
        raise Refusal(message.format(period=period.words))
    workspace = Workspace.open(file, summary.ref)
    with TemporaryDirectory() as folder:
        path = export_report(workspace, Path(folder), now).path
        workspace.close()
        (verdict,) = import_paths(file, [path], now.date())
    return verdict


def entered_units(file: DataFile, period: Period) -> dict[str, OnBehalf]:
    """The expected units whose report that counts was entered at the desk."""
    desk = Desk(file, setup_of(file), period)
    return desk.entered()

"""Takes back a report that left as a Word file: read, compared with what was sent, accepted item by item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Literal

from dcs_desktop import reading
from dcs_desktop.closed import why_closed
from dcs_desktop.core.changes import applied
from dcs_desktop.core.differing import Change, Difference, differences
from dcs_desktop.core.digest import content_digest
from dcs_desktop.core.form import Form
from dcs_desktop.core.linked import Figures
from dcs_desktop.core.period import Period, PeriodFault
from dcs_desktop.core.report import Identity, Letterhead, Report
from dcs_desktop.core.returned import Origin, Returned
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.receiving import revision_word
from dcs_desktop.store import DataFile, Summary
from dcs_desktop.workspace import Workspace

# So far back in the journal the report as it was sent is looked for.
MOST_STEPS_BACK = 3_000

Writing = Callable[[Report, Form, Figures | None], bytes]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A returned file beside the report.

    ``sent``: the file was written of the report as it stands ("now"), of an
    ``earlier`` state that the journal still knows, or of one that it does not
    (then the file is compared with the report as it stands).
    """

    returned: Returned
    sent: Literal["now", "earlier", "unknown"]
    differences: tuple[Difference, ...]

    @property
    def takeable(self) -> tuple[Difference, ...]:
        """The differences that can be taken, one of an item at most."""
        return tuple(one for one in self.differences if one.takes)


def read(path: Path) -> Returned:
    """A Word file that comes back. Raises Refusal for whatever is no such file."""
    found = reading.read(path)
    if found.faults:
        raise Refusal(found.faults[0].message)
    return found


def is_foreign(path: Path) -> bool:
    """Whether a file is a Word file of somebody's own, not one of this program's. Raises Refusal: it cannot be read."""
    faults = reading.read(path).faults
    return bool(faults) and faults[0].code in ("not_ours", "macros")


def written(report: Report, form: Form, before: Figures | None) -> bytes:
    """The Word file that the program writes of a report."""
    from dcs_desktop.printing import render_word

    return render_word(report, form, before=before).data


def compared(workspace: Workspace, returned: Returned, write: Writing = written) -> Comparison:
    """The differences between a returned file and the open report. Raises Refusal: it is of another report."""
    origin = returned.origin
    if origin is None:
        raise ValueError("a file with faults belongs to no report")
    _refuse_other(origin, workspace.identity)
    sent = sent_report(workspace.file, origin, workspace.report())
    now = workspace.report()
    base = sent or now
    before = workspace.compared
    ours = reading.read_bytes(write(base, workspace.form, before), returned.file_name)
    found = differences(workspace.form, returned, ours, base.answers, now.answers)
    state: Literal["now", "earlier", "unknown"] = "unknown"
    if sent is not None:
        state = "now" if sent.answers == now.answers else "earlier"
    return Comparison(_beyond(returned, ours), state, found)


def _beyond(returned: Returned, ours: Returned) -> Returned:
    """The returned file with only those pictures counted that are not the program's own."""
    others = max(returned.counted.left_out - ours.counted.left_out, 0)
    return replace(returned, counted=replace(returned.counted, left_out=others))


def is_of(origin: Origin, identity: Identity) -> bool:
    """Whether a returned file is of a report, of whatever revision."""
    return (origin.unit, origin.period) == (identity.unit.identity, str(identity.period))


def no_such_report(origin: Origin) -> Refusal:
    """What to say where a data file does not have the report of a returned file."""
    message = _(
        "Tệp Word này là báo cáo {period} của đơn vị {unit}; tệp dữ liệu đang mở không có báo cáo ấy. Hãy mở tệp dữ "
        "liệu của đơn vị đó rồi nhận lại."
    )
    return Refusal(message.format(period=_period_words(origin.period), unit=origin.unit))


def _refuse_other(origin: Origin, identity: Identity) -> None:
    if not is_of(origin, identity):
        message = _(
            "Tệp Word này là báo cáo {period} của đơn vị {unit}, không phải báo cáo đang mở ({own_period}, {own}). Hãy "
            "mở đúng báo cáo rồi nhận lại."
        )
        own = f"{identity.unit.name}, {identity.unit.identity}"
        raise Refusal(
            message.format(
                period=_period_words(origin.period),
                unit=origin.unit,
                own_period=identity.period.words,
                own=own,
            )
        )
    if origin.template != identity.template:
        message = _(
            "Tệp Word này theo mẫu {theirs}, báo cáo đang mở theo mẫu {ours}, nên các mục không đối chiếu được. Hãy lưu "
            "tệp Word mới và sửa trên tệp ấy."
        )
        raise Refusal(message.format(theirs=origin.template, ours=identity.template))


def _period_words(period: str) -> str:
    try:
        return Period.parse(period).words
    except PeriodFault:
        return period


def report_of(file: DataFile, origin: Origin) -> Summary | None:
    """The newest revision of the report that a returned file is of, None where the data file has none."""
    try:
        return file.latest(origin.unit, Period.parse(origin.period))
    except PeriodFault:
        return None


def sent_report(file: DataFile, origin: Origin, now: Report) -> Report | None:
    """The report as it was when the file was written, looked for by its digest in the journal; None if not found."""
    if content_digest(now) == origin.digest:
        return now
    try:
        return _sent_before(file, origin)
    except (
        Refusal
    ):  # a journal that is damaged does not stand in the way: the file is compared with today's report
        return None


def _sent_before(file: DataFile, origin: Origin) -> Report | None:
    for summary in file.reports():
        identity = summary.identity
        if (identity.unit.identity, str(identity.period), identity.revision) == (
            origin.unit,
            origin.period,
            origin.revision,
        ):
            found = (
                state for state in _states_back(file, summary.ref) if content_digest(state) == origin.digest
            )
            return next(found, None)
    return None


def _states_back(file: DataFile, ref: int) -> Iterator[Report]:
    """A report as it stands, then as it stood before each of its last actions, the latest first."""
    report = file.report(ref)
    answers, letterhead = report.answers, report.letterhead
    yield report
    records = file.changes(ref)
    actions = [list(group) for _number, group in groupby(records, lambda record: record.action)]
    for action in reversed(actions[-MOST_STEPS_BACK:]):
        for record in reversed(action):
            change = record.change.inverse
            answers = applied(answers, change)
            letterhead = change.new if isinstance(change.new, Letterhead) else letterhead
        yield Report(report.identity, answers, letterhead)


def take(workspace: Workspace, chosen: Iterable[Difference]) -> tuple[str, ...]:
    """Make chosen differences answers, each a step that can be undone; the items that were changed.

    Figures are never touched. Raises Refusal when the report can only be looked at.
    """
    closed = why_closed(workspace)
    if closed is not None:
        raise Refusal(closed.sentence)
    taken = []
    for difference in chosen:
        if not difference.takes:
            raise ValueError(f"only told, never taken: {difference.change}")
        outcome = workspace.write(difference.item, difference.new, apart=True)
        if outcome.fault is not None:
            raise Refusal(outcome.fault.message)
        taken.append(difference.item)
    return tuple(taken)


def remarks(comparison: Comparison, identity: Identity) -> tuple[str, ...]:
    """What to know about a returned file before its differences are judged, in whole sentences."""
    counted, origin = comparison.returned.counted, comparison.returned.origin
    said = {
        _("{count} thay đổi có theo dõi trong Word được coi như đã chấp nhận."): counted.tracked,
        _("{count} nhận xét của người sửa không được đọc; hãy xem trong tệp Word."): counted.comments,
        _("{count} hình, khung chữ hoặc công thức không đọc được."): counted.left_out,
        _("{count} chỗ gạch ngang được đọc như chữ thường; hãy xem có phải ý là bỏ đi."): counted.struck,
        _("{count} ô nội dung lạ trong tệp Word được đọc như chữ thường."): len(comparison.returned.unknown),
    }
    found = [sentence.format(count=count) for sentence, count in said.items() if count]
    if origin is not None and origin.revision != identity.revision:
        said_first = _("Tệp Word lưu từ một bản khác của báo cáo này: {revision}.")
        found.insert(0, said_first.format(revision=revision_word(origin.revision)))
    return (*_about_sent(comparison), *found)


def _about_sent(comparison: Comparison) -> Iterator[str]:
    match comparison.sent:
        case "earlier":
            yield _(
                "Báo cáo đã được sửa trong chương trình sau khi lưu tệp Word; mục nào cả hai bên cùng sửa thì hiện cả ba bản."
            )
        case "unknown":
            yield _("Không tìm lại được bản mà tệp Word đã lưu ra, nên tệp được so với báo cáo hiện nay.")
        case "now":
            return


def told(difference: Difference, form: Form) -> str:
    """A difference that is only told, as a sentence that says what to do."""
    match difference.change:
        case Change.FIGURE if difference.new:
            said = _(
                "Số liệu “{figure}”: trong Word ghi {new}, chương trình in {old}. Liên kết được giữ; nếu số trong Word "
                "mới đúng thì sửa ở ô số liệu."
            )
        case Change.FIGURE:
            said = _(
                "Số liệu “{figure}” ({old}) không còn là số liên kết trong Word; chỗ ấy nay là chữ gõ tay hoặc đã bỏ."
            )
        case Change.MISSING:
            said = _("Ô nội dung của mục này đã bị xóa trong tệp Word, nên mục giữ nguyên bản của tôi.")
        case _ if not difference.old:
            said = _("Chữ nằm ngoài các mục: “{new}”. Nếu cần thì chép vào mục thích hợp.")
        case _ if not difference.new:
            said = _("Chữ của mẫu hoặc thể thức bị xóa trong tệp Word: “{old}”.")
        case _:
            said = _(
                "Chữ nằm ngoài các mục đã sửa trong Word: “{old}” thành “{new}”. Phần này không nhận được."
            )
    return said.format(figure=_figure_name(difference, form), old=difference.old, new=difference.new)


def _figure_name(difference: Difference, form: Form) -> str:
    key = "" if difference.link is None else difference.link.key
    if key in form.fields:
        return form.fields[key].label
    if key in form.figures:
        return form.figures[key].label
    return form.tables[key].label if key in form.tables else key

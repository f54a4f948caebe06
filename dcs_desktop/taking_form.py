"""The Excel form on its way out to whoever fills it, and back into the report it is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dcs_desktop.core import filled_form
from dcs_desktop.core.offered import Proposal, judged
from dcs_desktop.core.offline_form import MEMORY, Book, Made, Wanted, recalled
from dcs_desktop.core.period import Period, PeriodFault
from dcs_desktop.core.report import Identity
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.reading import xlsx
from dcs_desktop.receiving import revision_word
from dcs_desktop.store import DataFile, Summary
from dcs_desktop.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Returned:
    """A filled form beside its report: what it would change, who filled it, what to know first."""

    file_name: str
    filler: str
    proposals: tuple[Proposal, ...]
    remarks: tuple[str, ...]

    def author(self, by: str = "") -> str:
        """Who gave the answers, for the journal: the name said, else the one in the form, and the file."""
        name = " ".join((by or self.filler).split())
        return f"{name} ({self.file_name})" if name else self.file_name


def written(workspace: Workspace, wanted: Wanted) -> bytes:
    """The form of a report as a workbook. Raises Refusal for a section that the report does not have."""
    from dcs_desktop.printing.excel.offline_form import form_workbook

    try:
        return form_workbook(workspace.report(), workspace.form, wanted)
    except KeyError as error:
        known = ", ".join(section.id for section in workspace.form.sections)
        message = _("Báo cáo không có phần “{section}”; các phần: {known}.")
        raise Refusal(message.format(section=error.args[0], known=known)) from None


def read(path: Path) -> Book:
    """The workbook of a file. Raises Refusal."""
    return xlsx.read(path)


def made_of(book: Book) -> Made | None:
    """Which report a form says it is of. Raises Refusal for a form of a newer program."""
    try:
        return recalled(None, book.sheet(MEMORY))
    except ValueError:
        raise Refusal(
            _("Biểu Excel này do bản chương trình mới hơn lập. Hãy cập nhật chương trình.")
        ) from None


def report_of(file: DataFile, made: Made) -> Summary | None:
    """The newest revision of the report that a form is of, None where the data file has none."""
    try:
        return file.latest(made.unit, Period.parse(made.period))
    except PeriodFault:
        return None


def is_of(made: Made, identity: Identity) -> bool:
    """Whether a form is of a report, of whatever revision."""
    return (made.unit, made.period) == (identity.unit.identity, str(identity.period))


def returned(workspace: Workspace, book: Book) -> Returned:
    """What a filled form would change in the open report. Raises Refusal: it is another report's or template's."""
    made = made_of(book)
    if made is not None:
        _refuse_other(made, workspace.identity)
    found = filled_form.filled(workspace.form, workspace.answers, book)
    proposals = judged(workspace.form, workspace.answers, found.offers)
    if not proposals and made is None:
        message = _(
            "Tệp {file} không có ô nào của biểu báo cáo. Hãy chọn biểu Excel lưu từ chương trình này."
        )
        raise Refusal(message.format(file=book.file_name))
    remarks = (*_about_revision(made, workspace.identity), *found.remarks)
    return Returned(book.file_name, found.filler, proposals, remarks)


def _about_revision(made: Made | None, identity: Identity) -> Sequence[str]:
    if made is None or made.revision == identity.revision:
        return ()
    message = _("Biểu lập từ một bản khác của báo cáo này: {revision}.")
    return (message.format(revision=revision_word(made.revision)),)


def no_such_report(made: Made) -> Refusal:
    """What to say where a data file does not have the report that a form is of."""
    message = _(
        "Biểu này là của báo cáo {period}, đơn vị {unit}; tệp dữ liệu đang mở không có báo cáo ấy. Hãy mở tệp dữ liệu "
        "của đơn vị đó rồi nhận lại."
    )
    return Refusal(message.format(period=_period_words(made.period), unit=made.unit))


def _refuse_other(made: Made, identity: Identity) -> None:
    if not is_of(made, identity):
        message = _(
            "Biểu này là của báo cáo {period}, đơn vị {unit}, không phải báo cáo đang mở ({own_period}, {own}). Hãy mở "
            "đúng báo cáo rồi nhận lại."
        )
        own = f"{identity.unit.name}, {identity.unit.identity}"
        said = {"period": _period_words(made.period), "unit": made.unit, "own_period": identity.period.words}
        raise Refusal(message.format(own=own, **said))
    if (made.template, made.level) != (identity.template, identity.level):
        message = _(
            "Biểu này theo mẫu {theirs}, báo cáo đang mở theo mẫu {ours}, nên các ô không ghép được. Hãy xuất biểu mới."
        )
        ours = f"{identity.template} ({identity.level})"
        raise Refusal(message.format(theirs=f"{made.template} ({made.level})", ours=ours))


def _period_words(period: str) -> str:
    try:
        return Period.parse(period).words
    except PeriodFault:
        return period

"""Makes a data file again out of packages, safety copies and letters alone (R8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from dcs_desktop import files, package, receiving, starting
from dcs_desktop.core.report import Identity
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.own_packages import Found, Own, Place, chosen, found_in
from dcs_desktop.restoring import keep_aside
from dcs_desktop.store import DataFile, open_file

Told = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Whose file it became, the own reports in it, what became of every other file, what to know of it.

    ``kept`` is where the file that was there before lies now, None when there was none.
    """

    setup: Setup
    own: tuple[Identity, ...]
    verdicts: tuple[receiving.Verdict, ...]
    letters: tuple[receiving.LetterVerdict, ...]
    remarks: tuple[str, ...] = ()
    kept: Path | None = None


def not_carried() -> str:
    """What stands in no package and is not there again, in a sentence."""
    return _(
        "Không có trong các gói nên không dựng lại được: lịch sử thay đổi, ghi chú của bàn nhận, ngày nhận từng gói, hạn "
        "nộp, danh sách đơn vị đã sửa, khóa ký đã xác nhận, báo cáo nhập từ Word, báo cáo trong thùng rác."
    )


def rebuild(
    data: Path,
    folders: Sequence[Path],
    now: datetime,
    unit: str = "",
    *,
    instead: bool = False,
    told: Told | None = None,
) -> Rebuilt:
    """Make a data file out of the packages, safety copies and letters of folders, whole or not at all.

    ``unit`` (``code@list``) says whose it is; "" where the files tell: safety copies, else packages all of one unit, or
    all others' for one receiver. Of each revision of its own reports comes what left the house, else the newest safety
    copy; other units' packages are taken in, then the letters. A file that is there is refused, or with ``instead``
    kept under another name. ``told`` is told how far it is, and may raise to call it off. Raises Refusal: the file is
    there or open elsewhere, no package, it is not clear whose, or something cannot be read or written.
    """
    data = data.absolute()
    if data.exists() and not instead:
        text = _("Đã có tệp dữ liệu {file}, chương trình không ghi đè. Hãy chọn tên khác cho tệp dựng lại.")
        raise Refusal(text.format(file=data))
    found = found_in(folders, told)
    unit = unit or _whose(folders, found)
    own, remarks = chosen(found.own(unit))
    made = _Making(data, _setup(unit, list(own.values()), found.identities), own, found, now)
    with _alone(data):
        rebuilt = made.made(unit, told)
    return replace(rebuilt, remarks=(*found.damaged, *remarks))


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Hold a data file for ourselves; trouble with its folder in a sentence. Raises Refusal."""
    try:
        files.make_folder(data.parent)
        held = files.lock(data)
        if held is None:
            text = _(
                "Tệp dữ liệu {file} đang được mở ở một cửa sổ hoặc lệnh khác. Hãy đóng ở đó rồi dựng lại."
            )
            raise Refusal(text.format(file=data))
        try:
            yield
        finally:
            held.release()
    except OSError as error:
        text = _("Không dựng lại được {file}: {reason}. Hãy chọn thư mục khác.")
        raise Refusal(text.format(file=data, reason=files.reason(error))) from error


def _whose(folders: Sequence[Path], found: Found) -> str:
    """The unit whose packages these are, or the one that they were sent to. Raises Refusal."""
    safe = [one.report.identity for one in found.reports if one.safety]
    for identities in (safe, found.identities):
        units = {one.unit.identity for one in identities if one in found.identities}
        if len(units) == 1:
            return units.pop()
    receivers = Counter(one.receiver.identity for one in found.identities)
    own = [receiver for receiver, count in receivers.items() if count > 1 and receiver.strip("@")]
    if len(own) == 1:
        return own[0]
    text = _(
        "Thư mục {folder} không cho biết tệp dữ liệu là của đơn vị nào. Hãy kiểm tra thư mục có gói báo cáo hoặc bản an "
        "toàn của đơn vị; trên dòng lệnh có thể thêm --unit MÃ@DANH MỤC."
    )
    raise Refusal(text.format(folder=", ".join(map(str, folders))))


def _setup(unit: str, own: Sequence[Own], found: Sequence[Identity]) -> Setup:
    """As first start proposes, with receiver, level and letterhead of the newest own report. Raises Refusal: there is none."""
    if not found:
        raise Refusal(_("Trong thư mục đã chọn không có gói báo cáo nào đọc được. Hãy chọn thư mục khác."))
    training = all(one.training for one in found)
    if not own:
        period = max((one.period for one in found), key=lambda period: period.last_day)
        return starting.proposed_setup(starting.unit_of(unit, period), period, training=training)
    newest = max(own, key=lambda one: one.report.identity.period.last_day).report
    identity = newest.identity
    proposed = starting.proposed_setup(
        starting.unit_of(unit, identity.period),
        identity.period,
        identity.receiver,
        level=identity.level,
        training=training,
    )
    return replace(proposed, letterhead=newest.letterhead)


@dataclass(frozen=True, slots=True)
class _Making:
    """A data file in the making: beside its place, until it is whole."""

    data: Path
    setup: Setup
    own: dict[Place, Own]
    found: Found
    now: datetime

    def made(self, unit: str, told: Told | None) -> Rebuilt:
        """Write it, then give it the name. Raises Refusal, OSError."""
        beside = self.data.with_name(f"{self.data.stem}.rebuilding{self.data.suffix}")
        try:
            files.remove(beside)
            file = open_file(beside, create=True)
            try:
                file.save_setup(self.setup)
                kept = self._keep_own(file)
                others = self.found.others(unit)
                verdicts = receiving.import_paths(file, others, self.now.date(), told)
                taken = tuple(receiving.take_letter(file, path, self.now) for path in self.found.letters)
            finally:
                file.close()
            aside = keep_aside(self.data, self.now, "rebuild")
            files.replace(beside, self.data)
        finally:
            with suppress(OSError):
                files.remove(beside)
        return Rebuilt(self.setup, kept, tuple(verdicts), taken, kept=aside)

    def _keep_own(self, file: DataFile) -> tuple[Identity, ...]:
        """The own reports, originals before their amendments; those that left the house are frozen again."""
        for _place, one in sorted(self.own.items(), key=lambda placed: placed[1].report.identity.revision):
            ref = file.add_report(one.report, now=self.now)
            if one.exported:
                name = package.file_name(one.report) if one.safety else one.path.name
                file.mark_exported(ref, one.exported, self.now, name)
        return tuple(one.report.identity for one in self.own.values())

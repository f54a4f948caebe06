"""Puts a backup in the place of the data file; what was there is kept under a name that says when (R7)."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from dcs_desktop import files
from dcs_desktop.backups import STAMP, Backup, backups_of
from dcs_desktop.core.period import Period
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _, ngettext
from dcs_desktop.store import Contents, Held
from dcs_desktop.store.copying import clear_beside, clear_journal, copy_beside
from dcs_desktop.store.examining import look, look_whole
from dcs_desktop.store.troubles import sentence_of


@dataclass(frozen=True, slots=True)
class Restored:
    """The data file as it is now, and where the one before was kept; None when there was none."""

    contents: Contents
    kept: Path | None


def restore(data: Path, backup: Path, now: datetime, *, other_unit: bool = False) -> Restored:
    """Put a backup in the place of a data file that nobody has open; the file need not work, nor be there.

    The backup is copied beside and looked through whole first; the present file then gets a second name, and only
    then its own name goes to the copy: at every moment there is a whole file of that name, if there was one before.
    Raises Refusal: the backup is damaged, of a newer program, of another unit (unless ``other_unit``), the disk is
    full or closed, the file is open elsewhere.
    """
    data, backup = data.absolute(), backup.absolute()
    if backup == data:
        raise Refusal(
            _("{file} chính là tệp dữ liệu đang dùng. Hãy chọn một bản sao lưu.").format(file=backup)
        )
    try:
        files.make_folder(data.parent)
        lock = files.lock(data)
    except OSError as error:
        raise _unwritable(data, error) from error
    if lock is None:
        text = _("Tệp dữ liệu {file} đang được mở ở một cửa sổ hoặc lệnh khác. Hãy đóng ở đó rồi khôi phục.")
        raise Refusal(text.format(file=data))
    try:
        return _restored(data, backup, now, other_unit)
    except OSError as error:
        raise _unwritable(data, error) from error
    except sqlite3.Error as error:
        raise Refusal(sentence_of(error, backup)) from error
    finally:
        lock.release()


def _unwritable(data: Path, error: OSError) -> Refusal:
    text = _(
        "Không khôi phục được vào {folder}: {reason}. Tệp dữ liệu hiện có còn nguyên; hãy dọn ổ đĩa hoặc cấp quyền "
        "ghi rồi thử lại."
    )
    return Refusal(text.format(folder=data.parent, reason=files.reason(error)))


def _restored(data: Path, backup: Path, now: datetime, other_unit: bool) -> Restored:
    look(backup)  # its own name in the sentence, where it is no backup of ours
    present = present_contents(data)
    beside = copy_beside(backup, data)
    try:
        contents = files.step(_trusted, beside, backup)
        if not other_unit:
            _refuse_other_unit(contents, present, backup)
        kept = keep_aside(data, now)
        files.replace(beside, data)
    except BaseException:
        clear_beside(beside)
        raise
    return Restored(contents, kept)


def _trusted(beside: Path, backup: Path) -> Contents:
    try:
        return look_whole(beside)
    except Refusal as refusal:
        text = _(
            "Bản sao lưu {file} bị hỏng nên không dùng để khôi phục; tệp dữ liệu hiện có còn nguyên. Hãy chọn bản sao "
            "lưu khác. Lý do: {reason}"
        )
        raise Refusal(text.format(file=backup.name, reason=refusal.sentence)) from refusal


def present_contents(data: Path) -> Contents | None:
    """What the data file holds now, as far as it can be read; not for a file that this process has open."""
    with suppress(Refusal):
        return look(data)
    return None


def of_other_unit(contents: Contents, present: Contents | None) -> bool:
    """Whether a backup is of another unit, or is training where the data is real, or the other way round."""
    if present is None or present.unit is None or contents.unit is None:
        return False
    return (contents.unit.identity, contents.training) != (present.unit.identity, present.training)


def _refuse_other_unit(contents: Contents, present: Contents | None, backup: Path) -> None:
    if not of_other_unit(contents, present):
        return
    assert present is not None
    assert present.unit is not None
    assert contents.unit is not None
    if contents.training != present.training:
        text = _(
            "Bản sao lưu {file} và tệp dữ liệu hiện có, một bên là dữ liệu tập huấn, một bên là dữ liệu thật, nên "
            "không khôi phục. Hãy chọn bản sao lưu khác."
        )
        raise Refusal(text.format(file=backup.name))
    text = _(
        "Bản sao lưu {file} là của {theirs}, còn tệp dữ liệu này là của {ours}, nên không khôi phục. Hãy chọn bản sao "
        "lưu của đúng đơn vị."
    )
    raise Refusal(text.format(file=backup.name, theirs=contents.unit.name, ours=present.unit.name))


def keep_aside(data: Path, now: datetime, before: str = "restore") -> Path | None:
    """Give the present file a second name, with the journal of a writer that died where SQLite could not end it.

    The name says ``before`` what and when; its own name it keeps until another file takes it. None where there is no
    file. Raises OSError. For whoever holds the lock of the file.
    """
    if not data.exists():
        _journal(data).unlink(missing_ok=True)
        return None
    kept = _free_name(data, now, before)
    _second_name(data, kept)
    journal = _journal(data)
    if journal.exists() and journal.stat().st_size > 0:
        _second_name(journal, _journal(kept))
    files.sync_folder(data.parent)
    clear_journal(data)  # it would be played back into the file that comes
    return kept


def _journal(data: Path) -> Path:
    return data.with_name(data.name + "-journal")


def _free_name(data: Path, now: datetime, before: str) -> Path:
    stamp = now.strftime(STAMP)
    names = (f"{data.stem}.before-{before}-{stamp}{number}{data.suffix}" for number in ("", *range(2, 100)))
    return next(path for path in map(data.with_name, names) if not path.exists())


def _second_name(path: Path, kept: Path) -> None:
    """A second name for a file; a copy where the disk knows no second names (a stick)."""
    try:
        files.step(os.link, path, kept)
    except OSError:

        def copied(target: BinaryIO) -> None:
            with path.open("rb") as source:
                shutil.copyfileobj(source, target, 1 << 20)

        files.write_beside_then_replace(kept, copied)


# What a restore would change


@dataclass(frozen=True, slots=True)
class Differences:
    """Between the data now and a backup: reports whose content differs, that only one of the two has; packages."""

    changed: tuple[Held, ...]
    only_now: tuple[Held, ...]
    only_then: tuple[Held, ...]
    packages_only_now: int
    packages_only_then: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A backup as a list offers it: what is in it, what would differ, or the sentence on its damage."""

    backup: Backup
    size: int
    contents: Contents | None
    differs: tuple[str, ...] = ()
    damage: str = ""


def choices(data: Path, now: Contents | None) -> list[Choice]:
    """The backups of a data file that holds ``now``, newest first. Raises Refusal when their folder cannot be read."""
    return [_choice(one, now) for one in backups_of(data)]


def _choice(one: Backup, now: Contents | None) -> Choice:
    try:
        found = look(one.path)
        size = one.size
    except Refusal as refusal:
        return Choice(one, 0, None, damage=refusal.sentence)
    if now is None:
        unreadable = _("Tệp dữ liệu hiện có không đọc được; khôi phục sẽ giữ nó lại dưới tên khác.")
        return Choice(one, size, found, (unreadable,))
    return Choice(one, size, found, tuple(sentences(differences(now, found))))


def differences(now: Contents, then: Contents) -> Differences:
    """What would differ once the backup ``then`` stands in the place of ``now``."""
    ours = {(one.unit, one.period, one.revision): one for one in now.reports}
    theirs = {(one.unit, one.period, one.revision): one for one in then.reports}
    return Differences(
        tuple(one for id, one in ours.items() if id in theirs and theirs[id].state != one.state),
        tuple(one for id, one in ours.items() if id not in theirs),
        tuple(one for id, one in theirs.items() if id not in ours),
        len(now.received - then.received),
        len(then.received - now.received),
    )


def sentences(found: Differences) -> list[str]:
    """What would differ, a sentence each; one that says so when nothing would."""
    said = [_said(_("{report}: nội dung trở lại như khi sao lưu."), one) for one in found.changed]
    said += [
        _said(_("{report}: lập sau khi sao lưu, sẽ không còn trong danh sách."), one)
        for one in found.only_now
    ]
    said += [_said(_("{report}: có lại trong danh sách."), one) for one in found.only_then]
    if count := found.packages_only_now:
        text = ngettext(
            "{count} gói nhận sau khi sao lưu sẽ không còn.",
            "{count} gói nhận sau khi sao lưu sẽ không còn.",
            count,
        )
        said.append(text.format(count=count))
    if count := found.packages_only_then:
        text = ngettext("{count} gói đã nhận sẽ có lại.", "{count} gói đã nhận sẽ có lại.", count)
        said.append(text.format(count=count))
    return said or [_("Các báo cáo và gói đã nhận giống hệt hiện nay.")]


def _said(text: str, one: Held) -> str:
    report = _("Báo cáo {period} của {unit}").format(period=Period.parse(one.period).words, unit=one.name)
    return text.format(report=f"{report} (BS{one.revision})" if one.revision else report)

"""Looks into a data file without opening it for work: quickly for a list, whole before it is trusted (R6)."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.store.connecting import connect, limited
from dcs_desktop.store.contents import Contents, of_older
from dcs_desktop.store.opening import open_file, refusing, settled_version_of
from dcs_desktop.store.statements import VERSION
from dcs_desktop.store.troubles import damaged


def look(path: Path) -> Contents:
    """A quick look, at the summaries only; not for a file that this process has open.

    Raises Refusal: not there, no data file, damaged at first sight, of a newer program.
    """
    path = path.absolute()
    with refusing(path):
        if settled_version_of(path) == VERSION:
            with closing(open_file(path, read_only=True)) as file:
                return file.contents()
        with closing(connect(path, read_only=True)) as connection, limited(connection):
            return of_older(connection)


def look_whole(path: Path) -> Contents:
    """Look at every page, seal and package. Raises Refusal naming the first thing that is not as it was written."""
    path = path.absolute()
    found = look(path)
    with refusing(path):
        with closing(connect(path, read_only=True)) as connection:
            if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise Refusal(damaged().format(file=path))
        if not found.older:
            _look_at_seals(path)
    return found


def _look_at_seals(path: Path) -> None:
    with closing(open_file(path, read_only=True)) as file:
        for summary in (*file.reports(), *file.deleted_reports()):
            file.report(summary.ref)
        for one in file.received():
            data = file.received_bytes(one.digest)
            if data is None or hashlib.sha256(data).hexdigest() != one.file_digest:
                text = _("Gói {name} trong tệp {file} không còn như khi nhận. Tệp được giữ nguyên.")
                raise Refusal(text.format(name=one.file_name, file=path))
        for sent in (True, False):
            file.letters(sent=sent)
        file.decisions()
        file.locked_key()

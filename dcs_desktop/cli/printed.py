"""The verb that prints every received report of a period."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator

from dcs_desktop import printing_received
from dcs_desktop.cli.own import data_file, make_folder
from dcs_desktop.cli.parser import Said
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.printing_received import Printout

STEPS = 100


def reports(args: argparse.Namespace) -> Said:
    """Print what was received and counts, each report into its file; status 1 when one could not be printed."""
    with data_file(args, read_only=True) as file:
        tasks = printing_received.tasks(file, args.period, args.output, args.layout)
    if not tasks:
        message = _("Chưa nhận báo cáo nào của kỳ {period}. Hãy nhận các gói báo cáo trước.")
        raise Refusal(message.format(period=args.period.words))
    make_folder(args.output)
    made = printing_received.print_all(tasks, _counted(len(tasks)), args.processes)
    data = [
        {
            "unit": one.unit,
            "path": None if one.path is None else str(one.path),
            "pages": one.pages,
            "message": one.refusal,
        }
        for one in made
    ]
    return Said(data, list(_lines(made)), int(any(one.refusal for one in made)))


def _counted(total: int) -> Callable[[Printout], None]:
    """Says on stderr how many are done, a hundred times in all."""
    done = 0
    line = _("Đã in {done}/{total} báo cáo")

    def told(_printout: Printout) -> None:
        nonlocal done
        done += 1
        if done == total or done % max(total // STEPS, 1) == 0:
            end = "\n" if done == total or not sys.stderr.isatty() else "\r"
            print(line.format(done=done, total=total), end=end, file=sys.stderr, flush=True)

    return told


def _lines(made: tuple[Printout, ...]) -> Iterator[str]:
    printed = [one for one in made if not one.refusal]
    for one in made:
        if one.refusal:
            yield f"{one.unit}: {one.refusal}"
    line = _("Đã in {count}/{total} báo cáo, {pages} trang.")
    yield line.format(count=len(printed), total=len(made), pages=sum(one.pages for one in printed))


VERBS = {"reports": reports}

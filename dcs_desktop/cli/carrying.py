"""What ``new`` takes over from an earlier report, and what ``export`` says of it."""

from __future__ import annotations

import argparse

from dcs_desktop.core.carrying import Taken
from dcs_desktop.core.report import Answers, UnitName
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.starting_report import Carry, earlier_reports
from dcs_desktop.store import DataFile


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--carry-over [KIND ...]`` of ``new``."""
    parser.add_argument(
        "--carry-over",
        nargs="*",
        choices=[kind.value for kind in Taken],
        default=None,
        metavar="narratives|tables|figures",
        help=_("lấy lại nội dung, bảng, số liệu ổn định của báo cáo trước, đánh dấu chưa cập nhật"),
    )


def carry_asked(args: argparse.Namespace, file: DataFile, unit: UnitName) -> Carry | None:
    """What is asked for, all kinds when none is named. Raises Refusal when there is no earlier report."""
    if args.carry_over is None:
        return None
    found = earlier_reports(file, unit.identity, args.period)
    if not found:
        message = _(
            "Chưa có báo cáo trước của {unit} trong tệp dữ liệu để lấy lại. Bỏ --carry-over rồi chạy lại."
        )
        raise Refusal(message.format(unit=unit.name))
    return Carry(found[0].ref, frozenset(map(Taken, args.carry_over)) or frozenset(Taken))


def carried_lines(answers: Answers) -> list[str]:
    """A warning where something is there as it was taken over."""
    if not answers.carried:
        return []
    line = _("Cảnh báo: {count} chỗ lấy từ báo cáo trước, chưa cập nhật và chưa xác nhận.")
    return [line.format(count=len(answers.carried))]

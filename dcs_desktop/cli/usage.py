"""What is said about wrong usage, in whole sentences instead of argparse's English."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _


class Parser(argparse.ArgumentParser):
    """Wrong usage is a refusal, one sentence; options are written whole, so that scripts outlive new ones."""

    def __init__(
        self,
        prog: str | None = None,
        *,
        add_help: bool = True,
        **how: Any,  # Any: as ArgumentParser takes them
    ) -> None:
        how = {"allow_abbrev": False, "formatter_class": _Help, **how}
        super().__init__(prog, add_help=False, **how)
        if add_help:
            self.add_argument("-h", "--help", action="help", help=_("in ra hướng dẫn này"))

    def error(self, message: str) -> NoReturn:
        raise Refusal(sentence(message, self.prog))


class _Help(argparse.HelpFormatter):
    """The help of argparse under headings of the interface's language."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Any,  # Any: argparse's own, named differently from version to version
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, _("Cách dùng: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        headings = {"positional arguments": _("Tham số"), "options": _("Tùy chọn")}
        super().start_section(headings.get(heading or "", heading))


def sentence(message: str, command: str) -> str:
    """The sentence for a message of argparse about ``command`` ("dcs-desktop new")."""
    for pattern, said in _usual().items():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return said.format(command=command, **found.groupdict())
    return _("Lệnh không đúng: {message}. Xem: {command} --help").format(message=message, command=command)


def _usual() -> dict[str, str]:
    return {
        r"the following arguments are required: (?P<what>.+)": _(
            "Lệnh còn thiếu: {what}. Xem: {command} --help"
        ),
        r"unrecognized arguments: (?P<what>.+)": _("Lệnh không dùng: {what}. Xem: {command} --help"),
        r"argument VERB: invalid choice: '?(?P<what>.*?)'? \(choose from .*": _(
            "Không có lệnh “{what}”. Xem các lệnh bằng: {command} --help"
        ),
        r"argument (?P<where>[^:]+): invalid choice: '?(?P<what>.*?)'? \(choose from (?P<known>.*)\)": _(
            "“{what}” không dùng được cho {where}; hãy chọn một trong: {known}. Xem: {command} --help"
        ),
        r"argument (?P<where>[^:]+): expected (?:one|at least one) argument": _(
            "Sau {where} phải có một giá trị. Xem: {command} --help"
        ),
        r"argument (?P<where>[^:]+): not allowed with argument (?P<what>.+)": _(
            "{where} không dùng cùng với {what}. Xem: {command} --help"
        ),
        r"argument (?P<where>[^:]+): ignored explicit argument .*": _(
            "{where} không nhận giá trị. Xem: {command} --help"
        ),
        r"argument (?P<where>[^:]+): invalid int value: '(?P<what>.*)'": _(
            "“{what}” không phải là số nguyên cho {where}. Xem: {command} --help"
        ),
        r"argument (?P<where>[^:]+): (?P<what>“.*”.*)": _("{where}: {what}. Xem: {command} --help"),
    }

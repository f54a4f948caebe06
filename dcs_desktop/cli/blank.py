"""The verb that prints a form to be filled in by hand, for any unit: set up here, begun, or neither."""

from __future__ import annotations

import argparse

from dcs_desktop import starting
from dcs_desktop.cli.own import data_file, reference_asked, unit_named, write_file
from dcs_desktop.cli.parser import Said
from dcs_desktop.core.report import Identity, Letterhead
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.forms import form_of
from dcs_desktop.i18n import _


def blank_form(args: argparse.Namespace) -> Said:
    """The form to be filled in by hand as a PDF file."""
    from dcs_desktop.printing import render_blank_form

    if args.output.suffix.lower() != ".pdf":
        message = _("Lệnh blank-form ghi tệp .pdf; tên tệp “{name}” không phải.")
        raise Refusal(message.format(name=args.output.name))
    identity, letterhead = _kept(args) or _proposed(args)
    form = form_of(identity, letterhead)
    printed = render_blank_form(identity, form, letterhead, layout=args.layout)
    write_file(args.output, printed.data)
    data = {"path": str(args.output), "pages": printed.pages, "template": identity.template}
    line = _("Đã in mẫu trống ra {path}, {pages} trang.")
    return Said(data, [line.format(path=args.output, pages=printed.pages)])


def _kept(args: argparse.Namespace) -> tuple[Identity, Letterhead] | None:
    """As the data file knows the unit: by its report of the period, else by the setup; None when by neither."""
    if args.template or args.level or not args.data.exists():
        return None
    with data_file(args, read_only=True) as file:
        unit = unit_named(args.unit, args, file)
        summary, setup = file.latest(unit.identity, args.period), file.setup()
        if summary is not None:
            report = file.report(summary.ref)
            return report.identity, report.letterhead
    if setup is None or setup.unit.identity != unit.identity:
        return None
    identity = Identity(setup.unit, setup.receiver, args.period, setup.level, reference_asked(args))
    return identity, setup.letterhead


def _proposed(args: argparse.Namespace) -> tuple[Identity, Letterhead]:
    """As first start would propose the unit."""
    setup = starting.proposed_setup(starting.unit_of(args.unit, args.period), args.period, level=args.level)
    identity = Identity(setup.unit, setup.receiver, args.period, setup.level, reference_asked(args))
    return identity, setup.letterhead


VERBS = {"blank-form": blank_form}

"""The verb of the author of a template, and of whoever is given one."""

from __future__ import annotations

import argparse
from typing import Any

from dcs_desktop import template_library
from dcs_desktop.cli.parser import Said
from dcs_desktop.core.building import build
from dcs_desktop.core.period import PeriodKind
from dcs_desktop.core.template import Template
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _


def template(args: argparse.Namespace) -> Said:
    """Check a template, keep one that was given, or list those at hand. Raises Refusal without the file."""
    if args.what == "list":
        return _list()
    if args.file is None:
        message = _("Lệnh template {what} cần tên tệp mẫu.")
        raise Refusal(message.format(what=args.what))
    return _check(args) if args.what == "check" else _add(args)


def _list() -> Said:
    known = template_library.known()
    data = [
        {"template": info.reference, "name": info.name, "given": info.given, "periods": list(info.periods)}
        for info in known
    ]
    return Said(data, [f"{info.reference}  {info.name}" for info in known])


def _add(args: argparse.Namespace) -> Said:
    info = template_library.add(args.file)
    line = _("Đã thêm mẫu {reference}: {name}. Báo cáo theo mẫu này lập và nhận được ngay.")
    return Said(
        {"template": info.reference, "path": str(info.path)},
        [line.format(reference=info.reference, name=info.name)],
    )


def _check(args: argparse.Namespace) -> Said:
    """Every fault of a template file, or what forms it holds."""
    faults, template = template_library.examine(args.file)
    if template is None:
        lines = [f"{fault.place}: {fault.message}" for fault in faults]
        return Said({"faults": [{"place": f.place, "message": f.message} for f in faults]}, lines, 1)
    forms = _forms(template)
    lines = [_("Mẫu {reference} dùng được.").format(reference=template.reference)]
    line = _("{level}, {period}: {items} mục, {figures} số liệu, {checks} quan hệ kiểm tra.")
    lines += [line.format(**form) for form in forms]
    return Said({"faults": [], "template": template.reference, "forms": forms}, lines)


def _forms(template: Template) -> list[dict[str, Any]]:  # Any: names and counts
    forms = []
    for level in template.level:
        for kind in template.template.periods:
            form = build(template, level.id, PeriodKind(kind), {})
            counts = {"items": len(form.items), "figures": len(form.figures), "checks": len(form.checks)}
            forms.append({"level": level.id, "period": kind, **counts})
    return forms


VERBS = {"template": template}

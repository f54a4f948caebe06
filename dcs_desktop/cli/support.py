"""The verb that writes what a helper may see, without figures, texts, names and paths."""

from __future__ import annotations

import argparse

from dcs_desktop import support as bundles
from dcs_desktop.cli.own import write_file
from dcs_desktop.cli.parser import Said
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _


def support(args: argparse.Namespace) -> Said:
    """Write the bundle; a file that is there is left alone. Raises Refusal."""
    if args.file.exists():
        text = _("Đã có tệp {file}, chương trình không ghi đè. Hãy chọn tên khác.")
        raise Refusal(text.format(file=args.file))
    write_file(args.file, bundles.bundle(args.data))
    line = _("Đã ghi tệp hỗ trợ {file}. Tệp không chứa số liệu, nội dung, tên hay đường dẫn của máy này.")
    return Said({"file": str(args.file), **bundles.told(args.data)}, [line.format(file=args.file)])


VERBS = {"support": support}

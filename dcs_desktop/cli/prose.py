"""The verb that checks the figures of free text."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from pathlib import Path

from dcs_desktop.cli.parser import Said
from dcs_desktop.cli.shown import Json, unicode_text
from dcs_desktop.core.prose import ProseFinding, check_text
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.files import reason
from dcs_desktop.i18n import _


def check(args: argparse.Namespace) -> Said:
    """Every finding in a file or what is typed, a line of text at a time; status 1 when there are any.

    ``start`` and ``end`` count the characters of the line in composed form (NFC).
    """
    lines = unicodedata.normalize("NFC", _text(args.file)).split("\n")
    found = [(number, finding) for number, line in enumerate(lines, 1) for finding in check_text(line)]
    told = [
        _("Dòng {line}: {message}").format(line=number, message=finding.message) for number, finding in found
    ]
    data = [_json(number, finding) for number, finding in found]
    return Said(data, told or [_("Không thấy số liệu nào không khớp nhau.")], int(bool(found)))


def _text(name: str) -> str:
    """The text of a file, "-" for standard input. Raises Refusal."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return unicode_text(data).replace("\r\n", "\n")
    except OSError as error:
        message = _("Không đọc được tệp {file}: {reason}. Hãy kiểm tra lại đường dẫn.")
        raise Refusal(message.format(file=name, reason=reason(error))) from error
    except UnicodeError as error:
        message = _("Tệp {file} không phải là văn bản Unicode (UTF-8). Hãy lưu lại dưới dạng UTF-8.")
        raise Refusal(message.format(file=name)) from error


def _json(line: int, finding: ProseFinding) -> Json:
    return {
        "line": line,
        "start": finding.start,
        "end": finding.end,
        "kind": finding.kind,
        "stated": finding.stated,
        "computed": finding.computed,
        "message": finding.message,
    }


VERBS = {"check-text": check}

"""One honest file of every kind that comes in from outside, and how it is read: what fuzzing starts from."""

from __future__ import annotations

import hashlib
import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Final

import xlsxwriter

from dcs_desktop import package
from dcs_desktop.core.formula import FormulaFault, parse_rule
from dcs_desktop.core.letter import Head, Letter, LetterKind, Question
from dcs_desktop.core.narrative import Prose, tidy
from dcs_desktop.core.pasted_html import paragraphs_of
from dcs_desktop.core.template_file import TemplateRefused, read_template, write_template
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.unit_list_file import UnitListFault, read_unit_list
from dcs_desktop.package.container import packed
from dcs_desktop.package.contents import laid_out
from dcs_desktop.reading import docx, xlsx
from dcs_desktop.reading.clipboard import block
from dcs_desktop.reading.copied_parts import parts_of
from dcs_desktop.reading.old_docx import read_old_docx
from dcs_desktop.reading.old_text import read_old_text
from dcs_desktop.reading.parts import Unread
from dcs_desktop.receiving import arriving
from dcs_desktop.resources import read_bytes, unit_lists
from tests.package.samples import COMMUNE, DISTRICT, REPORT, TEMPLATE
from tests.reading.word_files import files, item, paragraph, run, zipped

KNOWN: Final = {TEMPLATE.reference: write_template(TEMPLATE)}
EXPECTED: Final = (Refusal, Unread, TemplateRefused, FormulaFault, UnitListFault)


@dataclass(frozen=True, slots=True)
class Kind:
    """An honest file of a kind, and the door it comes in by; ``inside`` are the files that it is a zip of."""

    door: Callable[[bytes], object]
    honest: bytes
    inside: dict[str, bytes]
    # Puts the files together again; what knows the format mends the hashes.
    zip: Callable[[dict[str, bytes]], bytes] = zipped

    def mutated(self, chance: random.Random) -> bytes:
        """The honest file changed: in a zip half the time inside, as one who knows the format would."""
        if self.inside and chance.random() < 0.5:
            name = chance.choice(sorted(self.inside))
            return self.zip({**self.inside, name: changed(self.inside[name], chance)})
        return changed(self.honest, chance)


TOKENS: Final = [
    b"null", b"[]", b"{}", b"1e999", b'"', b"'", b"\\u0000", b"\xed\xa0\x80", b"NaN", b"9" * 30, b",", b"\n", b"\r",
    b"\x00", b"<", b"<!--", b"&#x0;", b"&x;", b"<![CDATA[", b"</", b"]]>", b"=1+1", b"\t", b"--", b"\xff\xfe", b"../",
    b"-1", b"(" * 60, b"[[" * 60, b"\xe2\x80\xae", b"=?utf-8?b?", b"%00", b"1" * 5000, b"a." * 300, b'colspan="99999"',
]  # fmt: skip


def changed(data: bytes, chance: random.Random) -> bytes:
    """One to four changes: a bit, a token put in, a stretch taken out, said again, or many times over."""
    for _turn in range(chance.randrange(1, 5)):
        at = chance.randrange(len(data) or 1)
        length = chance.choice((1, 4, 30, 300))
        match chance.randrange(5):
            case 0 if data:
                data = data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
            case 1:
                data = data[:at] + chance.choice(TOKENS) + data[at + chance.randrange(12) :]
            case 2:
                data = data[:at] + data[at + length :]
            case 3:
                other = chance.randrange(len(data) or 1)
                data = data[:at] + data[other : other + length] + data[at:]
            case _:
                data = data[:at] + data[at : at + length] * chance.choice((3, 50)) + data[at:]
    return data[:400_000]


def opened(data: bytes) -> dict[str, bytes]:
    """The files in a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rehashed(files: dict[str, bytes]) -> bytes:
    """The files of a package or letter with the hashes of what they are now, where its manifest can be read."""
    try:
        manifest = json.loads(files["datapackage.json"])
        for resource in manifest["resources"]:
            data = files[resource["path"]]
            resource |= {"hash": "sha256:" + hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        files = {**files, "datapackage.json": json.dumps(manifest).encode()}
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    return zipped(files)


def a_letter() -> bytes:
    """A letter that asks two questions."""
    head = Head(LetterKind.CORRECTION, COMMUNE, DISTRICT, "2024", False, 1, date(2024, 12, 2), 0, "0" * 64)
    asked = (Question("1", "Đề nghị xem lại", "giam_sat.done"), Question("2", "Vì sao?", quote="Đã họp"))
    return package.letter_bytes(Letter(head, questions=asked))


def a_mail() -> bytes:
    """A mail with a package, forwarded in a mail."""
    inner = EmailMessage()
    inner["Subject"] = "Báo cáo"
    inner.set_content("Kính gửi")
    inner.add_attachment(
        packed(laid_out(REPORT, TEMPLATE)), maintype="application", subtype="zip", filename="Gói.zip"
    )
    mail = EmailMessage()
    mail["Subject"] = "Chuyển tiếp"
    mail.set_content("Xem kèm")
    mail.add_attachment(inner)
    return mail.as_bytes()


def a_workbook() -> bytes:
    """Two sheets with letters, numbers, a formula, a date and merged cells."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Số liệu")
    sheet.write_row(0, 0, ["Mã", "Nội dung", "Số"])
    sheet.write_row(1, 0, ["giam_sat.done", "Cuộc giám sát", 12.5])
    sheet.write_formula(2, 2, "=SUM(C2:C2)", None, 12.5)
    sheet.merge_range(3, 0, 4, 1, "Gộp")
    book.add_worksheet("Khác").write_number(0, 0, 45_000, book.add_format({"num_format": "dd/mm/yyyy"}))
    book.close()
    return target.getvalue()


PAGE: Final = (
    "<html><body><!--StartFragment--><p style='margin:0'>Đã <b>họp</b> &amp; bàn</p><ol type=a start=2><li>Một<li>Hai"
    "</ol><table><tr><td rowspan=2>A</td><td sdval='12.5' colspan=2>12,5</td></tr><tr><td>1</td></tr></table>"
    "<p style='font-weight:700;list-style-type:decimal'>Hết</p><!--EndFragment--></body></html>"
).encode()
LIST: Final = "code,name,type,parent_code\n31,Hải Phòng,thành phố,\n31426,Đông Khê,phường,31\n".encode()
TEXT: Final = (
    "# Báo cáo\n\n1. Đã họp **12** lần[^1]\n\n- một\n- hai\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n[^1]: Sổ\n"
)


def _template(data: bytes) -> object:
    return read_template(data, "mẫu.toml", lambda _id: read_bytes(Path("templates/dcs-2024.toml")))


def _mail(data: bytes) -> object:
    return [package.read_bytes(found.data, "a.zip", KNOWN) for found in arriving._in_mail(data, "", 1)
            if isinstance(found.data, bytes)]  # fmt: skip


def _html(data: bytes) -> object:
    page = data.decode("utf-8", "replace")
    return tidy(Prose(paragraphs_of(page))), parts_of(page, "")


def _cells(data: bytes) -> object:
    page = data.decode("utf-8", "replace")
    return block("", page), block(page.replace("<td", "\t<td"), page)


def _units(data: bytes) -> object:
    return read_unit_list(data.decode("utf-8", "replace"), unit_lists()[0])


def kinds() -> dict[str, Kind]:
    """Every kind, by its name."""
    contents = laid_out(REPORT, TEMPLATE)
    letter, book = a_letter(), a_workbook()
    word = files(paragraph(run("II. Kết quả")), item("II.1.a", paragraph(run("Đã họp 12 lần"))))
    parts = {name: part.encode() if isinstance(part, str) else part for name, part in word.items()}
    return {
        "package": Kind(
            lambda d: package.read_bytes(d, "p.zip", KNOWN), packed(contents), dict(contents), rehashed
        ),
        "letter": Kind(lambda d: package.read_letter_bytes(d, "l.zip"), letter, opened(letter), rehashed),
        "mail": Kind(_mail, a_mail(), {}),
        "template": Kind(_template, read_bytes(Path("templates/dcs-2025.toml")), {}),
        "template_json": Kind(_template, write_template(TEMPLATE), {}),
        "formula": Kind(
            lambda d: parse_rule(d.decode("utf-8", "replace")),
            b"abs(a.b - prev(a.b)) * 2 <= max(count(t), count(t, c, x)) / (3 + -1.5)",
            {},
        ),
        "docx": Kind(lambda d: docx.read_bytes(d, "a.docx"), zipped(word), parts),
        "old_docx": Kind(lambda d: read_old_docx(d, "a.docx"), zipped(word), parts),
        "xlsx": Kind(lambda d: xlsx.read_bytes(d, "a.xlsx"), book, opened(book)),
        "html": Kind(_html, PAGE, {}),
        "cells": Kind(_cells, PAGE, {}),
        "text": Kind(lambda d: (read_old_text(d, "a.md"), read_old_text(d, "a.txt")), TEXT.encode(), {}),
        "units": Kind(_units, LIST, {}),
    }

"""Files made to be read for ever or to fill the memory: refused, or read, within a second of processor time (R14)."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from random import Random

import pytest

from dcs_desktop.core.pasted_html import paragraphs_of
from dcs_desktop.core.template_file import TemplateRefused, read_template
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.reading.clipboard import block
from dcs_desktop.reading.tree import BrokenXml, HostileXml, tree
from dcs_desktop.receiving import arriving
from dcs_desktop.ui.prose_paste import LONGEST_PAGE, TAGS

SECONDS, MEMORY = 1.0, 200_000_000
# Enough for what grows by the square to take its second, little enough for the quick suite.
LETTERS = LONGEST_PAGE // 3
MAIL = b"From: a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
ZIPPED = b"Content-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: "
TEMPLATE = b'[template]\nextends = "a@1"\n'


def _cost(attack: Callable[[], object], refusals: tuple[type[Exception], ...]) -> float:
    """Seconds of the processor; the memory is looked at in a smaller run of the same kind."""
    began = time.thread_time()
    with suppress(*refusals):
        attack()
    return time.thread_time() - began


@pytest.mark.parametrize(
    "sign",
    [
        "<", "<a ", "<!--", "<![CDATA[", "</", "<?", "<!x ", "<a b='", '<a b="', "&#", "<b>", "<li>", "<textarea>",
        "<title>&", "<script></s", "<!-->", "<![if x>", "</b x", "<table><tr><td>",
    ],
)  # fmt: skip
def test_r14_pasted_signs_without_end(sign: str) -> None:
    page = "<b>" * 30 + sign * (LETTERS // len(sign))
    assert _cost(lambda: paragraphs_of(page), ()) < SECONDS
    assert _cost(lambda: block("", "<td>" + page * 9), (Refusal,)) < SECONDS
    assert _cost(lambda: TAGS.split(page), ()) < SECONDS


def test_r14_a_style_without_end() -> None:
    page = '<ol style="' + "list-style:" * (LONGEST_PAGE // 11) + '">x'
    assert _cost(lambda: paragraphs_of(page), ()) < SECONDS


def test_r14_what_opens_no_tag_stays_a_letter() -> None:
    (said,) = paragraphs_of("<p>a < b <c và <!-- ẩn --><b>d</b> <3</p>")
    assert "".join(getattr(part, "text", "") for part in said.inlines) == "a < b <c và d <3"


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr>" + "<td rowspan=99999>" * 99 + "<tr><td>" * 30_000,
        "<table><tr>" + "<td colspan=100>" * 70_000,
        "<table>" + "<tr>" * 140_000,
        "<table><tr>" + "<td>" * 140_000,
    ],
    ids=["rowspan", "colspan", "rows", "cells"],
)
def test_r14_a_table_that_says_it_is_huge(page: str) -> None:
    tracemalloc.start()
    with pytest.raises(Refusal, match="500 dòng, 100 cột"):
        block("", page)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MEMORY / 4
    assert _cost(lambda: block("", page), (Refusal,)) < SECONDS


@pytest.mark.parametrize(
    "page",
    [
        b"<a>" + (b"x" * 100 + b"<b/>") * 110_000 + b"</a>",
        b"<a>" + b"&amp;x<b/>" * 80_000 + b"</a>",
        b"<a " + b" ".join(b'a%d=""' % number for number in range(150_000)) + b"/>",
        b'<!DOCTYPE a [<!ENTITY b "' + b"b" * 10_000 + b'"><!ENTITY c "' + b"&b;" * 1000 + b'">]><a>&c;</a>',
        b"<a>" * 290_000,
    ],
    ids=["letters", "entities", "attributes", "expansion", "depth"],
)
def test_r14_xml_made_to_be_read_for_ever(page: bytes) -> None:
    assert _cost(lambda: tree(page), (HostileXml, BrokenXml)) < SECONDS


def test_r14_entities_are_never_expanded() -> None:
    for kind in ('"b"', 'SYSTEM "file:///etc/passwd"', 'SYSTEM "http://127.0.0.1/"'):
        with pytest.raises(HostileXml):
            tree(f"<!DOCTYPE a [<!ENTITY b {kind}>]><a>&b;</a>".encode())


@pytest.mark.parametrize(
    "text",
    [
        b"a" + b".a" * 120_000 + b"=1",
        b"[a" + b".a" * 120_000 + b"]",
        b"".join(b"a%d=1\n" % number for number in range(26_000)),
        b"[[a]]\n" * 40_000,
        b"a=" + b"[" * 240_000,
        b"a=" + b"{a=" * 80_000,
        b"a=0x" + b"f" * 240_000,
        b"a=" + b"9" * 240_000,
        b'{"a":' * 600_000,
        TEMPLATE + b"".join(b'[[section]]\nid="x%d"\n' % number for number in range(2_500)),
    ],
    ids=["dotted", "header", "keys", "tables", "lists", "inline", "hex", "digits", "json", "sections"],
)
def test_r14_a_template_made_to_be_read_for_ever(text: bytes) -> None:
    def attack() -> None:
        with pytest.raises(TemplateRefused):
            read_template(text, "mẫu.toml", lambda _id: b'[template]\nid="a"\n')

    assert _cost(attack, ()) < SECONDS


@pytest.mark.parametrize(
    "mail",
    [
        MAIL + b"--b\r\n\r\n" * 200_000,
        b"X: y\r\n" * 500_000,
        MAIL + b"--b\n" + b"X: y\n" * 300_000,
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)),
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(90))
        + b"x\n" * 500_000,
        b"Content-Type: message/rfc822\n\n" * 3000,
        b'Content-Disposition: attachment; filename="' + b"=?utf-8?q?a?= " * 200_000 + b'"\n\nx',
        b"Content-Disposition: attachment"
        + b"".join(b";\r\n filename*%d=a" % n for n in range(200_000))
        + b"\n\nx",
        b'Content-Disposition: attachment; "' + b'";' * 500_000 + b"\n\nx",
        b"Content-Type: multipart/mixed" + b";a=b" * 1_000_000 + b"\n\nx",
        ZIPPED + b"x-uuencode\n\nbegin 644 a\n" + b"M\n" * 1_300_000,
    ],
    ids=[
        "parts", "heads", "heads of a part", "depth", "lines by depth", "forwarded", "words", "pieces", "quotes",
        "parameters", "uu",
    ],
)  # fmt: skip
def test_r14_a_mail_made_to_be_read_for_ever(mail: bytes) -> None:
    def attack() -> None:
        (found,) = arriving._in_mail(mail, "", 1)
        assert not isinstance(found.data, bytes)

    assert _cost(attack, ()) < SECONDS


def test_r14_a_long_honest_mail_is_read() -> None:
    body = b"UEsDBA" + b"A" * 70 + b"\n" + (b"A" * 76 + b"\n") * 70_000
    mail = MAIL + b"--b\n" + ZIPPED + b"base64\n\n" + body + b"--b--\n"
    (found,) = arriving._in_mail(mail, "", 1)
    assert isinstance(found.data, bytes)
    assert len(found.data) > 3_900_000


LINE = b"QUJD" * 19 + b"\r\n"


@pytest.mark.parametrize(
    ("coded", "line"),
    [
        (b"base64", LINE),
        (b"base64", b"A" * 29 + b"\r\n"),
        (b"base64", LINE * 3 + b"!\r\n"),
        (b"base64", b"A" * 997 + b"\r\n" + b"A" * 999 + b"\r\n"),
        (b"base64", b"A" * 1_000_000),
        (b"quoted-printable", b"=41" * 25 + b"\r\n"),
        (b"8bit", b"\xff" * 74 + b"\r\n"),
    ],
    ids=["honest", "short", "broken off", "long", "one line", "quoted", "letters"],
)
def test_r14_a_mail_as_large_as_may_be(coded: bytes, line: bytes) -> None:
    """What is refused takes a time that grows with length alone: half of it here, for a slow machine's sake."""
    size = arriving.LARGEST_MAIL // (1 if line == LINE else 2) - 300
    content = MAIL + b"--b\r\n" + ZIPPED + coded + b"\r\n\r\n" + line * (size // len(line))
    assert _cost(lambda: list(arriving._in_mail(content, "", 1)), ()) < SECONDS


def test_r14_attachments_of_a_large_mail_come_whole() -> None:
    """Of every length, so that a last line of every length and what ends it goes through; and signs that are nobody's."""
    sent = {f"{number}.zip": arriving.ZIP + Random(number).randbytes(300 + number) for number in range(150)}
    mail = EmailMessage()
    mail.set_content("=00.1\n" + "A" * 60 + "\n" * 3)
    for name, data in sent.items():
        mail.add_attachment(data, maintype="application", subtype="zip", filename=name)
    for content in (mail.as_bytes(), mail.as_bytes(policy=SMTP)):
        assert {one.within: one.data for one in arriving._in_mail(content, "", 1)} == sent

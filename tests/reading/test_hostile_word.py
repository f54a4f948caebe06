"""Word files that are none, are broken, or mean harm: refused by name, at once, with nothing written anywhere."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
from pathlib import Path

import pytest

from dcs_desktop.core.returned import Returned
from dcs_desktop.reading import read, read_bytes
from dcs_desktop.reading.parts import LARGEST_FILE
from tests.reading.word_files import W, figure, files, item, note, paragraph, run, zipped

# Seconds of the processor, so that a busy machine does not make it red.
AT_ONCE = 1.0
FILES = files(
    paragraph(run("ỦY BAN")),
    item("II.1.a", paragraph(run("Đã họp "), figure("hop.done", run("3")), run(" lần"), note(2))),
    notes={2: "Sổ họp"},
)
DATA = zipped(FILES)


def _refused(data: bytes) -> str:
    """The code that a file is refused with, at once."""
    begun = time.process_time()
    found = read_bytes(data, "a.docx")
    assert time.process_time() - begun < AT_ONCE
    assert found.items == {}
    assert found.outside == ()
    (fault,) = found.faults
    assert fault.message.endswith(".")
    return fault.code


def _document(text: str | bytes) -> bytes:
    return zipped({**FILES, "word/document.xml": text})


def test_the_file_itself_is_read() -> None:
    assert read_bytes(DATA, "a.docx").items["II.1.a"].markup == "Đã họp {hop.done} lần[^1]\n\n[^1]: Sổ họp"


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"Kinh gui", b"\0" * 100, zipped({"a.txt": b"a"}), zipped({})]
)
def test_another_kind_of_file(data: bytes) -> None:
    assert _refused(data) in ("not_word", "damaged")


def test_an_old_or_locked_word_file_says_what_to_do() -> None:
    (fault,) = read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "a.doc").faults
    assert fault.code == "not_word"
    assert ".docx" in fault.message
    assert "mật khẩu" in fault.message


@pytest.mark.parametrize(
    "head",
    [
        "<!DOCTYPE a>",
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "http://127.0.0.1/">]>',
        "<!DOCTYPE a [" + "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9)) + "]>",
    ],
)
@pytest.mark.parametrize(
    "name", ["word/document.xml", "word/footnotes.xml", "docProps/custom.xml", "[Content_Types].xml"]
)
def test_a_document_type_is_refused_wherever_it_stands(head: str, name: str) -> None:
    """Billion laughs, files of the machine and addresses in the net all begin with one."""
    text = FILES[name]
    assert isinstance(text, str)
    assert _refused(zipped({**FILES, name: head + text})) == "hostile"
    assert _refused(zipped({**FILES, name: (head + text).encode("utf-16")})) == "hostile"


def test_a_document_that_unpacks_to_too_much() -> None:
    assert _refused(_document(b"<w:document>" + b" " * 11_000_000)) == "hostile"
    assert _refused(_document(random.Random(1).randbytes(1_000_000) * 13)) == "hostile"


def test_a_document_of_endless_elements() -> None:
    assert _refused(_document(f"<w:document {W}>" + "<w:p>" * 50_000)) == "hostile"
    scattered = "".join(f"<w:p n='{number}'/>" for number in range(410_000))
    assert _refused(_document(f"<w:document {W}>{scattered}</w:document>")) == "hostile"


def test_a_million_entries() -> None:
    """Small ones, and as many as the directory says."""
    name = b"a"
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0, 0, 1, 0) + name
    central = (
        struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + name
    )
    entries = 1_000_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(central) * entries, len(local), 0)
    assert _refused(local + central * entries + end) == "hostile"


@pytest.mark.parametrize("name", ["../../a.xml", "/etc/passwd", "C:\\a.xml", "word/../a", "a//b"])
def test_path_tricks(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert _refused(zipped({**FILES, name: b"a"})) == "hostile"
    assert list(tmp_path.iterdir()) == []


def test_a_part_named_outside_the_file_is_not_there() -> None:
    types = str(FILES["[Content_Types].xml"]).replace("/word/document.xml", "/../../etc/passwd")
    assert _refused(zipped({**FILES, "[Content_Types].xml": types})) == "damaged"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_documents_of_one_name() -> None:
    made = io.BytesIO(DATA)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("word/document.xml", b"<a/>")
    assert _refused(made.getvalue()) == "hostile"


def test_every_cut_is_refused() -> None:
    for length in range(0, len(DATA), 5):
        assert _refused(DATA[:length]) in ("damaged", "not_word"), length


def test_a_file_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    assert [fault.code for fault in read(path).faults] == ["hostile"]


def _survives(data: bytes) -> Returned:
    begun = time.process_time()
    found = read_bytes(data, "a.docx")
    assert time.process_time() - begun < AT_ONCE
    assert bool(found.faults) != (found.origin is not None)
    return found


def _mutations(count: int, seed: int) -> None:
    """Bytes of the zip, and stretches of the documents in it, changed at random."""
    chance = random.Random(seed)
    for turn in range(count):
        if turn % 2:
            data = bytearray(DATA)
            for _byte in range(chance.randrange(1, 8)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            _survives(bytes(data))
        else:
            name = chance.choice(list(FILES))
            text = str(FILES[name])
            at, taken = chance.randrange(len(text)), chance.randrange(80)
            other = chance.randrange(len(text))
            _survives(
                zipped(
                    {
                        **FILES,
                        name: text[:at] + text[other : other + taken] + text[at + chance.randrange(60) :],
                    }
                )
            )


def test_random_changes_never_crash() -> None:
    _mutations(2_000, 1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 6))
def test_many_random_changes_never_crash(seed: int) -> None:
    _mutations(5_000, seed)

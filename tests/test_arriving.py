"""What arrives other than as a package of its own: saved mails, zips, one in the other, and what hides in them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from dcs_desktop import package, receiving, sample, template_library
from dcs_desktop.batch_record import batch_record
from dcs_desktop.core.report import Report
from dcs_desktop.receiving.arriving import Arrived, arrived
from dcs_desktop.store import DataFile, open_file

DAY = date(2024, 12, 9)
REPORTS = sample.commune_reports()[:4]


def packed(report: Report) -> bytes:
    """A package as its bytes."""
    with TemporaryDirectory() as folder:
        template = template_library.template(report.identity.template)
        return package.write(Path(folder), report, template).path.read_bytes()


PACKAGES = [packed(report) for report in REPORTS]


def mail(*attached: tuple[str, bytes], words: str = "Kính gửi huyện báo cáo năm.") -> bytes:
    """A saved mail with attachments."""
    letter = EmailMessage()
    letter["Subject"] = "Báo cáo thực hiện dân chủ ở cơ sở"
    letter["From"] = "xa@vi-du.vn"
    letter.set_content(words)
    for name, data in attached:
        letter.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return letter.as_bytes()


def zipped(*entries: tuple[str, bytes]) -> bytes:
    """A zip as people make them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return made.getvalue()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DataFile]:
    """The sample's district, nothing received yet."""
    yield from opened(tmp_path / "receiving.sqlite")


def opened(path: Path) -> Iterator[DataFile]:
    """A district's data file."""
    with_setup = open_file(path, create=True)
    with_setup.save_setup(sample.setup_of(sample.district_report()))
    yield with_setup
    with_setup.close()


def taken(file: DataFile, *paths: Path) -> list[tuple[str, str]]:
    """Where each package lay, and its verdict."""
    return [(one.within, one.verdict) for one in receiving.import_paths(file, paths, DAY)]


def kept(path: Path, name: str, data: bytes) -> Path:
    """The bytes as a file."""
    file = path / name
    file.write_bytes(data)
    return file


def test_a_saved_mail_gives_its_packages(desk: DataFile, tmp_path: Path) -> None:
    letter = mail(("Báo cáo xã.zip", PACKAGES[0]), ("chữ ký.png", b"\x89PNG"), ("hai.zip", PACKAGES[1]))
    found = taken(desk, kept(tmp_path, "thu.EML", letter))
    assert [within for within, _verdict in found] == ["Báo cáo xã.zip", "hai.zip"]
    assert {verdict for _within, verdict in found} <= {"accepted", "accepted_with_warnings"}
    assert len(desk.received()) == 2


def test_a_forwarded_mail_gives_its_packages(desk: DataFile, tmp_path: Path) -> None:
    letter = EmailMessage()
    letter.set_content("Chuyển tiếp")
    inner = EmailMessage()
    inner.set_content("Gửi huyện")
    inner.add_attachment(PACKAGES[0], maintype="application", subtype="zip", filename="goi.zip")
    letter.add_attachment(inner)
    assert [w for w, _v in taken(desk, kept(tmp_path, "thu.eml", letter.as_bytes()))] == ["goi.zip"]


@pytest.mark.parametrize(
    "name", ["=?utf-8?B?QsOhbyBjw6FvLnppcA==?=", "../../Báo cáo.zip", "C:\\Windows\\Báo cáo.zip"]
)
def test_the_name_of_an_attachment_is_only_shown(desk: DataFile, tmp_path: Path, name: str) -> None:
    raw = mail(("thay.zip", PACKAGES[0])).replace(b"thay.zip", name.encode())
    found = taken(desk, kept(tmp_path, "thu.eml", raw))
    assert len(found) == 1
    assert not set("/\\") & set(found[0][0])
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "receiving.sqlite", "receiving.sqlite-journal", "receiving.sqlite.lock", "thu.eml",
    ]  # fmt: skip


def test_a_mail_without_a_package_says_so(desk: DataFile, tmp_path: Path) -> None:
    letter = kept(tmp_path, "thu.eml", mail(("chữ ký.png", b"\x89PNG")))
    (verdict,) = receiving.import_paths(desk, [letter], DAY)
    assert verdict.verdict == "not_a_package"
    assert "không kèm gói báo cáo" in verdict.reason
    assert desk.received() == ()


def test_a_zip_of_packages_gives_each_its_verdict(desk: DataFile, tmp_path: Path) -> None:
    broken = PACKAGES[2][:-100]
    whole = zipped(
        ("gửi huyện/", b""),
        ("gửi huyện/một.zip", PACKAGES[0]),
        ("gửi huyện/hỏng.zip", broken),
        ("ghi chú.txt", b"?"),
        ("thư.eml", mail(("hai.zip", PACKAGES[1]))),
        ("__MACOSX/gửi huyện/._một.zip", b"mac"),
    )
    assert taken(desk, kept(tmp_path, "tất cả.zip", whole)) == [
        ("gửi huyện/một.zip", "accepted_with_warnings"),
        ("gửi huyện/hỏng.zip", "damaged"),
        ("thư.eml › hai.zip", "accepted_with_warnings"),
    ]
    assert len(desk.received()) == 2


def nested(depth: int) -> bytes:
    data = PACKAGES[0]
    for level in range(depth):
        data = zipped((f"{level}.zip", data))
    return data


def bomb() -> bytes:
    return zipped(("một.zip", b"0" * 15_000_000), ("hai.zip", PACKAGES[1]))


def many() -> bytes:
    """A directory that claims a million entries."""
    data = bytearray(zipped(("một.zip", PACKAGES[0])))
    data[-14:-10] = struct.pack("<2H", 65535, 65535)
    return bytes(data)


def deep_mail() -> bytes:
    """A mail of parts within parts, a thousand deep."""
    heads = [f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n'.encode() for n in range(1000)]
    return b"".join(heads) + b"Content-Type: text/plain\n\nx\n"


@pytest.mark.parametrize(
    ("name", "make", "verdict"),
    [
        ("tầng.zip", lambda: nested(6), "hostile"),
        ("bom.zip", bomb, "hostile"),
        ("nhiều.zip", many, "hostile"),
        ("sâu.eml", deep_mail, "damaged"),
        ("rỗng.eml", lambda: b"", "not_a_package"),
        ("rỗng.zip", lambda: b"", "damaged"),
        ("lạ.eml", lambda: bytes(range(256)) * 100, "not_a_package"),
        ("lớn.eml", lambda: b"x" * 60_000_001, "hostile"),
    ],
)
def test_what_is_hostile_is_refused_quickly(
    desk: DataFile, tmp_path: Path, name: str, make: Callable[[], bytes], verdict: str
) -> None:
    file = kept(tmp_path, name, make())
    receiving.known_templates()
    begun = perf_counter()
    found = taken(desk, file)
    assert perf_counter() - begun < 2
    assert verdict in {each for _within, each in found}, found
    assert desk.received() == ()


def test_what_was_taken_in_stays_when_the_rest_is_called_off(desk: DataFile, tmp_path: Path) -> None:
    whole = kept(tmp_path, "tất cả.zip", zipped(*((f"{n}.zip", data) for n, data in enumerate(PACKAGES))))

    class CalledOff(Exception):
        pass

    def told(_done: int, _of: int, about: str) -> None:
        if about.endswith("2.zip"):
            raise CalledOff

    with pytest.raises(CalledOff):
        receiving.import_paths(desk, [whole], DAY, told)
    assert len(desk.received()) == 2
    assert [verdict for _within, verdict in taken(desk, whole)][:2] == ["already_here", "already_here"]
    assert len(desk.received()) == 4


MAILS = [mail((f"{n}.zip", data)) for n, data in enumerate(PACKAGES)]


@st.composite
def wrapped(draw: st.DrawFn) -> list[tuple[str, bytes]]:
    """The four packages in any order, each alone, in a mail or in a zip, some twice, some of these in a zip again."""
    order = draw(st.permutations(range(4)))
    again = draw(st.lists(st.sampled_from(range(4)), max_size=2))
    files = []
    for number, which in enumerate([*order, *again]):
        inner = (f"{which}.zip", PACKAGES[which])
        kind = draw(st.sampled_from(["package", "mail", "zip", "mail in a zip"]))
        match kind:
            case "package":
                files.append((f"{number}.zip", inner[1]))
            case "mail":
                files.append((f"{number}.eml", MAILS[which]))
            case "zip":
                files.append((f"{number}.zip", zipped(inner)))
            case _:
                files.append((f"{number}.zip", zipped(("thu.eml", MAILS[which]))))
    return files


@settings(max_examples=8, deadline=None)
@given(files=wrapped())
def test_however_they_are_wrapped_the_same_is_kept(files: list[tuple[str, bytes]]) -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder)
        paths = [kept(place, name, data) for name, data in files]
        for file in opened(place / "receiving.sqlite"):
            verdicts = [verdict for _within, verdict in taken(file, *paths)]
            assert len(verdicts) == len(files)
            assert verdicts.count("already_here") == len(files) - 4
            assert {one.digest for one in file.received()} == DIGESTS


DIGESTS = {
    reading.manifest.dcs.content_digest
    for reading in (package.read_bytes(data, "") for data in PACKAGES)
    if reading.manifest is not None
}


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300), at=st.integers(0, 5000), kind=st.sampled_from(["eml", "zip"]))
def test_whatever_is_damaged_something_is_said(data: bytes, at: int, kind: str) -> None:
    whole = {"eml": mail(("0.zip", PACKAGES[0])), "zip": zipped(("0.zip", PACKAGES[0]))}[kind]
    with TemporaryDirectory() as folder:
        path = kept(Path(folder), f"goi.{kind}", whole[:at] + data + whole[at + len(data) :])
        found = list(arrived(path))
    assert found
    assert all(isinstance(one, Arrived) for one in found)


def test_the_record_of_a_batch_says_each_package(desk: DataFile, tmp_path: Path) -> None:
    letter = kept(tmp_path, "thư xã.eml", mail(("một.zip", PACKAGES[0]), ("hỏng.zip", PACKAGES[1][:-9])))
    odd = kept(tmp_path, '=HYPERLINK("x").zip', b"PK")
    verdicts = receiving.import_paths(desk, [letter, odd], DAY)
    moment = datetime(2024, 12, 9, 8, 30, tzinfo=UTC)
    made = batch_record(verdicts, receiving.setup_of(desk), moment)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()
    name = REPORTS[0].identity.unit.name
    assert sheet[0][0] == "Kết quả nhận báo cáo"
    assert "1 trên 3 tệp đã nhận" in str(sheet[1][0])
    assert [row[:4] for row in sheet[5:]] == [
        ["1", "thư xã.eml › một.zip", "Đã nhận, có cảnh báo", name],
        ["2", "thư xã.eml › hỏng.zip", "Tệp hỏng", ""],
        ["3", '=HYPERLINK("x").zip', "Tệp hỏng", ""],
    ]
    assert all(row[6] for row in sheet[5:])

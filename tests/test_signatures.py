"""Who sent it: keys made, learnt, confirmed, refused and moved, through real files between machines of their own."""

from __future__ import annotations

import io
import json
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from dcs_desktop import backups, cli, keys, package, receiving, template_library
from dcs_desktop.core.fingerprint import words
from dcs_desktop.core.on_behalf import KEY as ON_BEHALF
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import given
from dcs_desktop.package.container import packed
from dcs_desktop.package.contents import laid_out
from dcs_desktop.package.signature import SIGNATURE, signed
from dcs_desktop.store import open_file
from tests.both_sides import COMMUNE, NOW, OTHER, TODAY, YEAR, Both, both, small_template, verb

__all__ = ["both", "small_template"]

Machine = Callable[[str], str]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Sits down at another machine; gives the fingerprint of its key."""

    def sit(name: str) -> str:
        monkeypatch.setenv("DCS_DESKTOP_HOME", str(tmp_path / "máy" / name))
        return keys.own_key().fingerprint

    return sit


def _amended(both: Both, thanh: str) -> str:
    """The commune amends a figure, exports on whatever machine it sits at, the desk takes it in; the verdict."""
    workspace = both.opened()
    workspace.amend()
    workspace.close()
    workspace = both.opened()
    workspace.enter("hoa_giai.thanh", thanh)
    workspace.close()
    return both.filed()


def _total(both: Both) -> int:
    number = receiving.totals(both.desk, YEAR).totals["hoa_giai.thanh"].value.number
    assert number is not None
    return int(number)


def _original(both: Both) -> Path:
    return next(both.folder.glob("*_CT.zip"))


def _rezipped(data: bytes, **changed: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(name for name in changed if name not in old.namelist())]:
            said = changed.get(name, old.read(name) if name in old.namelist() else b"")
            if said:
                new.writestr(name, said)
    return made.getvalue()


def _rewritten(path: Path, thanh: str, key: package.Key | None = None) -> bytes:
    """What somebody makes of a package who knows the program: another figure, every digest right, signed anew."""
    report = package.read(path).report
    assert report is not None
    values = {**report.answers.values, "hoa_giai.thanh": given(Decimal(thanh))}
    other = replace(report, answers=replace(report.answers, values=values))
    return packed(signed(laid_out(other, template_library.template("thu@2024")), key))


def _verdict(both: Both, data: bytes) -> str:
    path = both.folder / f"{sha256(data).hexdigest()[:8]}.zip"
    path.write_bytes(data)
    (verdict,) = receiving.import_paths(both.desk, [path], TODAY)
    assert verdict.reason.endswith(".")
    return verdict.verdict


# The key of a machine


def test_a_machine_makes_one_key_that_only_its_user_reads(machine: Machine) -> None:
    own = machine("một")
    kept = keys.key_file().read_bytes()
    assert stat.S_IMODE(keys.key_file().stat().st_mode) == 0o600
    assert keys.own_key().fingerprint == own
    assert keys.key_file().read_bytes() == kept
    assert machine("hai") != own
    assert machine("một") == own


def test_machines_started_many_times_at_once_make_one_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DCS_DESKTOP_HOME", str(tmp_path / "máy"))
    code = "from dcs_desktop.keys import own_key; print(own_key().fingerprint)"
    runs = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    said = {run.communicate(timeout=60)[0] for run in runs}
    assert said == {keys.own_key().fingerprint + "\n"}


@pytest.mark.parametrize("harm", ["cut", "letter", "empty", "other"])
def test_a_damaged_key_is_said_and_never_replaced_by_itself(machine: Machine, harm: str) -> None:
    own, path = machine("một"), keys.key_file()
    data = path.read_bytes()
    seed = json.loads(data)["seed"].encode()
    flipped = data.replace(seed, (b"1" if seed[:1] != b"1" else b"2") + seed[1:])
    broken = {"cut": data[:-20], "letter": flipped, "empty": b"", "other": b"[" * 5000}[harm]
    path.write_bytes(broken)
    with pytest.raises(Refusal, match=r"hỏng.*lập khóa mới"):
        keys.own_key()
    assert path.read_bytes() == broken
    fresh = keys.new_key()
    assert fresh.fingerprint != own
    assert path.with_name("signing-key.1.json").read_bytes() == broken, "the damaged one is kept"


def test_what_leaves_the_house_is_signed_and_real_data_never_by_the_sample_key(both: Both) -> None:
    own = keys.own_key().key
    reading = package.read(_original(both))
    assert reading.key == own.public
    with zipfile.ZipFile(_original(both)) as archive:
        said = json.loads(archive.read(SIGNATURE))
    assert (said["algorithm"], said["key"]) == ("ed25519", own.public)
    letter = package.read_letter(both.sent(both.asks()))
    assert letter.key == own.public
    assert _verdict(both, _rewritten(_original(both), "8", package.SAMPLE)) == "forged"


# What a signature finds


def test_content_changed_by_who_knows_the_program_is_found_by_the_signature_alone(both: Both) -> None:
    data = _original(both).read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        signature = archive.read(SIGNATURE)
    resealed = _rewritten(_original(both), "8")
    assert package.read_bytes(resealed, "x").faults == (), "every digest is right"
    before = len(both.desk.received())
    assert _verdict(both, _rezipped(resealed, **{SIGNATURE: signature})) == "forged"
    said = json.loads(signature)
    for wrong in (
        b"{}",
        b"[]",
        b"x" * 2000,
        json.dumps({**said, "signature": "0" * 128}).encode(),
        json.dumps({**said, "key": "01" + "00" * 31}).encode(),
        json.dumps({**said, "algorithm": "none"}).encode(),
        json.dumps({**said, "more": 1}).encode(),
    ):
        assert _verdict(both, _rezipped(data, **{SIGNATURE: wrong})) == "forged", wrong
    assert len(both.desk.received()) == before, "what is forged leaves no trace"


def test_every_flipped_byte_of_a_signed_package_is_refused_or_changes_nothing(both: Both) -> None:
    data = _original(both).read_bytes()
    whole = package.read_bytes(data, "x")
    for place in range(len(data)):
        broken = data[:place] + bytes([data[place] ^ (1 << place % 8)]) + data[place + 1 :]
        found = package.read_bytes(broken, "x")
        assert found.faults or (found.report, found.key) == (whole.report, whole.key), place


# What the desk learns, and what somebody decides


def test_another_key_of_a_unit_waits_until_somebody_called(both: Both, machine: Machine) -> None:
    machine("máy mới của xã")
    new = keys.own_key().fingerprint
    assert _amended(both, "8") == "unknown_key"
    assert _total(both) == 9, "what counted goes on counting"
    assert both.status() == "with_errors"
    waiting = [one for one in receiving.unit_keys(both.desk) if one.held]
    assert [(one.unit, one.words, one.held) for one in waiting] == [(COMMUNE.identity, words(new), 1)]
    both.desk.decide(COMMUNE.identity, new, trusted=True, at=NOW)
    assert (_total(both), both.status()) == (8, "received")
    assert _amended(both, "7") in ("accepted", "accepted_with_warnings")
    machine("kẻ lạ")
    assert _amended(both, "1") == "unknown_key"
    assert _total(both) == 7


def test_the_old_key_counts_no_more_once_another_was_confirmed(both: Both, machine: Machine) -> None:
    fresh = machine("mới")
    both.desk.decide(COMMUNE.identity, fresh, trusted=True, at=NOW)
    assert _total(both) == 9, "what came under the old key stays"
    machine("..")  # neither of them
    assert _amended(both, "8") == "unknown_key"
    machine("mới")
    assert _amended(both, "6") == "revision_gap"


def test_a_refused_key_counts_nowhere_and_is_not_shown_as_an_error(both: Both, machine: Machine) -> None:
    other = machine("kẻ lạ")
    assert _amended(both, "1") == "unknown_key"
    both.desk.decide(COMMUNE.identity, other, trusted=False, at=NOW)
    assert (_total(both), both.status()) == (9, "received")
    (one,) = (one for one in receiving.unit_keys(both.desk) if one.key == other)
    assert one.standing == "đã từ chối ngày 09/12/2024"


def test_unsigned_is_taken_with_a_note_until_the_unit_signed_something(both: Both) -> None:
    report = package.read(_original(both)).report
    assert report is not None
    template, folder = template_library.template("thu@2024"), both.folder / "cũ"
    older = replace(report, identity=replace(report.identity, unit=OTHER))
    path = package.write(folder, older, template).path
    (verdict,) = receiving.import_paths(both.desk, [path], TODAY)
    assert verdict.verdict in ("accepted", "accepted_with_warnings")
    assert verdict.reason.endswith("Gói chưa ký số (lập bằng bản chương trình cũ).")
    digest = both.desk.received(YEAR)[0].digest
    amended = replace(report, identity=replace(report.identity, revision=1, parent=digest))
    assert _verdict(both, package.write(folder, amended, template).path.read_bytes()) == "unknown_key"
    both.desk.decide(COMMUNE.identity, "", trusted=True, at=NOW)
    assert both.status() == "received"


def test_a_stolen_package_signed_by_a_thief_changes_nothing(both: Both, machine: Machine) -> None:
    """The same content under another key: a copy of what is here, which teaches the desk no key."""
    honest = keys.own_key().fingerprint
    machine("kẻ lạ")
    copy = _rezipped(
        _original(both).read_bytes(), **{SIGNATURE: keys.own_key().key.signature(_manifest(_original(both)))}
    )
    assert package.read_bytes(copy, "x").faults == ()
    assert _verdict(both, copy) == "unknown_key"
    assert {one.key for one in receiving.unit_keys(both.desk)} == {honest}
    assert (_total(both), both.status()) == (9, "received")


def test_a_thief_who_came_first_is_undone_by_a_call(both: Both, machine: Machine, tmp_path: Path) -> None:
    genuine = _original(both)
    honest = keys.own_key().fingerprint
    thief = machine("kẻ lạ")
    copy = _rezipped(genuine.read_bytes(), **{SIGNATURE: keys.own_key().key.signature(_manifest(genuine))})
    setup = both.desk.setup()
    assert setup is not None
    desk = open_file(tmp_path / "huyện khác.sqlite", create=True)
    desk.save_setup(setup)
    second = replace(both, desk=desk)
    assert _verdict(second, copy) in ("accepted", "accepted_with_warnings")
    assert _verdict(second, genuine.read_bytes()) == "unknown_key", "the desk hears of it"
    desk.decide(COMMUNE.identity, thief, trusted=False, at=NOW)
    assert receiving.totals(desk, YEAR).totals["hoa_giai.thanh"].covered == ()
    desk.decide(COMMUNE.identity, honest, trusted=True, at=NOW)
    assert _verdict(second, genuine.read_bytes()) == "already_here"
    assert _total(second) == 9, "the same content, now vouched for by the unit's own key"
    desk.close()


def _manifest(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read("datapackage.json")


def test_nobody_enters_for_a_unit_from_outside(both: Both, machine: Machine) -> None:
    report = package.read(_original(both)).report
    assert report is not None
    marked = replace(
        report,
        identity=replace(report.identity, unit=OTHER),
        answers=replace(report.answers, accepted={ON_BEHALF: "paper 2024-12-09 Kẻ lạ"}),
    )
    template = template_library.template("thu@2024")
    machine("kẻ lạ")
    for number, key in enumerate((None, keys.own_key().key)):
        path = package.write(both.folder / str(number), marked, template, key).path
        (verdict,) = receiving.import_paths(both.desk, [path], TODAY)
        assert verdict.verdict == "unknown_key"
        assert "không phải do máy ở đây lập" in verdict.reason
        marked = replace(
            marked, answers=replace(marked.answers, drafts={}, accepted={ON_BEHALF: "word 2024-12-09 Kẻ lạ"})
        )
    assert receiving.entered_units(both.desk, YEAR) == {}


def test_the_unit_learns_the_desks_key_from_its_first_letter(both: Both, machine: Machine) -> None:
    assert both.taken(both.sent(both.asks())) == "taken"
    impostor = machine("kẻ lạ")
    path = both.sent(receiving.acceptance(both.desk, COMMUNE.identity, YEAR, TODAY))
    found = receiving.take_letter(both.unit, path, NOW)
    assert (found.verdict, words(impostor) in found.reason) == ("unknown_key", True)
    assert len(both.unit.letters(sent=False)) == 1
    unsigned = both.folder / "không ký.zip"
    unsigned.write_bytes(_rezipped(path.read_bytes(), **{SIGNATURE: b""}))
    assert "không ký số" in receiving.take_letter(both.unit, unsigned, NOW).reason
    desk = found.letter.head.receiver.identity if found.letter is not None else ""
    both.unit.decide(desk, impostor, trusted=True, at=NOW)
    assert both.taken(path) == "taken", "a desk with a new machine"


# Moved to another machine


def test_the_key_moves_with_the_data_behind_its_password(
    both: Both, machine: Machine, tmp_path: Path
) -> None:
    first = machine("máy cũ")
    keys.lock(both.unit, keys.own_key().key, "mật khẩu dài")
    _amended(both, "8")
    copy = tmp_path / "máy mới.sqlite"
    backups.write(both.unit.path, copy)
    seed = keys.own_key().key.seed
    assert seed not in copy.read_bytes()
    assert seed.hex().encode() not in copy.read_bytes()
    second = machine("máy mới")
    with_data = open_file(copy)
    assert keys.earlier_key(with_data, keys.own_key()) == keys.locked_fingerprint(with_data) == first
    for wrong in ("mật khẩu dà", "", "MẬT KHẨU DÀI"):
        with pytest.raises(Refusal, match="Mật khẩu không đúng"):
            keys.unlock(with_data, wrong)
    assert keys.own_key().fingerprint == second
    assert keys.unlock(with_data, "mật khẩu dài").fingerprint == first
    assert keys.earlier_key(with_data, keys.own_key()) is None
    assert stat.S_IMODE(keys.key_file().stat().st_mode) == 0o600
    assert keys.key_file().with_name("signing-key.1.json").exists(), "the new machine's first key is kept"
    with_data.close()


def test_a_short_password_and_a_key_box_of_others_are_refused(both: Both) -> None:
    own = keys.own_key().key
    with pytest.raises(Refusal, match="ít nhất 8"):
        keys.lock(both.unit, own, "1234567")
    with pytest.raises(Refusal, match="không giữ khóa ký"):
        keys.unlock(both.unit, "12345678")
    keys.lock(both.unit, own, "12345678")
    content = both.unit.locked_key()
    assert content is not None
    for wrong in ('"memory":99999999999', '"passes":9999', '"box":"zz"', '"salt":"00"'):
        name = wrong.partition(":")[0]
        said = json.loads(content)
        said[name.strip('"')] = json.loads(wrong.partition(":")[2])
        both.unit.keep_locked_key(json.dumps(said))
        with pytest.raises(Refusal, match="không đọc được"):
            keys.unlock(both.unit, "12345678")


def test_what_was_decided_is_found_when_it_was_changed(both: Both) -> None:
    both.desk.decide(COMMUNE.identity, "ab" * 8, trusted=False, at=NOW)
    with sqlite3.connect(both.desk.path) as raw:
        raw.execute("UPDATE decision SET trusted = 1")
    both.desk.forget()
    with pytest.raises(Refusal, match="khóa ký đã xác nhận"):
        receiving.status(both.desk, YEAR, TODAY)


# The command line


def test_the_verbs_of_keys(
    both: Both, machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stranger = machine("máy mới của xã")
    _amended(both, "8")
    both.desk.close()
    both.unit.close()
    desk, unit = str(both.desk.path), str(both.unit.path)
    status, said = verb(capsys, "key", "list", "--data", desk)
    assert status == 0
    assert [(one["count"], one["held"], one["in_force"]) for one in said] == [(1, 0, True), (1, 1, False)]
    about = ("key", "confirm", "--data", desk, "--unit", "31426")
    for wrong in ((), ("--words", "một hai ba"), ("--words", words(stranger), "--unsigned")):
        assert cli.run([*about, *wrong], lambda *_said: 9) == 2
        assert capsys.readouterr().err.count("\n") == 1
    confirmed = {"unit": COMMUNE.identity, "words": words(stranger), "trusted": True}
    assert verb(capsys, *about, "--words", words(stranger).upper()) == (0, [confirmed])
    assert verb(capsys, "status", "--data", desk, "--period", "2024")[1][0]["revision"] == 1
    password = tmp_path / "mk.txt"
    password.write_text("mật khẩu dài\n", "utf-8")
    given = ("--password-file", str(password), "--data", unit)
    assert verb(capsys, "key", "lock", *given)[0] == 0
    machine("máy thứ ba")
    assert verb(capsys, "key", "show", "--data", unit)[1][0]["locked"] == words(stranger)
    assert verb(capsys, "key", "unlock", *given)[0] == 0
    assert keys.own_key().fingerprint == stranger
    assert verb(capsys, "key", "new")[0] == 0
    assert keys.own_key().fingerprint != stranger
    found = verb(capsys, "verify", _original(both))[1][0]["signature"]
    assert len(found.replace("–", "").split()) == 8

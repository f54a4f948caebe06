"""Letters back through real files: written at the desk, taken by the unit, answered, seen at the desk again."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from email.message import EmailMessage
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dcs_desktop import package, receiving
from dcs_desktop.core.letter import Letter, LetterKind, Question, in_force
from dcs_desktop.core.report import UnitName
from dcs_desktop.core.setup import ExpectedUnit, Setup
from dcs_desktop.core.trouble import Refusal, Severity
from dcs_desktop.exporting import export_report
from dcs_desktop.keys import own_key
from dcs_desktop.questions import letters_in_force
from dcs_desktop.store import DataFile, open_file
from dcs_desktop.workspace import Workspace, new_report
from tests.both_sides import (
    COMMUNE,
    DISTRICT,
    NOW,
    OTHER,
    PROVINCE,
    QUESTIONS,
    TODAY,
    YEAR,
    Both,
    both,
    small_template,
    verb,
)

__all__ = ["both", "small_template"]


def test_a_question_comes_to_the_field_and_its_answer_back_to_the_desk(both: Both) -> None:
    assert both.taken(both.sent(both.asks())) == "taken"
    assert both.status() == "correction_requested"
    workspace = both.opened()
    asked = [finding for finding in workspace.findings if finding.severity is Severity.QUESTION]
    assert [finding.keys for finding in asked] == [("hoa_giai.thanh",), ("III.1.e",)]
    assert asked[1].quote is not None
    assert asked[1].quote.text == "nhiều tổ"
    workspace.amend()
    workspace.accept(asked[0].rule, "Gõ nhầm, đúng là 8.")
    workspace.enter("hoa_giai.thanh", "8")
    left = [f for f in workspace.findings if f.severity is Severity.QUESTION and not f.accepted]
    assert [finding.keys for finding in left] == [("III.1.e",)]
    workspace.close()
    assert both.filed() in ("accepted", "accepted_with_warnings")
    first, second = receiving.exchanges(both.desk, COMMUNE.identity, YEAR)
    assert (first.answer, first.old, first.new, first.settled) == ("Gõ nhầm, đúng là 8.", "9", "8", 1)
    assert (second.answer, second.old, second.new) == ("", second.old, second.old)
    assert both.status() == "received", "the amendment was looked at by nobody yet"


def test_receipt_and_acceptance_say_what_was_read(both: Both) -> None:
    receipt = receiving.receipt(both.desk, COMMUNE.identity, YEAR, TODAY)
    assert receipt.read is not None
    assert (receipt.read.figures, receipt.read.texts) == (3, 1)
    (kept,) = both.desk.received(YEAR)
    assert receipt.head.about == kept.digest
    assert both.taken(both.sent(receipt)) == "taken"
    assert both.status() in ("received", "with_errors"), "a receipt is no verdict"
    assert both.taken(both.sent(receiving.acceptance(both.desk, COMMUNE.identity, YEAR, TODAY))) == "taken"
    assert both.status() == "accepted"
    assert [event.kind for event in receiving.history(both.desk, COMMUNE.identity, YEAR)] == [
        "package", "letter", "letter",
    ]  # fmt: skip


def test_frozen_totals_stay_as_they_were_sent(both: Both) -> None:
    path = both.sent(receiving.area_totals(both.desk, COMMUNE.identity, YEAR, TODAY))
    verdict = receiving.take_letter(both.unit, path, NOW)
    assert verdict.verdict == "taken"
    assert verdict.letter is not None
    total = next(one for one in verdict.letter.totals if one.key == "hoa_giai.thanh")
    assert (total.value, total.covered, total.expected) == ("9", 1, 2)


def test_a_new_template_goes_through_the_usual_checks(both: Both, tmp_path: Path) -> None:
    from dcs_desktop.receiving import template_of

    path = both.sent(receiving.new_template(both.desk, COMMUNE.identity, YEAR, "thu@2024", TODAY))
    verdict = receiving.take_letter(both.unit, path, NOW)
    assert verdict.verdict == "taken"
    assert verdict.letter is not None
    assert template_of(verdict.letter).reference == "thu@2024"
    with pytest.raises(Refusal, match="chỗ sai"):
        template_of(replace(verdict.letter, template=b'{"template": {}}'))


def test_a_letter_is_the_same_bytes_each_time_and_no_package(both: Both, tmp_path: Path) -> None:
    letter = both.asks()
    key = own_key().key
    data = package.letter_bytes(letter, key)
    assert data == package.letter_bytes(letter, key)
    path = both.sent(letter)
    assert path.read_bytes() == data
    assert path.name == "DCS_31426_2024-nam_phieu-1_chinh-sua.zip"
    (verdict,) = receiving.import_paths(both.desk, [path], TODAY)
    assert verdict.verdict == "letter"
    assert len(both.desk.received()) == 1
    report = next(both.folder.glob("*_CT.zip"))
    assert both.taken(report) == "not_a_package"


def test_every_wrong_letter_has_its_sentence_and_leaves_no_trace(both: Both) -> None:
    right = both.asks()
    head = right.head
    wrong = {
        "other_unit": replace(head, unit=OTHER),
        "unknown_period": replace(head, period="2023"),
        "unknown_revision": replace(head, about="a" * 64),
        "training_mismatch": replace(head, training=True),
        "other_sender": replace(head, receiver=PROVINCE),
    }
    for verdict, changed in wrong.items():
        path = both.folder / f"{verdict}.zip"
        path.write_bytes(package.letter_bytes(replace(right, head=changed)))
        found = receiving.take_letter(both.unit, path, NOW)
        assert (found.verdict, found.reason[-1]) == (verdict, ".")
    assert both.unit.letters(sent=False) == ()
    assert [f for f in both.opened().findings if f.severity is Severity.QUESTION] == []
    path = both.sent(right)
    assert [both.taken(path), both.taken(path)] == ["taken", "already_here"]
    older = receiving.correction_request(both.desk, COMMUNE.identity, YEAR, QUESTIONS[:1], TODAY)
    newer = replace(older, head=replace(older.head, number=9))
    for letter, verdict in ((newer, "taken"), (older, "superseded")):
        other = both.folder / "phieu.zip"
        other.write_bytes(package.letter_bytes(letter, own_key().key))
        assert both.taken(other) == verdict
    assert len(both.unit.letters(sent=False)) == 2


def test_every_flipped_byte_is_refused_or_changes_nothing(both: Both) -> None:
    letter = both.asks()
    data = package.letter_bytes(letter)
    for place in range(len(data)):
        broken = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
        found = package.read_letter_bytes(broken, "thu.zip")
        assert found.letter in (None, letter), place
        assert (found.letter is None) == bool(found.faults)


def _rezipped(data: bytes, **changed: bytes | None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        for name, said in changed.items():
            new.writestr(name, said or b"")
    return made.getvalue()


def test_hostile_letters_are_refused(both: Both) -> None:
    data = package.letter_bytes(both.asks())
    for code, broken in {
        "hostile": _rezipped(data, **{"../../x": b""}),
        "altered": _rezipped(data, **{"extra.json": b"{}"}),
        "damaged": data[:-30],
        "not_a_package": b"%PDF-1.7",
    }.items():
        path = both.folder / "xấu.zip"
        path.write_bytes(broken)
        assert both.taken(path) == code
    bomb = _rezipped(data, **{"bom.json": b"0" * 30_000_000})
    path = both.folder / "bom.zip"
    path.write_bytes(bomb)
    assert both.taken(path) == "hostile"
    assert both.unit.letters(sent=False) == ()
    path.write_bytes(_rezipped(data, **{"signature.json": b"{}"}))
    assert both.taken(path) == "forged"


def test_questions_that_have_no_place_are_not_sent(both: Both) -> None:
    for wrong in (
        Question("", "Sao?", "không.có"),
        Question("", "Sao?", "III.1.e", "chữ không có"),
        Question("", " ", "hoa_giai.thanh"),
    ):
        with pytest.raises(Refusal):
            receiving.correction_request(both.desk, COMMUNE.identity, YEAR, (wrong,), TODAY)
    with pytest.raises(Refusal, match="ít nhất một"):
        receiving.correction_request(both.desk, COMMUNE.identity, YEAR, (), TODAY)
    with pytest.raises(Refusal, match="Chưa nhận được"):
        receiving.receipt(both.desk, OTHER.identity, YEAR, TODAY)
    assert both.desk.letters(sent=True) == ()


@given(order=st.permutations(range(5)))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_arrival_ends_in_the_same_state(both: Both, order: list[int]) -> None:
    """The state is which letters are in force, and what is asked."""
    base = both.asks()
    letters = [
        replace(base, head=replace(base.head, number=1)),
        replace(base, head=replace(base.head, number=2), questions=base.questions[:1]),
        Letter(replace(base.head, number=3, kind=LetterKind.RECEIPT)),
        Letter(replace(base.head, number=4, kind=LetterKind.RECEIPT)),
        Letter(replace(base.head, number=5, kind=LetterKind.TOTALS, about="", revision=0)),
    ]
    folder = both.folder / "-".join(map(str, order))
    folder.mkdir(exist_ok=True)
    file = _copy(both.unit, folder / "bản.sqlite")
    for place in order:
        path = folder / f"{place}.zip"
        path.write_bytes(package.letter_bytes(letters[place]))
        assert receiving.take_letter(file, path, NOW).verdict in ("taken", "superseded")
    summary = file.latest(COMMUNE.identity, YEAR)
    assert summary is not None
    found = letters_in_force(file, summary.identity)
    assert {subject: letter.head.number for subject, letter in found.items()} == {
        "verdict": 2, "receipt": 4, "totals": 5,
    }  # fmt: skip
    workspace = Workspace.open(file, summary.ref)
    assert [question.key for question in workspace.asked.questions] == ["hoa_giai.thanh"]
    file.close()


def _copy(file: DataFile, path: Path) -> DataFile:
    file.flush()
    path.write_bytes(file.path.read_bytes())
    return open_file(path)


def test_the_newest_letter_is_in_force_whatever_the_order(both: Both) -> None:

    for make in (receiving.acceptance, receiving.receipt):
        both.sent(make(both.desk, COMMUNE.identity, YEAR, TODAY))
    both.sent(both.asks())
    kept = both.desk.letters(YEAR, sent=True)
    assert [letter.head.number for letter in kept] == [1, 2, 3]
    for order in permutations(kept):
        assert in_force(order)["verdict"].head.kind is LetterKind.CORRECTION
    assert both.status() == "correction_requested"


def test_a_letter_is_taken_out_of_the_mail_it_came_in(both: Both, tmp_path: Path) -> None:
    letter = both.sent(both.asks())
    mail = EmailMessage()
    mail["Subject"] = "Phiếu"
    mail.set_content("Kính gửi")
    mail.add_attachment(letter.read_bytes(), maintype="application", subtype="zip", filename=letter.name)
    path = tmp_path / "thư.eml"
    path.write_bytes(mail.as_bytes())
    assert receiving.is_letter(path)
    assert [both.taken(path), both.taken(letter)] == ["taken", "already_here"]
    assert [kept.file_name for kept in both.unit.letters(sent=False)] == [letter.name]
    answer = EmailMessage()
    answer.set_content(f"Trả lời {letter.name}")
    report = next(both.folder.glob("*_CT.zip"))
    answer.add_attachment(report.read_bytes(), maintype="application", subtype="zip", filename=report.name)
    path.write_bytes(answer.as_bytes())
    assert not receiving.is_letter(path), "a report that is sent in answer to a letter goes to the desk"
    assert both.taken(path) == "not_a_package"


def test_an_agency_with_a_code_of_the_desks_own_goes_the_whole_way(both: Both, tmp_path: Path) -> None:
    agency = UnitName("CQ-001", "own:934", "Trường THPT Cây Dương", "cơ quan")
    setup = both.desk.setup()
    assert setup is not None
    both.desk.save_setup(replace(setup, expected=(*setup.expected, ExpectedUnit(agency, "vp@truong.edu.vn"))))
    file = open_file(tmp_path / "trường.sqlite", create=True)
    file.save_setup(Setup(agency, DISTRICT, "commune"))
    workspace = Workspace.open(file, new_report(file, Setup(agency, DISTRICT, "commune"), YEAR, "thu@2024"))
    workspace.enter("hoa_giai.thanh", "2")
    path = export_report(workspace, tmp_path, NOW).path
    assert path.name == "DCS_CQ-001_2024-nam_CT.zip"
    receiving.import_paths(both.desk, [path], TODAY)
    assert receiving.totals(both.desk, YEAR).totals["hoa_giai.thanh"].value.number == 11
    letter = both.sent(receiving.correction_request(both.desk, agency.identity, YEAR, QUESTIONS[:1], TODAY))
    assert letter.name == "DCS_CQ-001_2024-nam_phieu-1_chinh-sua.zip"
    assert receiving.take_letter(file, letter, NOW).verdict == "taken"
    assert receiving.status(both.desk, YEAR, TODAY)[2].state == "correction_requested"
    asked = Workspace.open(file, workspace.ref)
    asked.accept(next(asked.asked.findings(asked.form)).rule, "Đúng là 2.")
    receiving.import_paths(both.desk, [export_report(asked, tmp_path, NOW).path], TODAY)
    (exchange,) = receiving.exchanges(both.desk, agency.identity, YEAR)
    assert (exchange.answer, exchange.settled) == ("Đúng là 2.", 1)
    file.close()


def test_the_whole_way_on_the_command_line(
    both: Both, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import json

    desk, unit = both.desk.path, both.unit.path
    both.desk.close()
    both.unit.close()
    about = ("--unit", COMMUNE.identity, "--period", "2024")
    request = tmp_path / "hỏi.json"
    asked = {"text": "Xem lại giúp.", "questions": [{"key": "hoa_giai.thanh", "text": "Sao thành 9?"}]}
    request.write_text(json.dumps(asked), "utf-8")
    status, (said,) = verb(
        capsys, "reply", "--data", desk, *about, "-o", tmp_path / "ra", "--request", request
    )
    assert (status, said["kind"]) == (0, "correction_request")
    status, (taken,) = verb(capsys, "take-letter", "--data", unit, said["path"])
    assert (status, taken["verdict"], taken["text"]) == (0, "taken", "Xem lại giúp.")
    _status, findings = verb(capsys, "check", "--data", unit, *about)
    assert findings[0]["severity"] == "question"
    answer = tmp_path / "đáp.json"
    answer.write_text(json.dumps({"questions": {str(findings[0]["rule"]): "Đúng là 9."}}), "utf-8")
    assert verb(capsys, "fill", "--data", unit, *about, answer)[0] == 0
    assert verb(capsys, "note", "--data", desk, *about, "Đã gọi điện.")[0] == 0
    _status, (exported,) = verb(capsys, "export", "--data", unit, *about, "-o", tmp_path / "ra")
    assert exported["revision"] == 1
    assert verb(capsys, "import", "--data", desk, exported["path"])[0] == 0
    _status, (told,) = verb(capsys, "history", "--data", desk, *about)
    assert {event["kind"] for event in told["events"]} == {"package", "letter", "note"}
    assert told["questions"][0]["answer"] == "Đúng là 9."
    assert verb(capsys, "reply", "--data", desk, *about, "-o", tmp_path / "ra", "--accept")[0] == 0
    _status, states = verb(capsys, "status", "--data", desk, "--period", "2024")
    assert states[0]["state"] == "accepted"
    assert verb(capsys, "take-letter", "--data", unit, tmp_path / "hỏi.json")[0] == 1

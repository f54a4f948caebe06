"""Letters from the receiving unit: each found its report, kept when it is right, refused in a sentence when not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from dcs_desktop import package
from dcs_desktop.core.fingerprint import fingerprint
from dcs_desktop.core.letter import OF_A_REVISION, SUBJECTS, Head, Letter, LetterKind, in_force, rank
from dcs_desktop.core.trust import Signed, Trust, keyring
from dcs_desktop.i18n import _
from dcs_desktop.receiving.arriving import MAIL, arrived
from dcs_desktop.receiving.desk import setup_of
from dcs_desktop.receiving.words import key_words, revision_word
from dcs_desktop.store import DataFile, KeptLetter, NewLetter, Summary

KEPT = frozenset({"taken", "already_here"})


@dataclass(frozen=True, slots=True)
class LetterVerdict:
    """What became of one letter: a word of the closed list, and a sentence.

    The words are taken, already_here, superseded (a newer one is here), other_unit, other_sender, unknown_period,
    unknown_revision, unknown_key, training_mismatch, and those of packages: altered, forged, damaged, hostile,
    not_a_package, template_newer. ``report`` is the report's number in the data file, its newest revision; ``key`` the
    public key that signed it, "" for none.
    """

    file: str
    verdict: str
    reason: str
    letter: Letter | None = None
    digest: str = ""
    report: int | None = None
    key: str = ""


def is_letter(path: Path) -> bool:
    """Whether a file is a letter, or a saved mail to which nothing but letters is attached."""
    if not package.is_letter(path):
        return False
    if path.suffix.casefold() != MAIL:
        return True
    found = [one.data for one in arrived(path)]
    return all(isinstance(data, bytes) and package.holds_letter(data) for data in found)


def take_letter(file: DataFile, path: Path, now: datetime) -> LetterVerdict:
    """Take a letter in, whole or not at all, out of a saved mail too.

    Raises Refusal when the file cannot be read, or the data not be written.
    """
    reading = _read(path)
    fault = package.gravest(reading.faults)
    if reading.letter is None:
        assert fault is not None, "what was not read has a fault"
        return LetterVerdict(path.name, fault.code, fault.message)
    head = reading.letter.head
    verdict = replace(_judged(file, head, reading.digest), file=path.name, key=reading.key)
    if (
        verdict.verdict in ("taken", "superseded")
        and letter_trust(file, head, reading.key) is not Trust.KNOWN
    ):
        verdict = replace(
            _Words(head).said("unknown_key", _stranger(reading.key)), file=path.name, key=reading.key
        )
    if verdict.verdict == "taken":
        new = NewLetter(head, reading.digest, False, reading.data, reading.file_name, now, reading.key)
        file.keep_letters(new)
    return replace(verdict, letter=reading.letter, digest=reading.digest)


def letter_trust(file: DataFile, head: Head, key: str) -> Trust:
    """Whether a letter that bears this public key ("" for none) is believed to come from whom it says. Raises Refusal."""
    sender = head.receiver.identity
    came = (one for one in file.letters(sent=False) if one.head.receiver.identity == sender)
    signed = (Signed(one.ref, fingerprint(one.key) if one.key else "") for one in came)
    ring = keyring(signed, file.decisions().get(sender, ()))
    return ring.would(fingerprint(key) if key else "")


def _stranger(key: str) -> str:
    if not key:
        return _(
            "Phiếu này không ký số, trong khi {receiver} đã gửi phiếu có ký. Phiếu chưa được nhận. Hãy gọi điện hỏi "
            "{receiver}; đúng thì xác nhận trong mục Khóa ký rồi mở lại phiếu."
        )
    return _(
        "Phiếu ký bằng khóa khác với khóa đã biết của {receiver}: “{words}”. Phiếu chưa được nhận. Hãy gọi điện để nơi "
        "đó đọc 8 từ trong mục Khóa ký của họ; khớp thì xác nhận rồi mở lại phiếu."
    ).replace("{words}", key_words(key))


def _read(path: Path) -> package.LetterReading:
    """The letter in a file; in a saved mail the first that is attached, else why the first attachment is none."""
    if path.suffix.casefold() != MAIL:
        return package.read_letter(path)
    found = []
    for one in arrived(path):
        if isinstance(one.data, package.PackageFault):
            found.append(package.LetterReading(path.name, b"", faults=(one.data,)))
        else:
            found.append(package.read_letter_bytes(one.data, one.within.rpartition(" › ")[2]))
    return next((reading for reading in found if reading.letter is not None), found[0])


def _judged(file: DataFile, head: Head, digest: str) -> LetterVerdict:
    """Whether a letter belongs here."""
    setup = setup_of(file)
    own = {setup.unit.identity} | {s.identity.unit.identity for s in file.reports()}
    words = _Words(head)
    if head.training != setup.training:
        text = _(
            "Phiếu tập huấn không nhận vào dữ liệu thật và ngược lại. Hãy mở đúng tệp dữ liệu rồi mở phiếu."
        )
        return words.said("training_mismatch", text)
    if head.unit.identity not in own:
        text = _(
            "Phiếu này gửi {unit}, không phải đơn vị của tệp dữ liệu này. Đề nghị chuyển cho đúng đơn vị."
        )
        return words.said("other_unit", text)
    if head.kind is LetterKind.TEMPLATE:
        senders = {setup.receiver.identity}
        report = None
    else:
        reports = [s for s in file.reports() if _is_of(s, head)]
        if not reports:
            text = _("Tệp dữ liệu này không có báo cáo {period} của {unit}, nên phiếu không nhận được.")
            return words.said("unknown_period", text)
        senders = {s.identity.receiver.identity for s in reports}
        report = max(reports, key=lambda s: s.identity.revision)
        if head.kind in OF_A_REVISION and head.about not in {s.exported_digest for s in reports}:
            text = _(
                "Phiếu nói về {revision} với mã nội dung {digest}, mà máy này không có bản đã xuất nào như vậy. Đề nghị "
                "hỏi lại {receiver}."
            )
            return words.said("unknown_revision", text)
    if head.receiver.identity not in senders:
        text = _(
            "Phiếu do {receiver} lập, không phải nơi nhận báo cáo của đơn vị. Đề nghị kiểm tra lại nơi gửi."
        )
        return words.said("other_sender", text)
    return replace(_beside_others(file, head, digest, words), report=None if report is None else report.ref)


def _beside_others(file: DataFile, head: Head, digest: str, words: _Words) -> LetterVerdict:
    """How a letter stands to those that are here: the same one, an older one, or one to be taken."""
    here = file.letters(head.period, head.unit.identity, sent=False)
    if any(one.digest == digest for one in here):
        return words.said("already_here", _("Phiếu này đã nhận trước đây; không có gì thay đổi."))
    newest = in_force(here).get(SUBJECTS[head.kind])
    if newest is not None and rank(newest) > rank(KeptLetter(0, head, digest, False, "", newest.at)):
        text = _("Đã có phiếu mới hơn (số {newer}) cho báo cáo này; phiếu số {number} cũ hơn nên không dùng.")
        return words.said("superseded", text, newer=newest.head.number)
    return words.said("taken", _("Đã nhận phiếu số {number} của {receiver}."))


def _is_of(summary: Summary, head: Head) -> bool:
    identity = summary.identity
    return identity.unit.identity == head.unit.identity and str(identity.period) == head.period


@dataclass(frozen=True, slots=True)
class _Words:
    """Makes the sentences about one letter."""

    head: Head

    def said(self, verdict: str, text: str, **more: object) -> LetterVerdict:
        head = self.head
        reason = text.format(
            unit=head.unit.name or head.unit.identity,
            receiver=head.receiver.name or head.receiver.identity,
            period=head.period_words,
            revision=revision_word(head.revision),
            number=head.number,
            digest=" ".join(head.about[at : at + 4] for at in range(0, 16, 4)),
            **more,
        )
        return LetterVerdict("", verdict, reason)

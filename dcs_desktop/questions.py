"""The questions of the receiving unit that stand open on a report: those of the correction request in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dcs_desktop.core.form import Form
from dcs_desktop.core.letter import LetterKind, Question, in_force, question_findings
from dcs_desktop.core.report import Identity
from dcs_desktop.core.trouble import Finding
from dcs_desktop.store import DataFile, KeptLetter


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions, and the digest of the letter that asks them."""

    digest: str = ""
    questions: tuple[Question, ...] = ()

    def findings(self, form: Form) -> Iterator[Finding]:
        """The questions as things to look at."""
        return question_findings(form, self.digest, self.questions)


def asked(file: DataFile, identity: Identity) -> Asked:
    """What is asked of a report, in whatever revision; nothing once it was accepted. Raises Refusal."""
    letter = letters_in_force(file, identity).get("verdict")
    if letter is None or letter.head.kind is not LetterKind.CORRECTION:
        return Asked()
    from dcs_desktop import package

    reading = package.read_letter_bytes(file.letter_bytes(letter.digest) or b"", letter.file_name)
    return Asked() if reading.letter is None else Asked(letter.digest, reading.letter.questions)


def letters_in_force(file: DataFile, identity: Identity) -> dict[str, KeptLetter]:
    """The letters in force on the report of a unit and period, by their subject."""
    return in_force(file.letters(identity.period, identity.unit.identity, sent=False))

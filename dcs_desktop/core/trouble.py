"""The three ways a thing can be wrong: a finding, a fault of typed text, a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is; the closed list of the command line. A question is the receiving unit's."""

    QUESTION = "question"
    ERROR = "error"
    WARNING = "warning"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a text that a finding is about; ``correction`` may be put in place of ``stated`` in them.

    Both are "" where nothing is offered.
    """

    text: str
    stated: str = ""
    correction: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in a report that its officer should look at.

    ``rule`` names the check (its id in the template, or a built-in such as
    ``missing``); ``keys`` are the fields to mark, the first one is where a
    click leads; ``message`` is a whole sentence with place and remedy;
    ``accepted`` holds the reason with which a warning was accepted, or the
    answer to a question; ``quote`` the words it is about where it is about a text.
    """

    rule: str
    severity: Severity
    keys: tuple[str, ...]
    message: str
    accepted: str = ""
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a typed text is not a value of its field.

    ``suggestions`` are texts that would parse, offered as a question and
    never taken by themselves ("85.650" or "85,65" for "85,650").
    """

    message: str
    suggestions: tuple[str, ...] = ()


class Refusal(Exception):
    """Trouble the user can act on; its text is one sentence naming it and the remedy."""

    @property
    def sentence(self) -> str:
        """The sentence to show, in the language in force when it was raised."""
        return str(self.args[0])

"""The content digest: what paper, packages and amendments refer to."""

from __future__ import annotations

import hashlib

import msgspec

from dcs_desktop.core.report import Report
from dcs_desktop.core.stored import to_stored
from dcs_desktop.core.values import State, Value


def content_digest(report: Report) -> str:
    """64 hex digits over unit, period, revision, template and answers.

    Equal content gives an equal digest whatever its letterhead, number, date
    or signature, and whatever order its answers were given in. Names of units
    are no part of it, nor are drafts, which are not answers yet.
    """
    identity, answers = report.identity, report.answers
    content: dict[str, object] = {
        "unit": identity.unit.identity,
        "receiver": identity.receiver.identity,
        "period": str(identity.period),
        "level": identity.level,
        "revision": identity.revision,
        "parent": identity.parent,
        "template": identity.template,
        "training": identity.training,
        "values": {
            key: _record(value) for key, value in answers.values.items() if value.state is not State.BLANK
        },
        "rows": {
            table: [[row.id, {c: _record(v) for c, v in row.cells.items() if v.answered}] for row in rows]
            for table, rows in answers.rows.items()
            if rows
        },
        "accepted": dict(answers.accepted),
    }
    if answers.own:
        content["own"] = {key: [a.section, a.kind.value, a.label, a.unit] for key, a in answers.own.items()}
    return hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()


def _record(value: Value) -> list[str | None]:
    coverage = str(value.coverage) if value.coverage else ""
    return [value.state, to_stored(value), value.reason, value.note, coverage]


def short_digest(digest: str) -> str:
    """The first 16 hex digits in groups of four, as paper carries them."""
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))

"""The verbs from the command line, the same functions as the window's.

``parser.py`` holds every verb and its arguments; ``own.py`` the verbs of a
unit's own reports, ``blank.py`` the form on paper, ``word_back.py`` a Word file that returns,
``word_in.py`` last year's report out of Word, ``older.py`` the units that one
was made of, ``excel_form.py`` the Excel form that others fill in, ``desk.py`` those of the receiving desk, ``letters.py`` its letters back, ``keys.py`` signing keys,
``effects.py`` what later filings change in a report that has left the house, ``prose.py`` the check of
free text, ``templates.py`` the files of templates, ``terminal.py`` what others' text must not do to one, ``safekeeping.py`` backups, ``shown.py`` the forms in
which answers go out and come in.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dcs_desktop.cli.terminal import harmless
from dcs_desktop.core.trouble import Refusal

if TYPE_CHECKING:
    from dcs_desktop.cli.parser import Said

REFUSED = 2

Verb = Callable[[argparse.Namespace], "Said"]
OpenWindow = Callable[[Path, Path | None, bool], int]


def run(arguments: Sequence[str], open_window: OpenWindow) -> int:
    """Do what the arguments say; without a verb, open the window.

    ``open_window`` is told the data file, the file to open in it if any, and
    whether it is only to prove that it works; it gives the exit status.

    Prints Vietnamese lines or, with ``--json``, one JSON document on stdout;
    a refusal is one sentence on stderr.
    """
    from dcs_desktop.cli.parser import asked

    _in_utf8()
    try:
        args = asked(arguments)
        if not args.verb:
            return open_window(args.data, args.file, args.selftest)
        said = _done(args)
    except Refusal as refusal:
        print(harmless(refusal.sentence), file=sys.stderr)
        return REFUSED
    _print([_document(said.data)] if args.json else said.lines)
    return said.status


def _print(lines: Iterable[str]) -> None:
    """Print for as long as somebody reads (a pipe may be closed before the end)."""
    try:
        for line in lines:
            print(harmless(line))
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 -- else Python complains at exit


def _done(args: argparse.Namespace) -> Said:
    """What the verb says. The verbs' modules are heavy, so none is imported before one is asked for."""
    from dcs_desktop.cli import (
        blank,
        desk,
        effects,
        excel_form,
        keys,
        letters,
        older,
        own,
        printed,
        prose,
        reform,
        safekeeping,
        support,
        templates,
        word_back,
        word_in,
    )

    parts = (
        own,
        blank,
        prose,
        word_back,
        word_in,
        excel_form,
        desk,
        effects,
        letters,
        keys,
        printed,
        reform,
        templates,
        older,
        safekeeping,
        support,
    )
    verbs: dict[str, Verb] = {name: verb for part in parts for name, verb in part.VERBS.items()}
    return verbs[args.verb](args)


def _document(data: object) -> str:
    """The JSON of a verb, numbers exact."""
    import msgspec

    return msgspec.json.format(msgspec.json.Encoder(decimal_format="number").encode(data), indent=2).decode()


def _in_utf8() -> None:
    """Vietnamese on a console of whatever code page."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")

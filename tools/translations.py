"""The catalogues: extract takes new sentences in, check says what is missing, compile writes what the program loads.

python -m tools.translations extract|check|compile
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.qt_words import compile_qt_words

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "translations"
LANGUAGES = ("vi", "en")
IDLE_HEADERS = (
    '"Report-Msgid-Bugs-To:',
    '"POT-Creation-Date:',
    '"PO-Revision-Date:',
    '"Last-Translator:',
    '"Language-Team:',
    '"Generated-By:',
)
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "later": None, "ngettext": (1, 2)}


def extracted() -> Catalog:
    """Every sentence of the program, with the file it stands in."""
    found = Catalog(project="DCS Desktop", version="0.1.0", charset="utf-8", fuzzy=False)
    for name, _line, sentence, comments, context in extract_from_dir(
        ROOT / "dcs_desktop", [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Dịch:",)
    ):
        found.add(sentence, None, [(f"dcs_desktop/{name}", 0)], auto_comments=comments, context=context)
    return found


def committed(language: str) -> Catalog:
    """The catalogue of this language as it lies in the folder."""
    with _po(language).open("rb") as file:
        return read_po(file, locale=language)


def faults(language: str) -> list[str]:
    """What keeps this catalogue from being complete, a line for each sentence."""
    here = committed(language)
    wanted = {_key(message) for message in _sentences(extracted())}
    known = {_key(message) for message in _sentences(here)}
    found = [f"{language}: not in the catalogue: {key!r}" for key in sorted(wanted - known, key=str)]
    found += [f"{language}: no longer in the program: {key!r}" for key in sorted(known - wanted, key=str)]
    for message in _sentences(here):
        found += [f"{language}: {fault}: {message.id!r}" for fault in _faults_of(message)]
    return found


def extract() -> None:
    """Bring both catalogues up to what the program says now; new sentences are still empty in English."""
    for language in LANGUAGES:
        path = _po(language)
        catalogue = committed(language)
        catalogue.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        if language == "vi":
            _repeat_the_source(catalogue)
        _write(catalogue, path)


def compile_all() -> None:
    """Write the .mo of each language and Qt's own words in Vietnamese."""
    for language in LANGUAGES:
        with _po(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, committed(language))
    compile_qt_words()


def check() -> int:
    """Print every fault of both catalogues; 1 if there is any."""
    found = [fault for language in LANGUAGES for fault in faults(language)]
    print("\n".join(found) or "catalogues: complete", file=sys.stderr if found else sys.stdout)
    if found:
        print("make translations takes new sentences in; then translate the empty ones.", file=sys.stderr)
    return int(bool(found))


def _faults_of(message: Message) -> Iterator[str]:
    translated = _texts(message.string)
    if not all(translated):
        yield "not translated"
        return
    if message.fuzzy:
        yield "marked fuzzy"
    wanted = {place for text in _texts(message.id) for place in _places(text)}
    if any(set(_places(text)) - wanted for text in translated):
        yield "names a place that the sentence does not have"
    if len(translated) == 1 and wanted - set(_places(translated[0])):
        yield "leaves out a named place"


def _sentences(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _key(message: Message) -> str | tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, list | tuple) else message.id


def _texts(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _places(text: str) -> list[str]:
    return re.findall(r"(?<!\{)\{(\w+)[^{}]*\}", text)


def _repeat_the_source(catalogue: Catalog) -> None:
    for message in _sentences(catalogue):
        if not any(_texts(message.string)):
            texts = _texts(message.id)
            message.string = texts[0] if len(texts) == 1 else texts[:1]


def _po(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "dcs.po"


def _write(catalogue: Catalog, path: Path) -> None:
    """Without the header's dates and unfilled names, so that equal sentences give equal files."""
    text = BytesIO()
    write_po(text, catalogue, width=110, sort_by_file=True, include_lineno=False)
    lines = text.getvalue().decode().splitlines(keepends=True)
    path.write_text(
        "".join(line for line in lines if not line.startswith(IDLE_HEADERS)), "utf-8", newline="\n"
    )


def main(arguments: list[str]) -> int:
    """Do what is asked for; 2 for anything else."""
    match arguments:
        case ["extract"]:
            extract()
        case ["check"]:
            return check()
        case ["compile"]:
            compile_all()
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

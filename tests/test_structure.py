"""What holds of the source as a whole: who may import whom, and what a release must not carry."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "dcs_desktop"
SOURCES = sorted(PACKAGE.rglob("*.py"))

# These parts may import what stands on their line; language, paths and file operations are open to all. Every other part may
# import whatever is not on top; cli and ui whatever is not on top beside them; __main__ everything.
OPEN_TO_ALL = {"i18n", "paths", "files", "unzipping", "__version__"}
MAY_IMPORT = {
    "i18n": {"paths"},
    "files": set[str](),
    "unzipping": set[str](),
    "paths": set[str](),
    "core": set[str](),
    "resources": {"core"},
    "store": {"core"},
    "package": {"core"},
    "printing": {"core", "resources"},
    "reading": {"core"},
}
TOP = {"cli", "ui", "__main__"}
CORE_NEVER = {
    "PySide6", "sqlalchemy", "alembic", "reportlab", "sqlite3", "pathlib", "os", "shutil", "tempfile", "time",
}  # fmt: skip


def _part(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def _imported(source: Path) -> Iterator[str]:
    tree = ast.parse(source.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{source.name} imports relatively"
            yield node.module
            if node.module == "dcs_desktop":
                yield from (f"dcs_desktop.{name.name}" for name in node.names)


def _own_imports(source: Path) -> set[str]:
    return {_part(name) for name in _imported(source) if name.startswith("dcs_desktop.")}


def _name(source: Path) -> str:
    return source.relative_to(PACKAGE).with_suffix("").parts[0]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.relative_to(PACKAGE)))
def test_imports_go_one_way(source: Path) -> None:
    part, imported = _name(source), _own_imports(source)
    if part in MAY_IMPORT:
        assert imported - MAY_IMPORT[part] - OPEN_TO_ALL - {part} == set()
    elif part != "__main__":
        assert imported & TOP - {part} == set()


@pytest.mark.parametrize(
    "source", [s for s in SOURCES if _name(s) == "core"], ids=lambda source: str(source.relative_to(PACKAGE))
)
def test_core_touches_no_toolkit_file_or_clock(source: Path) -> None:
    assert {name.split(".")[0] for name in _imported(source)} & CORE_NEVER == set()
    text = source.read_text("utf-8")
    assert not re.search(r"\b(date\.today|datetime\.now|open)\(", text)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.relative_to(PACKAGE)))
def test_no_sentence_is_translated_before_the_language_is_known(source: Path) -> None:
    """A call of _() outside a function would keep the language of the first import."""
    early = [
        node.lineno for node in _run_at_import(ast.parse(source.read_text("utf-8"))) if _is_translation(node)
    ]
    assert early == [], f"lines {early}"


def _run_at_import(node: ast.AST) -> Iterator[ast.expr]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(child, ast.Lambda):
            continue
        if isinstance(child, ast.expr):
            yield child
        yield from _run_at_import(child)


def _is_translation(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}
    )


def test_none_survives_calls_into_qt(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 takes one reference of None too many in each such call."""
    editor = QLineEdit()
    qtbot.addWidget(editor)
    before = sys.getrefcount(None)
    for _call in range(1000):
        editor.setText("a")
    assert abs(sys.getrefcount(None) - before) < 100


def _tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def _is_binary(path: Path) -> bool:
    return b"\0" in path.read_bytes()[:8000]


def test_the_repository_stays_small() -> None:
    tracked = _tracked()
    assert [path.name for path in tracked if path.stat().st_size > 2_000_000] == []
    assert sum(path.stat().st_size for path in tracked if _is_binary(path)) < 10_000_000


def test_no_path_of_one_machine_stands_in_the_repository() -> None:
    machine = re.compile(r"(?<![\w.$}])/(?:work|root|home|tmp|Users)/\w")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()[:80]}"
        for path in _tracked()
        if not _is_binary(path) and path.suffix != ".csv"
        for line in path.read_text("utf-8").splitlines()
        if machine.search(line)
    ]
    assert found == []


def test_every_file_of_ours_is_short_enough_to_read() -> None:
    long = [
        str(path.relative_to(ROOT)) for path in SOURCES if len(path.read_text("utf-8").splitlines()) > 400
    ]
    assert long == []


def test_no_function_is_longer_than_fifty_lines() -> None:
    long = [
        f"{source.relative_to(ROOT)}:{node.lineno} {node.name}"
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > 50
    ]
    assert long == []


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1

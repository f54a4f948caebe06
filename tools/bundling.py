"""Builds the program as one folder, and proves that the folder is whole.

The built program must make the sample data byte for byte as the source does, start its window without a screen,
and stay under the size that the release promises.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import bill

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "dist" / "dcs-desktop"
WORK = ROOT / "build" / "bundle"
MOST_MEGABYTES = 210
LONGEST_SECONDS = 300


def build() -> None:
    """Run PyInstaller on build.spec; what it says is shown only when it fails."""
    log = WORK / "pyinstaller.log"
    shutil.rmtree(BUNDLE, ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    folders = ["--distpath", str(BUNDLE.parent), "--workpath", str(WORK)]
    with log.open("w", encoding="utf-8") as said:
        outcome = subprocess.run(
            [sys.executable, "-m", "PyInstaller", "--noconfirm", *folders, str(ROOT / "build.spec")],
            check=False,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    if outcome.returncode:
        print(*log.read_text("utf-8").splitlines()[-30:], sep="\n", file=sys.stderr)
        raise SystemExit("bundle: PyInstaller failed")


def list_parts() -> None:
    """Lay the bill of materials and the texts of the licences into the folder, and see that nothing else came along."""
    contents = next(WORK.rglob("PYZ-*.toc"))
    strange = bill.unlisted(contents)
    if strange:
        raise SystemExit(f"bundle: not in the bill of materials: {', '.join(sorted(strange))}")
    bill.write(BUNDLE)
    print(
        f"bundle: {len(bill.parts())} packages and every library in {bill.BILL}, their licences in {bill.TEXTS}"
    )


def prove() -> None:
    """Run the built program as a user's machine would, away from the source and its environment."""
    program = BUNDLE / "dcs-desktop"
    built, source = WORK / "demo-built", WORK / "demo-source"
    for folder in (built, source):
        shutil.rmtree(folder, ignore_errors=True)
    run([str(program), "demo", str(built)])
    run([str(Path(sys.executable).parent / "dcs-desktop"), "demo", str(source)])
    same_files(built, source)
    for_the_archive(program, built)
    as_word(program, built)
    run([str(program), "--data", str(built / "receiving.sqlite"), "--selftest"])


def for_the_archive(program: Path, folder: Path) -> None:
    """Have the report written by what the sample data does without: PDF/A with a signature field; the blank form."""
    data, report = str(folder / "receiving.sqlite"), ["--unit", "934", "--period", "2024"]
    run(
        [
            str(program),
            "--data",
            data,
            "report",
            *report,
            "-o",
            str(WORK / "a.pdf"),
            "--archive",
            "--signature-field",
        ]
    )
    run([str(program), "--data", data, "blank-form", *report, "-o", str(WORK / "blank.pdf")])


def as_word(program: Path, folder: Path) -> None:
    """Have the report written as a Word file: byte for byte as the source writes it."""
    report = ["--data", str(folder / "receiving.sqlite"), "report", "--unit", "934", "--period", "2024"]
    written = []
    for name, writer in (("built", program), ("source", Path(sys.executable).parent / "dcs-desktop")):
        path = WORK / f"{name}.docx"
        run([str(writer), *report, "-o", str(path)])
        written.append(path.read_bytes())
    if written[0] != written[1]:
        raise SystemExit("bundle: its Word file differs from the source's")
    print(f"bundle: its Word file of {len(written[0])} bytes equals the source's")


def run(command: list[str]) -> None:
    """Run it without a screen; stop with what it said if it fails."""
    outcome = subprocess.run(
        command,
        check=False,
        cwd=WORK,
        env=bare_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
    )
    if outcome.returncode:
        print(outcome.stdout[-2000:], outcome.stderr[-4000:], sep="\n", file=sys.stderr)
        raise SystemExit(f"bundle: {' '.join(command)} ended with {outcome.returncode}")


def bare_environment() -> dict[str, str]:
    """Only what a program needs to find its screen and folders; none of Python's variables."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "SYSTEMROOT") if name in os.environ}
    return kept | {"QT_QPA_PLATFORM": "offscreen", "DCS_DESKTOP_HOME": str(WORK / "home"), "LANG": "C.UTF-8"}


def same_files(built: Path, source: Path) -> None:
    """Data files, packages and printed reports must not differ by a byte from the source's."""
    ours, theirs = digests(source), digests(built)
    differing = sorted(name for name in ours | theirs if ours.get(name) != theirs.get(name))
    if not ours or differing:
        raise SystemExit(
            f"bundle: its sample data differs from the source's: {', '.join(differing) or 'nothing made'}"
        )
    print(f"bundle: the {len(ours)} files of the sample data equal the source's")


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of each file under the folder, by its name there."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def megabytes() -> float:
    """What the folder holds, in millions of bytes."""
    return (
        sum(path.stat().st_size for path in BUNDLE.rglob("*") if path.is_file() and not path.is_symlink())
        / 1e6
    )


def main() -> None:
    """Build, prove, weigh."""
    build()
    list_parts()
    prove()
    size = megabytes()
    print(
        f"bundle: {BUNDLE.relative_to(ROOT)} starts and is whole, {size:.0f} MB of at most {MOST_MEGABYTES}"
    )
    if size > MOST_MEGABYTES:
        raise SystemExit("bundle: too large")


if __name__ == "__main__":
    main()

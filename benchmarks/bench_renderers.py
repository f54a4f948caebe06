"""The same reports through the program and through other renderers, each in a process of its own (cold) and again (warm).

What is measured is the processors' time (user and system, children's with it), for a shared machine's clock says little:
the district's report and one of about sixty pages; then the time of a page from ten pages to four hundred, and, with
``--batch N``, N commune reports from their packages on all processors. WeasyPrint and typst are looked for in .venv-bench,
which ``--fetch`` makes from PyPI; LibreOffice where apt puts it (``apt-get install libreoffice-writer-nogui``). What is
missing is said and left out.
"""

from __future__ import annotations

import argparse
import json
import pickle
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path

from pypdf import PdfReader

from benchmarks import bench_print
from benchmarks._sources import FONTS, html, longer, typst
from dcs_desktop import package, printing_received, resources, sample, template_library
from dcs_desktop.core.digest import content_digest
from dcs_desktop.core.report import Report
from dcs_desktop.core.units import Level
from dcs_desktop.printing import render_report, write_word
from dcs_desktop.printing.contents import document
from dcs_desktop.printing.document import Document

ROOT = Path(__file__).parents[1]
VENV = ROOT / ".venv-bench"
FETCHED = ("weasyprint==70.0", "typst==0.15.2")
COLD, WARM = 3, 3
TIMES = {"district": 1, "sixty": 4}
GROWING = (1, 4, 10, 28)
SOFFICE = "soffice"
LIST = "GSO-2025-07"
# What another renderer's process does: import, render once, then as often as asked, and say how long each took.
RUNNER = """
import sys, time, json
source, rounds = sys.argv[1], int(sys.argv[2])
{setup}
times = []
for _round in range(1 + rounds):
    begun = time.process_time()
    {work}
    times.append(1000 * (time.process_time() - begun))
print(json.dumps(times[1:]))
"""
OTHERS = {
    "WeasyPrint": ("html", "import weasyprint", 'weasyprint.HTML(source).write_pdf("out.pdf")'),
    "typst": (
        "typ",
        f"import typst; fonts = {str(FONTS)!r}",
        'typst.compile(source, output="out.pdf", font_paths=[fonts], ignore_system_fonts=True)',
    ),
}
OURS = (
    "import pickle, sys; from benchmarks.bench_print import stock, through; "
    "said = pickle.load(open(sys.argv[1], 'rb')); {name}(said)"
)


def main() -> None:
    """Print a table of medians in milliseconds, and how many times ours each is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fetch", action="store_true", help="make .venv-bench with WeasyPrint and typst")
    parser.add_argument("--batch", type=int, default=0, metavar="N", help="print N commune reports")
    args = parser.parse_args()
    if args.fetch:
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        subprocess.run([VENV / "bin" / "pip", "install", "-q", *FETCHED], check=True)
    for size in TIMES:
        compare(size)
    grow()
    if args.batch:
        batch(args.batch)


def compare(size: str) -> None:
    """One size through everything that is here, each given the same document to begin with."""
    report, form = bench_print.district()
    report = report if TIMES[size] == 1 else longer(report, form, TIMES[size])
    said = document(report, form, None, content_digest(report))
    print(f"\n{size}: {bench_print.through(said).pages} pages, {len(said.notes)} footnotes")
    print(f"{'':24}{'cold':>9}{'x ours':>8}{'warm':>9}{'x ours':>8}")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        own = _own(place, "through", bench_print.through, said)
        _line("DCS Desktop", own, own)
        _line("Platypus, endnotes", _own(place, "stock", bench_print.stock, said), own)
        _line("Platypus, no notes", _own(place, "stock", bench_print.stock, replace(said, notes={})), own)
        (place / "in.html").write_text(html(said), "utf-8")
        (place / "in.typ").write_text(typst(said), "utf-8")
        for name, (ending, setup, work) in OTHERS.items():
            _line(name, _other(place, ending, RUNNER.format(setup=setup, work=work)), own)
        write_word(report, form, place / "in.docx")
        _line("LibreOffice", _office(place), own)


def _own(folder: Path, name: str, work: Callable[[Document], object], said: Document) -> tuple[float, float]:
    """One of our own: whole processes that read the document and render it, and again in this one."""
    (folder / "said").write_bytes(pickle.dumps(said))
    command = [sys.executable, "-c", OURS.format(name=name), str(folder / "said")]
    cold = statistics.median(_child(command, ROOT) for _round in range(COLD))
    return cold, _warm(lambda: work(said))


def _line(name: str, found: tuple[float, float] | None, own: tuple[float, float]) -> None:
    if found is None:
        print(f"{name:24} not here")
        return
    cold, warm = found
    print(f"{name:24}{cold:9.0f}{cold / own[0]:8.2f}{warm:9.0f}{warm / own[1]:8.2f}", flush=True)


def _warm(work: Callable[[], object]) -> float:
    work()
    return statistics.median(_timed(work) for _round in range(WARM))


def _timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return 1000 * (time.process_time() - begun)


def _child(command: list[str], folder: Path) -> float:
    """The processors' time of a process and its children, in milliseconds."""
    before = _children()
    subprocess.run(command, check=True, cwd=folder, capture_output=True)
    return _children() - before


def _children() -> float:
    """The processors' time of all processes that this one started and that have ended, in milliseconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (used.ru_utime + used.ru_stime)


def _other(folder: Path, ending: str, runner: str) -> tuple[float, float] | None:
    """A renderer of .venv-bench: whole processes that render once, and the rounds of one that goes on."""
    python = VENV / "bin" / "python"

    command = [str(python), "-c", runner, f"in.{ending}"]
    try:
        said = subprocess.run([*command, str(WARM)], check=True, cwd=folder, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(str(getattr(error, "stderr", error))[-300:], file=sys.stderr)
        return None
    pages = len(PdfReader(BytesIO((folder / "out.pdf").read_bytes())).pages)
    print(f"{'':24}{pages} pages:")
    cold = statistics.median(_child([*command, "0"], folder) for _round in range(COLD))
    return cold, statistics.median(json.loads(said.stdout))


def _office(folder: Path) -> tuple[float, float] | None:
    """LibreOffice on the program's own Word file: a whole process, and what each further file in one adds."""
    if shutil.which(SOFFICE) is None:
        return None
    for n in range(WARM):
        shutil.copy(folder / "in.docx", folder / f"more{n}.docx")
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"

    command = [SOFFICE, home, "--headless", "--convert-to", "pdf"]
    _child([*command, "in.docx"], folder)
    print(f"{'':24}{len(PdfReader(folder / 'in.pdf').pages)} pages:")
    cold = statistics.median(_child([*command, "in.docx"], folder) for _round in range(COLD))
    many = _child([*command, "in.docx", *(f"more{n}.docx" for n in range(WARM))], folder)
    return cold, (many - cold) / WARM


def grow() -> None:
    """The time of a page from a short report to one of hundreds of pages."""
    print("\npages   ms a page")
    report, form = bench_print.district()
    for times in GROWING:
        grown = longer(report, form, times)
        pages = render_report(grown, form).pages
        each = _warm(partial(render_report, grown, form))
        print(f"{pages:5}{each / pages:10.1f}", flush=True)


def batch(count: int) -> None:
    """Packages of as many communes of the official list, printed on all processors."""
    units = resources.unit_list(LIST).units.values()
    communes = sorted(unit.code for unit in units if unit.level is Level.COMMUNE)
    with tempfile.TemporaryDirectory() as folder:
        tasks = [
            printing_received.Task(code, _packed(report, code, Path(folder)), Path(folder) / "pdf")
            for code, report in zip(
                communes[:count], islice(cycle(sample.commune_reports()), count), strict=False
            )
        ]
        (Path(folder) / "pdf").mkdir()
        begun, before = time.perf_counter(), _children()
        made = printing_received.print_all(tasks, lambda _printout: None)
        took, worked = time.perf_counter() - begun, _children() - before
    pages = sum(one.pages for one in made)
    refused = sum(1 for one in made if one.refusal)
    print(f"\n{len(made)} commune reports, {pages} pages, {refused} refused")
    print(f"{took:.1f} s by the clock, {worked / len(made):.0f} ms of a processor each")


def _packed(report: Report, code: str, folder: Path) -> bytes:
    unit = replace(report.identity.unit, code=code)
    one = replace(report, identity=replace(report.identity, unit=unit))
    template = template_library.template(report.identity.template)
    written = package.write(folder, one, template)
    data = written.path.read_bytes()
    written.path.unlink()
    return data


if __name__ == "__main__":
    main()

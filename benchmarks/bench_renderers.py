"""The same reports through the program and through other renderers, each in a process of its own (cold) and again (warm).

What is measured is the processors' time (user and system, children's with it), for a shared machine's clock says little:
the district's report and one of about sixty pages; then the time of a page from ten pages to four hundred, and, with
``--batch N``, N commune reports from their packages on all processors. WeasyPrint and typst are looked for in .venv-bench,
which ``--fetch`` makes from PyPI; LibreOffice where apt puts it (``apt-get install libreoffice-writer-nogui``). What is
missing is said and left out. All take their turn in every round, and the least time of each counts.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
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
PYTHON = VENV / "bin" / "python"
FETCHED = ("weasyprint==70.0", "typst==0.15.2")
ROUNDS, WARM = 5, 3
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
    """Print a table of least times in milliseconds, and how many times ours each is."""
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


@dataclass(frozen=True, slots=True)
class Renderer:
    """One way to make the pages: the milliseconds of a whole process that renders once, and of once more in it.

    ``warm`` is told the least time of a whole process so far.
    """

    name: str
    cold: Callable[[], float]
    warm: Callable[[float], float]


def compare(size: str) -> None:
    """One size through everything that is here, each given the same document to begin with."""
    report, form = bench_print.district()
    report = report if TIMES[size] == 1 else longer(report, form, TIMES[size])
    said = document(report, form, None, content_digest(report))
    print(f"\n{size}: {bench_print.through(said).pages} pages, {len(said.notes)} footnotes")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "in.html").write_text(html(said), "utf-8")
        (place / "in.typ").write_text(typst(said), "utf-8")
        write_word(report, form, place / "in.docx")
        _print_times(
            [
                _own(place, "DCS Desktop", "through", said),
                _own(place, "Platypus, endnotes", "stock", said),
                _own(place, "Platypus, no notes", "stock", replace(said, notes={})),
                *filter(None, (_other(place, name, *way) for name, way in OTHERS.items())),
                *filter(None, [_office(place)]),
            ]
        )


def _print_times(renderers: list[Renderer]) -> None:
    """All of them in turn, round by round; of each the least time, for whatever else runs only adds to it."""
    least = {one.name: (math.inf, math.inf) for one in renderers}
    for _round in range(ROUNDS):
        for one in renderers:
            cold, warm = least[one.name]
            cold = min(cold, one.cold())
            least[one.name] = cold, min(warm, one.warm(cold))
    print(f"{'':24}{'cold':>9}{'x ours':>8}{'warm':>9}{'x ours':>8}")
    own = least[renderers[0].name]
    for name, (cold, warm) in least.items():
        print(f"{name:24}{cold:9.0f}{cold / own[0]:8.2f}{warm:9.0f}{warm / own[1]:8.2f}", flush=True)


def _own(folder: Path, name: str, work: str, said: Document) -> Renderer:
    """One of our own: whole processes that read the document and render it, and again in this one."""
    file = folder / name
    file.write_bytes(pickle.dumps(said))
    command = [sys.executable, "-c", OURS.format(name=work), str(file)]
    return Renderer(
        name, lambda: _child(command, ROOT), lambda _least: _warm(partial(getattr(bench_print, work), said))
    )


def _warm(work: Callable[[], object]) -> float:
    work()
    return min(_timed(work) for _round in range(WARM))


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


def _other(folder: Path, name: str, ending: str, setup: str, work: str) -> Renderer | None:
    """A renderer of .venv-bench: whole processes that render once, and the rounds of one that goes on."""
    if not PYTHON.exists():
        print(f"{name} is not here: --fetch")
        return None
    command = [str(PYTHON), "-c", RUNNER.format(setup=setup, work=work), f"in.{ending}"]

    def warm(_least: float) -> float:
        done = subprocess.run([*command, str(WARM)], check=True, cwd=folder, capture_output=True, text=True)
        return float(min(json.loads(done.stdout)))

    _child([*command, "0"], folder)
    _print_pages(name, folder / "out.pdf")
    return Renderer(name, lambda: _child([*command, "0"], folder), warm)


def _office(folder: Path) -> Renderer | None:
    """LibreOffice on the program's own Word file: a whole process, and what each further file in one adds."""
    if shutil.which(SOFFICE) is None:
        print("LibreOffice is not here: apt-get install libreoffice-writer-nogui")
        return None
    more = [f"more{n}.docx" for n in range(WARM)]
    for name in more:
        shutil.copy(folder / "in.docx", folder / name)
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = [SOFFICE, home, "--headless", "--convert-to", "pdf", "in.docx"]
    _child(command, folder)
    _print_pages("LibreOffice", folder / "in.pdf")
    return Renderer(
        "LibreOffice",
        lambda: _child(command, folder),
        lambda least: (_child([*command, *more], folder) - least) / WARM,
    )


def _print_pages(name: str, path: Path) -> None:
    print(f"{name} makes {len(PdfReader(BytesIO(path.read_bytes())).pages)} pages")


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

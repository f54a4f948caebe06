"""Times of packages: write and verify one, take in fifteen, total them; combine at 3,321 units."""

from __future__ import annotations

import io
import json
import shutil
import statistics
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from dcs_desktop import package, receiving, sample, template_library
from dcs_desktop.core.combine import combine
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Report
from dcs_desktop.store import open_file

YEAR = Period.parse("2024")
TODAY = date(2024, 12, 9)
ROUNDS = 9


def main() -> None:
    """Print medians in milliseconds beside their limits, and the ratio to zipfile with json."""
    folder = Path(tempfile.mkdtemp(prefix="dcs-bench-"))
    try:
        reports = sample.commune_reports()
        _report_one(folder, reports[0])
        _report_fifteen(folder, reports)
        _report_combining(reports[0])
    finally:
        shutil.rmtree(folder)


def _median(work: Callable[[], object]) -> float:
    work()
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


def _report_one(folder: Path, report: Report) -> None:
    template = template_library.template(report.identity.template)
    path = package.write(folder, report, template).path
    with zipfile.ZipFile(path) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    plain = _plainly_zipped(texts)
    write, read = (
        _median(lambda: package.write(folder, report, template)),
        _median(lambda: receiving.read(path)),
    )
    plain_write = _median(lambda: (folder / "plain.zip").write_bytes(_plainly_zipped(texts)))
    plain_read = _median(lambda: _plainly_read(plain))
    print(f"package of {path.stat().st_size} bytes, {len(texts)} files")
    print(
        f"write, read back, fsync  {write:7.1f} ms (limit 100)   {write / plain_write:5.1f} x zipfile + json"
    )
    print(f"verify and understand    {read:7.1f} ms (limit 100)   {read / plain_read:5.1f} x zipfile + json")


def _plainly_zipped(texts: dict[str, str]) -> bytes:
    """The same content as one JSON file in a zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.json", json.dumps(texts, ensure_ascii=False))
    return made.getvalue()


def _plainly_read(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return json.loads(archive.read("content.json"))


def _report_fifteen(folder: Path, reports: tuple[Report, ...]) -> None:
    paths = [
        package.write(folder, report, template_library.template(report.identity.template)).path
        for report in reports
    ]
    times, totals, status = [], [], []
    for number in range(5):
        file = open_file(folder / f"{number}.sqlite", create=True)
        file.save_setup(sample.setup_of(sample.district_report()))
        begun = time.perf_counter()
        verdicts = receiving.import_paths(file, paths, TODAY)
        times.append(1000 * (time.perf_counter() - begun))
        totals.append(_median(partial(receiving.totals, file, YEAR)))
        status.append(_median(partial(receiving.status, file, YEAR, TODAY)))
        file.close()
    print(f"verdicts of {len(paths)}: {', '.join(sorted({one.verdict for one in verdicts}))}")
    print(f"import of {len(paths)}             {statistics.median(times):7.1f} ms (limit 1000)")
    print(f"all totals               {statistics.median(totals):7.1f} ms")
    print(f"who has filed            {statistics.median(status):7.1f} ms")


def _report_combining(report: Report) -> None:
    template = template_library.template(report.identity.template)
    form = template_library.form_for(template, report.identity, {})
    for count in (15, 3_321):
        units = [str(number) for number in range(count)]
        answers = dict.fromkeys(units, report.answers)
        took = _median(partial(combine, form, answers, units))
        print(f"combine {len(form.fields)} figures of {count:>5} units {took:7.1f} ms")


if __name__ == "__main__":
    main()

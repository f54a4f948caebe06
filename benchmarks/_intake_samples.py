"""Packages of 200 figures and 30 kB of text, workbooks of the same figures, and the desk that takes them in.

The packages are of a template of their own, the shipped one with as many figures more, so that all 200 are totalled.
Everything is drawn from one seed and kept in a folder of the system's temporary ones.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path

import msgspec
from xlsxwriter import Workbook

from dcs_desktop import package, paths, sample, template_library
from dcs_desktop.core.form import Form, Role
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Answers, Identity, Letterhead, Report, UnitName
from dcs_desktop.core.setup import ExpectedUnit, Setup
from dcs_desktop.core.template import Template
from dcs_desktop.core.template_file import write_template
from dcs_desktop.core.values import NONE, NUMERIC, FieldType, Kind, Value, given
from dcs_desktop.store import DataFile, open_file

FIGURES, LETTERS = 200, 30_000
# A year that no shipped template serves: totals are made under the one given here.
PERIOD = Period.parse("2019")
DESK = UnitName("93", "GSO-2024", "Tỉnh mẫu", "tỉnh")
ABOVE = UnitName("01", "GSO-2024", "Trung ương", "")
OTHERS: dict[Kind, bool | str | date] = {Kind.YES_NO: True, Kind.TEXT: "Đã làm", Kind.DATE: date(2019, 12, 5)}


@dataclass(frozen=True, slots=True)
class Samples:
    """Where the files lie, in the order of the units."""

    packages: tuple[Path, ...]
    workbooks: tuple[Path, ...]
    units: tuple[UnitName, ...]


def home() -> Path:
    """The folder of everything made here; the program's own data folder lies in it."""
    folder = Path(tempfile.gettempdir()) / f"dcs-bench-intake-{os.getuid() if hasattr(os, 'getuid') else 0}"
    os.environ[paths.HOME_VARIABLE] = str(folder / "home")
    return folder


def template() -> Template:
    """The template of the packages, given to the program as a user would give it."""
    shipped = msgspec.json.decode(write_template(template_library.template("dcs@2024"), whole=True))
    shipped["template"] |= {
        "id": "mau",
        "version": "1",
        "valid_from": "2015-01-01",
        "valid_until": "2020-12-31",
    }
    entered = _entered(template_library.form_for(template_library.template("dcs@2024"), _identity(DESK), {}))
    item = next(item for section in shipped["section"] for item in section["item"] if item["figures"])
    item["figures"] += [
        {"id": f"them.so_{number:02}", "label": f"Số liệu thêm thứ {number}", "kind": "count", "unit": "vụ"}
        for number in range(FIGURES - entered)
    ]
    path = home() / "mau-1.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.encode(shipped))
    return template_library.template(template_library.add(path).reference)


def _entered(form: Form) -> int:
    return sum(field.role is Role.ENTERED for field in form.fields.values())


def _identity(unit: UnitName, reference: str = "mau@1") -> Identity:
    return Identity(unit, DESK, PERIOD, "commune", reference)


def unit(number: int) -> UnitName:
    """The unit of this number."""
    return UnitName(f"{number:05}", "GSO-2024", f"Xã số {number}", "xã")


def samples(count: int) -> Samples:
    """As many packages and workbooks, those made before kept."""
    made = template()
    form = template_library.form_for(made, _identity(DESK), {})
    narratives = tuple(map(str.strip, chain.from_iterable(n.variants for n in sample.narratives())))
    units = tuple(unit(number) for number in range(count))
    packages, workbooks = [], []
    for number, one in enumerate(units):
        folder = home() / "files" / f"{number // 1000:02}"
        folder.mkdir(parents=True, exist_ok=True)
        workbook, packed = folder / f"{one.code}.xlsx", folder / f"DCS_{one.code}_2019-nam_CT.zip"
        if not packed.exists() or not workbook.exists():
            report = _report(one, form, narratives, number)
            _write_workbook(workbook, form, report)
            key = package.Key(sha256(report.identity.unit.identity.encode()).digest())
            package.write(packed, report, made, key)
        packages.append(packed)
        workbooks.append(workbook)
    return Samples(tuple(packages), tuple(workbooks), units)


def _report(one: UnitName, form: Form, narratives: tuple[str, ...], number: int) -> Report:
    """A sample commune's figures, all counts taken several times so that what must agree still does; all texts longer."""
    communes = _communes()
    said = communes[number % len(communes)].answers
    times = 1 + number // len(communes) % 60
    values = {
        f.key: _times(said.value(f.key), times) if said.value(f.key).answered else _filled(f.type, number)
        for f in form.fields.values()
        if f.role is Role.ENTERED
    }
    items = [item.id for item in form.items.values() if item.prose]
    for place, item in enumerate(items):
        at = number + place
        texts = (narratives[(at + more) % len(narratives)] for more in range(len(narratives)))
        values[item] = given(_long(texts, LETTERS // len(items)))
    return Report(_identity(one), Answers(values), Letterhead(number=one.code))


@cache
def _communes() -> tuple[Report, ...]:
    return sample.commune_reports()


def _times(value: Value, times: int) -> Value:
    number = value.content
    if not isinstance(number, Decimal) or number <= 100 or number != int(number):
        return value
    return given(Decimal(number * times))


def _filled(kind: FieldType, number: int) -> Value:
    """Something for a figure that the sample leaves open."""
    if kind.kind not in NUMERIC:
        return given(kind.ids[0] if kind.ids else OTHERS[kind.kind])
    return given(number % 90 + 1) if number % 3 else NONE


def _long(texts: Iterable[str], letters: int) -> str:
    """Whole texts one after the other, as many letters at least."""
    found = ""
    for text in texts:
        found += text + "\n"
        if len(found) >= letters:
            break
    return found


def _write_workbook(path: Path, form: Form, report: Report) -> None:
    """The figures as a plain sheet: key, label, value."""
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, field in enumerate(f for f in form.fields.values() if f.role is Role.ENTERED):
            number = report.answers.value(field.key).number
            sheet.write_row(row, 0, [field.key, field.label, number if number is not None else "có"])


def desk(path: Path, units: tuple[UnitName, ...]) -> DataFile:
    """A new data file that awaits these units."""
    file = open_file(path, create=True)
    setup = Setup(DESK, ABOVE, "receiving", expected=tuple(map(ExpectedUnit, units)))
    file.save_setup(replace(setup, training=False))
    return file

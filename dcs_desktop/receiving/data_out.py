"""The Data Package of a period for a statistics office."""

from __future__ import annotations

from datetime import date

from dcs_desktop.core.period import Period
from dcs_desktop.package.statistics import FiledUnit, statistics_package
from dcs_desktop.receiving.desk import setup_of, status
from dcs_desktop.receiving.totals import totals_by_unit
from dcs_desktop.store import DataFile


def exported_data(file: DataFile, period: Period, today: date) -> bytes:
    """All figures of all units with their states and totals, as a zip. Raises Refusal."""
    units = [
        FiledUnit(one.unit, one.state, one.late, one.revision, one.entered is not None)
        for one in status(file, period, today)
    ]
    return statistics_package(setup_of(file).unit, period, totals_by_unit(file, period, today), units)


def data_file_name(file: DataFile, period: Period) -> str:
    """What the file is called, in ASCII."""
    return f"DCS_{setup_of(file).unit.code}_{period.file_part}_so-lieu.zip"

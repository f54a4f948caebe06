"""A small report in a data file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Answers, Identity, Letterhead, Report, Row, UnitName
from dcs_desktop.core.values import NONE, given, pending
from dcs_desktop.store import DataFile, open_file

COMMUNE = UnitName("31426", "GSO-2024", "Xã Phương Bình", "xã", "Huyện Phụng Hiệp")
DISTRICT = UnitName("934", "GSO-2024", "Huyện Phụng Hiệp", "huyện")


@pytest.fixture
def report() -> Report:
    answers = Answers(
        {
            "hoa_giai.thanh": given(40),
            "hoa_giai.tiep_nhan": NONE,
            "ty_le": pending("chờ tư pháp"),
            "III.1.e": given("Đã hòa giải **thành** {hoa_giai.thanh} vụ."),
        },
        {"mo_hinh": (Row("r2", {"ten": given("Dân vận khéo")}), Row("r1", {"ten": given("Tổ tự quản")}))},
        {"hoa_giai.mo_hinh": "đã kiểm tra"},
        {"giam_sat.done": "4o"},
    )
    identity = Identity(COMMUNE, DISTRICT, Period.parse("2024"), "commune", "thu@2024", training=True)
    return Report(identity, answers, Letterhead(issuing_body="Ủy ban nhân dân xã", signing=("CHỦ TỊCH",)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "dữ liệu của xã.sqlite"


@pytest.fixture
def file(path: Path) -> Iterator[DataFile]:
    opened = open_file(path, create=True)
    yield opened
    opened.close()

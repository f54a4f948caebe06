"""Files are written whole or not at all, whichever operation fails."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from dcs_desktop import files, package, sample, template_library
from dcs_desktop.core.report import Report
from dcs_desktop.core.trouble import Refusal


class Failing:
    """Stands for files.step: fails the n-th time."""

    def __init__(self, number: int) -> None:
        self.number, self.calls = number, 0

    def __call__(self, operation: Any, *args: Any, **kwargs: Any) -> Any:  # Any: whatever files.step is given
        self.calls += 1
        if self.calls == self.number:
            raise OSError(28, "No space left on device")
        return operation(*args, **kwargs)


def test_a_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "gói.zip"
    files.write_beside_then_replace(path, b"one")
    files.write_beside_then_replace(path, lambda file: _write(file, b"two"))
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def _write(file: BinaryIO, data: bytes) -> None:
    file.write(data)


def test_whichever_operation_fails_the_file_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "gói.zip"
    path.write_bytes(b"old")
    for number in range(1, 30):
        step = Failing(number)
        monkeypatch.setattr(files, "step", step)
        try:
            files.write_beside_then_replace(path, b"new")
        except OSError:
            assert path.read_bytes() in (b"old", b"new")
            assert list(tmp_path.iterdir()) == [path]
        else:
            assert step.calls == number - 1
            break
    assert path.read_bytes() == b"new"


def test_a_lock_is_held_once_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "dcs.sqlite"
    held = files.lock(path)
    assert held is not None
    assert files.lock(path) is None
    held.release()
    again = files.lock(path)
    assert again is not None
    again.release()
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_cannot_be_taken_away_is_let_go_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dcs.sqlite"
    held = files.lock(path)
    assert held is not None
    with monkeypatch.context() as broken:

        def fail(_path: Path, missing_ok: bool = False) -> None:
            raise OSError(5, "Input/output error")

        broken.setattr(Path, "unlink", fail)
        held.release()
    again = files.lock(path)
    assert again is not None
    again.release()


def test_r2_the_name_of_a_new_folder_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(files, "sync_folder", synced.append)
    files.make_folder(tmp_path / "a" / "b")
    files.make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    assert synced == [tmp_path, tmp_path / "a"]


def held_for(tries: int, winerror: int) -> Callable[..., object]:
    """Operations on files that another program holds for so many tries to replace one, as Windows says it."""
    left = [tries]

    def step(operation: Callable[..., object], *args: object, **kwargs: object) -> object:
        if getattr(operation, "__name__", "") == "replace" and left[0] > 0:
            left[0] -= 1
            error = PermissionError(errno.EACCES, "in use")
            error.winerror = winerror  # type: ignore[attr-defined]  # Windows alone has it
            raise error
        return operation(*args, **kwargs)

    return step


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited, without waiting."""
    waits: list[float] = []
    monkeypatch.setattr(files, "pause", waits.append)
    return waits


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_r11_a_file_that_is_held_for_a_while_is_replaced_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waited: list[float], winerror: int
) -> None:
    path = tmp_path / "gói.zip"
    path.write_bytes(b"old")
    monkeypatch.setattr(files, "step", held_for(4, winerror))
    files.write_beside_then_replace(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]
    assert len(waited) == 4
    assert waited == sorted(waited)


def test_r11_after_ten_seconds_the_new_file_is_kept_beside_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waited: list[float]
) -> None:
    path = tmp_path / "gói.zip"
    path.write_bytes(b"old")
    monkeypatch.setattr(files, "step", held_for(10**6, 32))
    with pytest.raises(files.StillHeld) as caught:
        files.write_beside_then_replace(path, b"new")
    assert sum(waited) == pytest.approx(10)
    assert path.read_bytes() == b"old"
    assert caught.value.beside.read_bytes() == b"new"
    assert "diệt virus" in files.reason(caught.value)
    assert str(caught.value.beside) in files.reason(caught.value)


def test_r11_an_export_that_is_held_names_the_package_that_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waited: list[float]
) -> None:
    report = Report(identity=replace(sample.commune_reports()[0].identity, training=False))
    template = template_library.template(report.identity.template)
    monkeypatch.setattr(files, "step", held_for(10**6, 5))
    with pytest.raises(Refusal) as refused:
        package.write(tmp_path, report, template)
    [kept] = tmp_path.iterdir()
    assert str(kept) in refused.value.sentence
    assert package.read(kept).report is not None
    assert sum(waited) == pytest.approx(10)


def test_r11_what_is_merely_not_allowed_is_said_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waited: list[float]
) -> None:
    path = tmp_path / "gói.zip"
    monkeypatch.setattr(files, "step", held_for(10**6, 0))
    with pytest.raises(PermissionError):
        files.write_beside_then_replace(path, b"new")
    assert waited == []
    assert list(tmp_path.iterdir()) == []

"""Files are written whole or not at all, whichever operation fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

import pytest

from dcs_desktop import files


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

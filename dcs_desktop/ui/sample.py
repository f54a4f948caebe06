"""Makes the training file on which the program can be tried."""

from __future__ import annotations

from pathlib import Path

from dcs_desktop import paths
from dcs_desktop.ui.tasks import Told

FILE_NAME = "tap-huan.sqlite"


def make_sample(_told: Told) -> Path:
    """The training file, made when it is not there; on the worker thread. Raises Refusal."""
    from dcs_desktop.demo import make_training_file

    path = paths.data_dir(create=True) / FILE_NAME
    if not path.exists():
        make_training_file(path)
    return path

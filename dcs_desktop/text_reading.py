"""The texts of an open report checked, all at once or a few at a time."""

from __future__ import annotations

from dcs_desktop.workspace import Workspace


def read_texts(workspace: Workspace, most: int | None = None) -> bool:
    """Check the texts not looked at since a report was opened, at most so many; whether none is left.

    Until then nothing that they say is among the findings. What is written from then on is checked at once.
    """
    done = any(workspace.texts.read() for _each in range(most or len(workspace.form.items)))
    workspace.judge()
    return done

"""The texts of an open report checked, all at once or as far as there is time."""

from __future__ import annotations

from collections.abc import Callable

from dcs_desktop.workspace import Workspace


def read_texts(workspace: Workspace, more: Callable[[], bool] = lambda: True) -> bool:
    """Check the texts not looked at since a report was opened, as long as there is ``more`` time; whether none is left.

    Then what they say is among the findings. What is written is checked at once.
    """
    done = workspace.texts.go_on(workspace.facts, more)
    if done:
        workspace.judge()
    return done

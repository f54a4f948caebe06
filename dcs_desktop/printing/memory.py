"""What was measured when a report was laid out last: what did not change since is not measured again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Memory:
    """Keeps measured things by what they were made of.

    ``told`` is called before anything is measured, and may raise to break the work off; what was measured
    until then is kept, so that the next attempt goes on from there.
    """

    def __init__(self, told: Callable[[], None] = lambda: None) -> None:
        self.told = told
        self._kept: dict[Hashable, Any] = {}  # Any: each key's maker knows what it makes
        self._used: dict[Hashable, Any] = {}  # Any: as above

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """What stands under a key, made now when it was not used this time or the last."""
        if key not in self._used:
            if key in self._kept:
                self._used[key] = self._kept[key]
            else:
                self.told()
                self._used[key] = make()
        return self._used[key]  # type: ignore[no-any-return]  # what the key's maker made

    def begin(self) -> None:
        """Begin anew; what an attempt that was broken off had measured is kept."""
        self._kept.update(self._used)
        self._used = {}

    def end(self) -> None:
        """Forget what was not used any more."""
        self._kept, self._used = self._used, {}

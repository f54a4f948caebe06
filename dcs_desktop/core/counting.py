"""Which numbered list an entry belongs to: the latest one that had counted as far as the number before it."""

from __future__ import annotations


class Counting:
    """Follows the entries of one text in order; what stands between the entries of a list does not end it."""

    def __init__(self) -> None:
        self._last: list[int] = []

    def list_of(self, number: int) -> int:
        """The list of the next entry, counted from 0; a number that goes on with none begins a list of its own."""
        for place in reversed(range(len(self._last))):
            if self._last[place] + 1 == number:
                self._last[place] = number
                return place
        self._last.append(number)
        return len(self._last) - 1

"""Two sequences laid side by side, each in its own order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def best_chain(scored: Sequence[Mapping[int, float]], count: int) -> list[tuple[int, int]]:
    """The pairs of line and wording, both rising, whose scores come to most.

    ``scored`` holds for each line the score of each wording it may be, by the
    wording's place among ``count``.
    """
    # best[place]: the most that lines so far give with wordings before `place`, and the last pair of that chain.
    best: list[tuple[float, tuple[int, int] | None]] = [(0.0, None)] * (count + 1)
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for line, row in enumerate(scored):
        added = {}
        for place, score in row.items():
            total, last = best[place]
            before[line, place] = last
            added[place] = total + score
        for place in sorted(added):
            if added[place] > best[place + 1][0]:
                best[place + 1] = (added[place], (line, place))
        for place in range(count):
            if best[place][0] > best[place + 1][0]:
                best[place + 1] = best[place]
    chain: list[tuple[int, int]] = []
    at = best[count][1]
    while at is not None:
        chain.append(at)
        at = before[at]
    return chain[::-1]

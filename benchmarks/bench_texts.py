"""Times of the check of texts: an item of 5 kB as it is written, its offers, every text of a report."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from dcs_desktop.core.doubts import within
from dcs_desktop.core.link_offers import equals_of, offers
from dcs_desktop.core.narrative import read
from dcs_desktop.core.passages import passages
from dcs_desktop.demo import make_demo
from dcs_desktop.store import open_file
from dcs_desktop.text_reading import read_texts
from dcs_desktop.workspace import Workspace

ITEM, ROUNDS = "III.1.e", 40
SENTENCE = (
    "Trong năm, các tổ đã nhận 50 vụ, đưa ra hòa giải 48 vụ, thành 45/48 vụ, đạt 93,75%; tiếp 12 lượt công dân, "
    "giải quyết 1.640 hồ sơ, trong đó 1.600 hồ sơ đúng hạn và 40 hồ sơ trễ hạn. "
)


def main() -> None:
    """Print medians and the greatest in milliseconds of processor time."""
    with tempfile.TemporaryDirectory(prefix="dcs-bench-") as folder:
        make_demo(Path(folder))
        for path in (Path(folder) / "units" / "31426.sqlite", Path(folder) / "receiving.sqlite"):
            file = open_file(path)
            workspace = Workspace.open(file, file.reports()[0].ref)
            _report(workspace)
            if path.name != "receiving.sqlite":
                _report_item(workspace)
            file.close()


def _report(workspace: Workspace) -> None:
    letters = sum(len(workspace.answers.prose(item)) for item in workspace.form.items)
    begun = time.process_time()
    read_texts(workspace)
    _say(f"all texts of a report, {letters} letters, read first", [time.process_time() - begun])
    _say("all texts again, none changed", _times(lambda _n: list(workspace.texts.findings(workspace.facts))))


def _report_item(workspace: Workspace) -> None:
    for name, text in (("one paragraph", _of(5000)), ("fourteen paragraphs", _of(5000, paragraphs=14))):
        for what, act in (("free-text check", _check), ("written, all checks", _write), ("offers", _offer)):
            _say(f"{name}, {len(text.encode())} bytes: {what}", _times(partial(act, workspace, text)))


def _of(size: int, paragraphs: int = 1) -> str:
    """A text of so many bytes full of figures."""
    each = size // paragraphs
    piece = (SENTENCE * (each // len(SENTENCE.encode()) + 1)).encode()[:each].decode("utf-8", "ignore")
    return "\n\n".join(f"{number}. {piece}" for number in range(paragraphs))


def _check(workspace: Workspace, text: str, number: int) -> None:
    for passage in passages(read(f"{text} Việc {number}."), workspace.facts.printed):
        within(passage)


def _write(workspace: Workspace, text: str, number: int) -> None:
    workspace.write(ITEM, f"{text} Lần {number}.", apart=True)


def _offer(workspace: Workspace, text: str, number: int) -> None:
    known = equals_of(ITEM, workspace.form, workspace.figures)
    for passage in passages(read(f"{text} Bước {number}."), workspace.facts.printed):
        offers(passage, ITEM, known, workspace.facts.printed)


def _times(act: Callable[[int], object]) -> list[float]:
    times = []
    for number in range(ROUNDS):
        begun = time.process_time()
        act(number)
        times.append(time.process_time() - begun)
    return times


def _say(what: str, times: list[float]) -> None:
    print(f"{what}: {1000 * statistics.median(times):.1f} ms, at most {1000 * max(times):.1f} ms")


if __name__ == "__main__":
    main()

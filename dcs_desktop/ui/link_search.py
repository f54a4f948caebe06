"""The box that finds a figure to put into a text: those of its item first, then of its section, then all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from dcs_desktop.core.citing import citation
from dcs_desktop.core.form import Figure, Form
from dcs_desktop.core.link_offers import as_written, equal_keys
from dcs_desktop.core.narrative import Link
from dcs_desktop.i18n import _
from dcs_desktop.ui.field_search import Candidate, FieldSearch

if TYPE_CHECKING:
    from dcs_desktop.ui.prose_area import ProseArea
    from dcs_desktop.workspace import Workspace

WIDTH: Final = 680
LONGEST_QUERY: Final = 80


def offer_links(workspace: Workspace, area: ProseArea) -> None:
    """Find a figure and put it into a text as a linked figure.

    Selected words are looked for; a number that is selected, or stands at the cursor and equals a figure,
    brings the figures that equal it first, and is replaced.
    """
    typed = _query(area)
    item = area.objectName().partition("[^")[0]
    hint = _("Tìm số liệu để chèn, gõ không dấu cũng được")
    search = FieldSearch(tuple(linkable(workspace, item)), hint, area, partial(_first, workspace))
    search.chosen.connect(partial(_put, workspace, area, typed))
    search.begin_with(typed)
    search.open_at(area.viewport().mapToGlobal(area.cursorRect().bottomLeft()), WIDTH)


def _first(workspace: Workspace, typed: str) -> list[str]:
    """What stands before all names found: the figures that a number equals, the one whose key is typed whole."""
    equal = equal_keys(typed, workspace.form, workspace.figures)
    return [typed.strip(), *equal] if typed.strip() in workspace.form.item_of else equal


def _query(area: ProseArea) -> str:
    """The selected words, else the number at the cursor that could be linked, which is selected then."""
    offer = area.offer_here()
    if offer is not None and not area.textCursor().hasSelection():
        area.select(offer.number)
    selected = area.textCursor().selectedText()
    return (
        ""
        if len(selected) > LONGEST_QUERY or "\u2029" in selected
        else selected.replace("\ufffc", "").strip()
    )


def _put(workspace: Workspace, area: ProseArea, typed: str, key: str) -> None:
    link = as_written(key, typed, workspace.facts.printed) if typed else None
    area.insert_link(link or Link(key))
    area.setFocus()


def linkable(workspace: Workspace, item: str) -> Iterator[Candidate]:
    """Every figure that a text can hold, with what it prints now."""
    form = workspace.form
    for figure in form.figures.values():
        for key, name in _keys(figure, form):
            yield _candidate(key, name, item, workspace)
    for table in form.tables.values():
        name = _("{label} (số dòng)").format(label=table.label)
        yield _candidate(table.id, name, item, workspace)
    for table in form.tables.values():
        for row in workspace.answers.rows.get(table.id, ()) if table.cite else ():
            key = f"{table.id}/{row.id}"
            name = citation(form, workspace.answers, key, full=True)
            short = citation(form, workspace.answers, key, full=False)
            yield Candidate(key, name, short, form.place_of(key), also=table.label, far=1)


def _candidate(key: str, name: str, item: str, workspace: Workspace) -> Candidate:
    form = workspace.form
    own = form.item_of[key]
    far = 0 if own == item else 1 if form.items[own].section == form.items[item].section else 2
    printed = workspace.facts.printed(Link(key, unit=True))
    return Candidate(key, name, printed, form.place_of(key), also=key, far=far)


def _keys(figure: Figure, form: Form) -> Iterator[tuple[str, str]]:
    yield figure.id, figure.label
    if figure.pair:
        for key in (*figure.base_keys, f"{figure.id}.percent"):
            yield key, form.fields[key].label

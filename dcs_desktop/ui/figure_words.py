"""What stands beside a figure: unit, percentage, coverage, last period's value, change, and its state in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from dcs_desktop.core.form import Figure, Form, Role, Source
from dcs_desktop.core.linked import change_percent
from dcs_desktop.core.text import fold
from dcs_desktop.core.trouble import Finding, Severity
from dcs_desktop.core.values import BLANK, Kind, State, Value, shown, shown_number
from dcs_desktop.i18n import _
from dcs_desktop.ui.carried import figure_mark

if TYPE_CHECKING:
    from dcs_desktop.workspace import Workspace


def main_keys(figure: Figure) -> tuple[str, ...]:
    """The keys whose values stand in the row itself: the figure's, of a pair done and target."""
    return figure.base_keys


def typed_keys(figure: Figure) -> tuple[str, ...]:
    """The keys that are typed in the row itself or, of a rolled-up figure, right below it."""
    return tuple(field.key for field in figure.fields if field.role is Role.ENTERED)


def is_rolled_up(figure: Figure) -> bool:
    """Whether the figure's value comes from the units below."""
    return figure.source is not Source.OWN


def own_label(figure: Figure, label: str) -> str:
    """What the unit's own part of a total is called under it: its label without the figure's own."""
    rest = label.removeprefix(figure.label).strip(" –")
    return rest[:1].upper() + rest[1:]


def value_text(figure: Figure, form: Form, value: Value) -> str:
    """A value as it is read, "…" when there is none."""
    if value.state is State.PENDING:
        return _("chưa có số liệu")
    text = shown(figure.type, value)
    if text and figure.type.kind is Kind.PERCENT and value.state is State.GIVEN:
        return text + "%"
    return text or "……"


def percent_text(figure: Figure, workspace: Workspace) -> str:
    """The percentage of a pair, "" when there is none."""
    value = workspace.figures.get(f"{figure.id}.percent", BLANK)
    return f"{shown_number(value.number, 2)}%" if figure.pair and value.number is not None else ""


def coverage_text(figure: Figure, workspace: Workspace) -> tuple[str, bool]:
    """How many units a total covers, such as "14/15", and whether none is missing."""
    found = [workspace.figures[key].coverage for key in main_keys(figure) if key in workspace.figures]
    known = [coverage for coverage in found if coverage is not None]
    least = min(known, key=lambda coverage: coverage.covered - coverage.expected, default=None)
    return ("", True) if least is None else (str(least), least.full)


def notes_of_totals(figure: Figure, workspace: Workspace) -> tuple[str, ...]:
    """What is said beside a figure's totals, such as for how many units they were entered."""
    notes = (workspace.figures.get(key, BLANK).note for key in main_keys(figure))
    return tuple(dict.fromkeys(filter(None, notes)))


def last_text(figure: Figure, workspace: Workspace) -> str:
    """The value in the report that stands beside, of a pair done and target, "" when there is none."""
    if workspace.beside is None:
        return ""
    values = [workspace.beside.figures.get(key, BLANK) for key in main_keys(figure)]
    if not any(value.answered for value in values):
        return ""
    return "/".join(value_text(figure, workspace.form, value) for value in values)


def change_text(figure: Figure, workspace: Workspace) -> str:
    """The change against the report beside: how much and in percent, or in points of a percentage; "" without a base."""
    if workspace.beside is None:
        return ""
    key = main_keys(figure)[0]
    now, then = workspace.figures.get(key, BLANK).number, workspace.beside.figures.get(key, BLANK).number
    if now is None or then is None:
        return ""
    if now == then:
        return _("không đổi")
    change = _signed(now - then)
    if figure.type.kind is Kind.PERCENT:
        return _("{change} điểm %").format(change=change)
    percent = change_percent(now, then, 1)
    return change if percent is None else f"{change} ({_signed(percent, 1)}%)"


def _signed(number: Decimal, decimals: int = 2) -> str:
    return f"{'+' if number >= 0 else '−'}{shown_number(abs(number), decimals)}"


def covers_text(figure: Figure) -> str:
    """What stretch of time a figure covers when it is not the whole period, "" otherwise."""
    if figure.covers is not None:
        start, end = (_day(day) for day in (figure.covers.start, figure.covers.end))
        return _("Số liệu từ {start} đến {end}").format(start=start, end=end)
    said = "luy ke" in fold(figure.label)
    return _("Lũy kế từ đầu năm") if figure.cumulative and not said else ""


def _day(written: str) -> str:
    month, _dash, day = written.partition("-")
    return f"{day}/{month}"


def mark_of(figure: Figure, workspace: Workspace, findings: tuple[Finding, ...]) -> tuple[str, str, str]:
    """Icon, colour and word for how a figure stands."""
    told = {finding.severity: finding.message for finding in reversed(findings) if not finding.accepted}
    if Severity.QUESTION in told:
        return "circle-question-mark", "accent", told[Severity.QUESTION]
    if Severity.ERROR in told:
        return "octagon-alert", "error", told[Severity.ERROR]
    if Severity.WARNING in told:
        return "triangle-alert", "warning", told[Severity.WARNING]
    if figure.derived:
        return "calculator", "muted", _("Tự tính từ các số liệu khác")
    if is_rolled_up(figure) and not any(key in workspace.answers.carried for key in typed_keys(figure)):
        return "sigma", "muted", _("Tổng hợp từ các đơn vị cấp dưới")
    carried = figure_mark(typed_keys(figure), workspace.answers)
    return carried or _state_mark(figure, workspace)


def _state_mark(figure: Figure, workspace: Workspace) -> tuple[str, str, str]:
    states = {workspace.figures.get(key, BLANK).state for key in main_keys(figure)}
    if State.BLANK in states:
        if figure.required:
            return "circle-dashed", "muted", _("Chưa nhập")
        return "minus", "muted", _("Không bắt buộc")
    if State.PENDING in states:
        return "clock", "warning", _("Chưa có số liệu")
    return "circle-check", "good", _("Đã nhập")

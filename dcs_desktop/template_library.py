"""The templates the program ships: which there are, and with which one a period is filed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from dcs_desktop.core.building import build
from dcs_desktop.core.form import Form
from dcs_desktop.core.period import Period, PeriodKind
from dcs_desktop.core.report import Identity
from dcs_desktop.core.template import Level, Template, version_key
from dcs_desktop.core.template_file import TemplateRefused, read_template
from dcs_desktop.core.template_parts import TemplateFault
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.wording import places_for
from dcs_desktop.files import reason
from dcs_desktop.i18n import _
from dcs_desktop.paths import resources_dir

FOLDER = "templates"


@dataclass(frozen=True, slots=True)
class TemplateInfo:
    """What one shipped template is for; ``valid_until`` is None while no end is known."""

    reference: str
    name: str
    valid_from: date
    valid_until: date | None
    levels: tuple[Level, ...]
    periods: tuple[PeriodKind, ...]
    path: Path

    def serves(self, period: Period) -> bool:
        """Whether reports of this period are filed with it: by its kind, and by its last day."""
        begun = self.valid_from <= period.last_day
        ended = self.valid_until is not None and self.valid_until < period.last_day
        return period.kind in self.periods and begun and not ended


def known() -> tuple[TemplateInfo, ...]:
    """The shipped templates, the newest version first. Raises Refusal naming a damaged one."""
    infos = (_info(path, template(reference)) for reference, path in _files().items())
    return tuple(sorted(infos, key=lambda info: version_key(info.reference.partition("@")[2]), reverse=True))


@cache
def template(reference: str) -> Template:
    """The shipped template ``id@version``, read once. Raises Refusal, for an unknown reference too."""
    path = _files().get(reference)
    if path is None:
        message = _(
            "Chương trình không có mẫu báo cáo {reference}; các mẫu hiện có: {known}. Hãy chọn mẫu khác hoặc cập nhật "
            "chương trình."
        )
        raise Refusal(message.format(reference=reference, known=", ".join(sorted(_files()))))
    try:
        read = read_template(path.read_bytes(), path.name, _extended_bytes)
    except (OSError, TemplateRefused) as error:
        raise Refusal(_damaged(path)) from error
    if read.reference != reference:
        raise Refusal(_damaged(path))
    return read


def reference_for(period: Period) -> str:
    """The version to file with for a period, the newest that serves it. Raises Refusal when there is none."""
    for info in known():
        if info.serves(period):
            return info.reference
    message = _("Không có mẫu báo cáo nào dùng cho kỳ {period}. Hãy chọn kỳ báo cáo khác.")
    raise Refusal(message.format(period=period.words))


def form_for(template: Template, identity: Identity, own_places: Mapping[str, str]) -> Form:
    """The form that a report is filled in, in the words of its unit.

    ``own_places`` are the unit's own words for named places. Raises KeyError
    when the template does not know the report's level.
    """
    places = places_for(
        template.places, identity.level, identity.unit, identity.receiver, identity.period, own_places
    )
    return build(template, identity.level, identity.period.kind, places)


def examine(path: Path) -> tuple[tuple[TemplateFault, ...], Template | None]:
    """Every fault of a template file of any author, or the template when there is none.

    What it extends is looked for beside it, then among the shipped ones.
    Raises Refusal when the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        message = _("Không đọc được tệp {file}: {reason}. Hãy kiểm tra lại đường dẫn.")
        raise Refusal(message.format(file=path, reason=reason(error))) from error
    beside = _files_in(path.parent)

    def parent(reference: str) -> bytes | None:
        return beside[reference].read_bytes() if reference in beside else _shipped_bytes(reference)

    try:
        return (), read_template(data, path.name, parent)
    except TemplateRefused as refused:
        return refused.faults, None


def _files() -> dict[str, Path]:
    """The shipped files by the reference that their names say."""
    found = _files_in(resources_dir() / FOLDER)
    if not found:
        raise Refusal(_damaged(resources_dir() / FOLDER))
    return found


def _files_in(folder: Path) -> dict[str, Path]:
    """The template files of a folder: ``dcs-2024.toml`` holds dcs@2024."""
    parts = ((path, *path.stem.rpartition("-")) for path in sorted(folder.glob("*-*.toml")))
    return {f"{id}@{version}": path for path, id, _dash, version in parts}


def _shipped_bytes(reference: str) -> bytes | None:
    path = _files().get(reference)
    return None if path is None else path.read_bytes()


def _extended_bytes(reference: str) -> bytes:
    """What a shipped template extends, which is shipped too. Raises Refusal naming the file that is missing."""
    found = _shipped_bytes(reference)
    if found is None:
        raise Refusal(_damaged(resources_dir() / FOLDER / f"{reference.replace('@', '-')}.toml"))
    return found


def _info(path: Path, read: Template) -> TemplateInfo:
    head = read.template
    return TemplateInfo(
        read.reference,
        head.name,
        head.valid_from,
        head.valid_until,
        read.level,
        tuple(map(PeriodKind, head.periods)),
        path,
    )


def _damaged(path: Path) -> str:
    message = _("Tệp {file} của chương trình bị thiếu hoặc hỏng. Hãy cài đặt lại chương trình.")
    return message.format(file=path.relative_to(resources_dir()).as_posix())

"""The templates at hand: those the program ships, those the user was given; with which one a period is filed.

A template that was given is a file of somebody else's: it is read whole and
checked before it is kept, never run, and takes no shipped one's place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dcs_desktop import template_cache
from dcs_desktop.core.building import build
from dcs_desktop.core.form import Form
from dcs_desktop.core.period import Period, PeriodKind
from dcs_desktop.core.report import Identity
from dcs_desktop.core.template import Level, Template, version_key
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.wording import places_for
from dcs_desktop.files import make_folder, reason, write_beside_then_replace
from dcs_desktop.i18n import _
from dcs_desktop.paths import given_templates_dir, resources_dir

if TYPE_CHECKING:
    from dcs_desktop.core.template_parts import TemplateFault

FOLDER = "templates"
# Far more than people write into one template.
LARGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class TemplateInfo:
    """What one template is for; ``valid_until`` is None while no end is known, ``given`` when it was not shipped."""

    reference: str
    name: str
    valid_from: date
    valid_until: date | None
    levels: tuple[Level, ...]
    periods: tuple[PeriodKind, ...]
    path: Path
    given: bool = False

    def serves(self, period: Period) -> bool:
        """Whether reports of this period are filed with it: by its kind, and by its last day."""
        begun = self.valid_from <= period.last_day
        ended = self.valid_until is not None and self.valid_until < period.last_day
        return period.kind in self.periods and begun and not ended


def known() -> tuple[TemplateInfo, ...]:
    """The shipped templates, the newest version first, then the given ones that can be read.

    Raises Refusal naming a shipped one that is damaged.
    """
    shipped = [_info(path, template(reference)) for reference, path in _files().items()]
    return (*_newest_first(shipped), *_newest_first(_given()))


def _newest_first(infos: Iterable[TemplateInfo]) -> list[TemplateInfo]:
    return sorted(infos, key=lambda info: version_key(info.reference.partition("@")[2]), reverse=True)


def _given() -> Iterator[TemplateInfo]:
    for reference, path in _given_files().items():
        with suppress(Refusal):
            yield replace(_info(path, template(reference)), given=True)


@cache
def template(reference: str) -> Template:
    """The template ``id@version``, read once. Raises Refusal, for an unknown reference too."""
    path = _files().get(reference)
    if path is None:
        path = _given_files().get(reference)
        if path is not None:
            return _read_given(path, reference)
        message = _(
            "Chương trình không có mẫu báo cáo {reference}; các mẫu hiện có: {known}. Hãy chọn mẫu khác hoặc cập nhật "
            "chương trình."
        )
        raise Refusal(
            message.format(reference=reference, known=", ".join(sorted({**_files(), **_given_files()})))
        )
    try:
        sources = b"".join(each.read_bytes() for each in _files().values())
    except OSError as error:
        raise Refusal(_damaged(path)) from error
    read = template_cache.kept(reference, sources) or _read_shipped(path, reference, sources)
    if read.reference != reference:
        raise Refusal(_damaged(path))
    return read


def _read_shipped(path: Path, reference: str, sources: bytes) -> Template:
    from dcs_desktop.core.template_file import TemplateRefused, read_template

    try:
        read = read_template(path.read_bytes(), path.name, _extended_bytes)
    except (OSError, TemplateRefused) as error:
        raise Refusal(_damaged(path)) from error
    template_cache.keep(reference, sources, read)
    return read


def reference_for(period: Period) -> str:
    """The version to file with for a period, the newest that serves it. Raises Refusal when there is none."""
    for info in known():
        if info.serves(period):
            return info.reference
    message = _("Không có mẫu báo cáo nào dùng cho kỳ {period}. Hãy chọn kỳ báo cáo khác.")
    raise Refusal(message.format(period=period.words))


def add(path: Path) -> TemplateInfo:
    """Keep a template that the user was given, the parts it extends laid together.

    Raises Refusal: the file has faults, cannot be read or kept, or holds a
    version that is here already with other content.
    """
    from dcs_desktop.core.template_file import write_template

    faults, read = examine(path)
    if read is None:
        said = "; ".join(f"{fault.place}: {fault.message}" for fault in faults[:3])
        message = _(
            "Mẫu {file} có {count} chỗ sai nên không được thêm: {faults} Hãy gửi lại cho người soạn mẫu."
        )
        raise Refusal(message.format(file=path.name, count=len(faults), faults=said))
    if not is_here(read):
        target = given_templates_dir() / f"{read.reference.replace('@', '-')}.json"
        try:
            make_folder(target.parent)
            write_beside_then_replace(target, write_template(read, whole=True))
        except OSError as error:
            message = _("Không ghi được mẫu vào {folder}: {reason}. Hãy kiểm tra ổ đĩa rồi thử lại.")
            raise Refusal(message.format(folder=target.parent, reason=reason(error))) from error
        template.cache_clear()
    return next(info for info in known() if info.reference == read.reference)


def is_here(read: Template) -> bool:
    """Whether this very template is here. Raises Refusal when another of the same version is."""
    from dcs_desktop.core.template_file import write_template

    if read.reference not in {**_files(), **_given_files()}:
        return False
    if write_template(template(read.reference)) == write_template(read):
        return True
    message = _(
        "Đã có mẫu {reference} với nội dung khác. Mẫu đang dùng được giữ nguyên; đề nghị người soạn mẫu ghi phiên bản mới."
    )
    raise Refusal(message.format(reference=read.reference))


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

    What it extends is looked for beside it, then among those at hand. Raises
    Refusal when the file cannot be read, or is too large to be a template.
    """
    from dcs_desktop.core.template_file import TemplateRefused, read_template

    try:
        if path.stat().st_size > LARGEST:
            message = _("Tệp {file} lớn quá {most} MB, không phải là mẫu báo cáo. Hãy chọn tệp khác.")
            raise Refusal(message.format(file=path.name, most=LARGEST // 1_000_000))
        data = path.read_bytes()
    except OSError as error:
        message = _("Không đọc được tệp {file}: {reason}. Hãy kiểm tra lại đường dẫn.")
        raise Refusal(message.format(file=path, reason=reason(error))) from error
    beside = _files_in(path.parent)

    def parent(reference: str) -> bytes | None:
        if reference not in beside:
            return _shipped_bytes(reference) or _given_bytes(reference)
        path = beside[reference]
        return path.read_bytes() if path.stat().st_size <= LARGEST else None

    try:
        read = read_template(data, path.name, parent)
    except TemplateRefused as refused:
        return refused.faults, None
    faults = tuple(_layout_faults(read))
    return faults, None if faults else read


def _layout_faults(read: Template) -> Iterator[TemplateFault]:
    """Letterheads of a layout that neither the program nor the user has."""
    from dcs_desktop.core.template_parts import TemplateFault
    from dcs_desktop.resources import layout_files

    known = sorted(layout_files())
    for entry in read.letterhead:
        if entry.layout not in known:
            message = _("layout = “{id}” không có; các thể thức: {known}.")
            yield TemplateFault(
                f"letterhead {entry.id}", message.format(id=entry.layout, known=", ".join(known))
            )


def _files() -> dict[str, Path]:
    """The shipped files by the reference that their names say."""
    found = _files_in(resources_dir() / FOLDER)
    if not found:
        raise Refusal(_damaged(resources_dir() / FOLDER))
    return found


def _given_files() -> dict[str, Path]:
    """The files that were given by the reference that their names say."""
    return _files_in(given_templates_dir(), ".json")


def _read_given(path: Path, reference: str) -> Template:
    try:
        data = path.read_bytes()
        read = template_cache.kept(reference, data) or _read_as_given(path, reference, data)
    except OSError as error:
        raise Refusal(_given_damaged(path, reference)) from error
    if read.reference != reference:
        raise Refusal(_given_damaged(path, reference))
    return read


def _read_as_given(path: Path, reference: str, data: bytes) -> Template:
    from dcs_desktop.core.template_file import TemplateRefused, read_template

    try:
        read = read_template(data, path.name, lambda _reference: None)
    except TemplateRefused as error:
        raise Refusal(_given_damaged(path, reference)) from error
    template_cache.keep(reference, data, read)
    return read


def _given_damaged(path: Path, reference: str) -> str:
    message = _("Mẫu {reference} trong {file} bị hỏng. Hãy xóa tệp này rồi thêm lại mẫu.")
    return message.format(reference=reference, file=path)


def _files_in(folder: Path, ending: str = ".toml") -> dict[str, Path]:
    """The template files of a folder: ``dcs-2024.toml`` holds dcs@2024."""
    parts = ((path, *path.stem.rpartition("-")) for path in sorted(folder.glob(f"*-*{ending}")))
    return {f"{id}@{version}": path for path, id, _dash, version in parts}


def _shipped_bytes(reference: str) -> bytes | None:
    path = _files().get(reference)
    return None if path is None else path.read_bytes()


def _given_bytes(reference: str) -> bytes | None:
    path = _given_files().get(reference)
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

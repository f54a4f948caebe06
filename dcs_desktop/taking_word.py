"""Takes an older report in from somebody's own Word or text file: read, understood, confirmed, kept as that period's."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from dcs_desktop import resources, starting, template_library
from dcs_desktop.core.answers import check, compute
from dcs_desktop.core.from_file import FromFile
from dcs_desktop.core.legacy_tables import name_of
from dcs_desktop.core.old_report.alignment import Telling
from dcs_desktop.core.old_report.document import OldDocument, OldWords
from dcs_desktop.core.old_report.top import OldTop, top_of
from dcs_desktop.core.old_report.understanding import Understood, answers_of, figures_of, understood
from dcs_desktop.core.period import Period
from dcs_desktop.core.progress import progress, whole
from dcs_desktop.core.report import Identity, Letterhead, Report, UnitName
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.text import WORD, fold
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.files import reason, step
from dcs_desktop.forms import form_of
from dcs_desktop.i18n import _
from dcs_desktop.store import DataFile, Summary

# Before these many lines a letterhead is over.
LINES_OF_TOP = 14
WORDS = Path("words", "old_report.toml")
TEXTS = (".txt", ".md")


@dataclass(frozen=True)
class Proposed:
    """An older report as it would be kept: whose and of which period, under which head, and what was understood of it.

    ``there`` is the report of that unit and period that was taken in before and would make room.
    """

    identity: Identity
    letterhead: Letterhead
    read: Understood
    there: Summary | None = None

    @property
    def items(self) -> dict[int, str]:
        """By the line of each passage the item it is proposed for."""
        return {passage.line: passage.item for passage in self.read.passages}

    @property
    def sure_items(self) -> dict[int, str]:
        """The same, with "" where the match is to be asked."""
        return {passage.line: passage.item if passage.sure else "" for passage in self.read.passages}

    @property
    def ticked(self) -> dict[str, str]:
        """The figures that are proposed without doubt, as typed, by field."""
        return {one.key: one.typed for one in self.read.proposals if one.sure}

    def with_items(self, items: Mapping[int, str], doubtful: Collection[int] = ()) -> Proposed:
        """The same with the figures that the passages state once they are of these items, some of them in doubt."""
        read = self.read
        found = figures_of(read.document, read.form, read.words, read.parted, items, doubtful)
        return replace(self, read=replace(read, proposals=found))


@cache
def known_words() -> OldWords:
    """The words by which an older report is understood. Raises Refusal: the program's file is damaged."""
    said = tomllib.loads(resources.read_text(WORDS))
    marks, table = said["marks"], said["table"]
    return OldWords(
        {fold(short): tuple(map(fold, WORD.findall(long))) for short, long in said["short"].items()},
        **{name: tuple(map(fold, marks[name])) for name in ("end", "state", "party")},
        annex=tuple(marks["annex"]),
        columns={meaning: tuple(map(fold, heads)) for meaning, heads in table.items()},
    )


def read(path: Path) -> OldDocument:
    """A Word or text file of a report. Raises Refusal for whatever cannot be read as one, with place and remedy."""
    from dcs_desktop.reading.old_docx import read_old_docx
    from dcs_desktop.reading.old_text import read_old_text
    from dcs_desktop.reading.parts import LARGEST_FILE, Unread

    data = _bytes(path, LARGEST_FILE)
    reader = read_old_text if path.suffix.lower() in TEXTS else read_old_docx
    try:
        document = reader(data, path.name)
    except Unread as why:
        raise Refusal(why.fault.message) from why
    if not document.lines:
        raise Refusal(_("Tệp {file} không có chữ nào để nhận. Hãy chọn tệp khác.").format(file=path.name))
    return document


def top(document: OldDocument) -> OldTop:
    """What the letterhead of a document says, as far as it can be told before it is laid beside a form."""
    return top_of(document.lines[:LINES_OF_TOP], known_words())


def _bytes(path: Path, most: int) -> bytes:
    try:
        if not path.is_file():
            raise Refusal(_("Không có tệp {file}. Đề nghị kiểm tra lại tên tệp.").format(file=path))
        if path.stat().st_size > most:
            said = _("Tệp {file} lớn quá {most} MB nên không được mở. Hãy bỏ bớt hình trong tệp rồi lưu lại.")
            raise Refusal(said.format(file=path.name, most=most // 1_000_000))
        return step(path.read_bytes)
    except OSError as error:
        message = _("Không đọc được tệp {file}: {error}. Đề nghị chép tệp về máy rồi thử lại.")
        raise Refusal(message.format(file=path, error=reason(error))) from error


def proposed(
    file: DataFile,
    setup: Setup,
    document: OldDocument,
    unit: UnitName,
    period: Period,
    told: Telling | None = None,
) -> Proposed:
    """A document as the report of a unit and period; ``told`` how far it is.

    Raises Refusal: there is a report of it that was typed or filed here.
    """
    there = there_already(file, unit, period)
    template = template_library.template(template_library.reference_for(period))
    own = unit.identity == setup.unit.identity
    official = None if own else starting.unit_of(unit.identity, period)
    identity = Identity(
        unit=unit,
        receiver=setup.receiver if official is None else starting.usual_receiver(official),
        period=period,
        level=setup.level if official is None else starting.level_for(template, official),
        template=template.reference,
        training=setup.training,
    )
    base = replace(setup.letterhead, number="", day=None) if own else Letterhead()
    read = understood(document, form_of(identity, base), known_words(), told)
    return Proposed(identity, _headed(base, read, own=own), read, there)


def there_already(file: DataFile, unit: UnitName, period: Period) -> Summary | None:
    """The report of a unit and period that was taken in before. Raises Refusal: there is one that was not."""
    there = file.latest(unit.identity, period)
    if there is not None and there.ref not in file.sources():
        message = _(
            "Đã có báo cáo {period} của {unit} lập trong chương trình, nên không nhận thêm từ Word. Hãy mở báo cáo đó, "
            "hoặc chọn kỳ khác."
        )
        raise Refusal(message.format(period=period.words, unit=unit.name))
    return there


def _headed(base: Letterhead, read: Understood, *, own: bool) -> Letterhead:
    """The letterhead with what the file says of its own; bodies only of a unit that has no letterhead here."""
    top = read.top
    headed = replace(
        base,
        layout=top.layout or base.layout,
        number=top.number,
        series=top.series or base.series,
        day=top.day,
        place=base.place or top.place,
    )
    if own:
        return headed
    return replace(headed, superior_body=top.superior_body, issuing_body=top.issuing_body)


def keep(
    file: DataFile, one: Proposed, items: Mapping[int, str], figures: Mapping[str, str], now: datetime
) -> int:
    """Keep what was confirmed as the report of its period, in one action; its number.

    Raises Refusal, and keeps nothing, where a confirmed figure cannot be read
    or a report of the period has come meanwhile.
    """
    source = FromFile(one.read.document.file_name, one.read.document.digest, now)
    note = _source_note(source)
    answers, faults = answers_of(one.read, items, figures, note)
    form = one.read.form
    for key, fault in faults.items():
        label = form.label_of(key)
        said = _("Mục {place}: {label}: {fault}")
        raise Refusal(said.format(place=form.place_of(key), label=label, fault=fault.message))
    if not answers.values:
        raise Refusal(_("Chưa chọn mục hay số liệu nào để nhận. Hãy chọn ít nhất một mục."))
    there = there_already(file, one.identity.unit, one.identity.period)
    report = Report(one.identity, answers, one.letterhead)
    found = compute(form, answers)
    counts = whole(progress(form, answers, found, check(form, answers, found)))
    return file.take_in(report, counts, source, None if there is None else there.ref)


def _source_note(source: FromFile) -> str:
    """Where a figure comes from, in the words of the report."""
    return f"Nhập từ tệp {source.file_name}"


def remarks(one: Proposed) -> tuple[str, ...]:
    """What to know before anything is confirmed, in whole sentences, with the place."""
    return tuple(_remarks(one))


def _remarks(one: Proposed) -> Iterator[str]:
    read, form = one.read, one.read.form
    counted, top = read.document.counted, read.top
    if top.period is not None and top.period != one.identity.period:
        said = _("Tên báo cáo trong tệp ghi {theirs}, còn đang nhận là {ours}. Đề nghị xem lại kỳ.")
        yield said.format(theirs=top.period.words, ours=one.identity.period.words)
    if top.issuing_body and fold(_bare(one.identity.unit)) not in fold(top.issuing_body):
        said = _(
            "Cơ quan ban hành trong tệp là “{body}”, không thấy tên {unit}. Đề nghị xem có đúng tệp không."
        )
        yield said.format(body=top.issuing_body, unit=one.identity.unit.name)
    if read.document.legacy is not None:
        said = _(
            "Tệp gõ bằng bảng mã cũ {encoding}; chữ đã được chuyển sang Unicode khi đọc, tệp gốc giữ nguyên. "
            "Đề nghị đọc lại từng đoạn trước khi nhận."
        )
        yield said.format(encoding=name_of(read.document.legacy))
    tracked = [passage.heading for passage in read.passages if passage.tracked]
    if counted.tracked:
        said = _(
            "Tệp có {count} thay đổi theo dõi (Track Changes) chưa chấp nhận{places}; chữ thêm được giữ, chữ xóa bị bỏ. "
            "Các đoạn này cần xem lại."
        )
        places = "".join(f", “{name[:60]}”" for name in tracked[:3])
        yield said.format(count=counted.tracked, places=places and f" ({places[2:]})")
    if counted.left_out:
        yield _("{count} hình, khung chữ hoặc công thức không đọc được.").format(count=counted.left_out)
    if counted.struck:
        yield _("{count} chỗ gạch ngang được đọc như chữ thường; hãy xem có phải ý là bỏ đi.").format(
            count=counted.struck
        )
    for id, into in read.parted.merged.items():
        yield _("Mục {item} trong tệp viết chung dưới đề mục của mục {into}.").format(item=id, into=into)
    absent = [id for id in read.parted.absent if id not in read.parted.merged]
    if absent:
        yield _("Không thấy đề mục trong tệp của {count} mục: {items}.").format(
            count=len(absent), items=", ".join(form.place_of(id) for id in absent)
        )


def _bare(unit: UnitName) -> str:
    """The name of a unit without the word for what it is."""
    return unit.name[len(unit.type) :].strip() if fold(unit.name).startswith(fold(unit.type)) else unit.name

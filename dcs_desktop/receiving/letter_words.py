"""Letters in words."""

from __future__ import annotations

from collections.abc import Iterator

from dcs_desktop.core.digest import short_digest
from dcs_desktop.core.form import Form
from dcs_desktop.core.letter import Head, Letter, LetterKind, Question, WasRead, label_at
from dcs_desktop.i18n import _, format_date
from dcs_desktop.receiving.words import revision_word


def kind_word(kind: LetterKind) -> str:
    """What a letter is called."""
    words = {
        LetterKind.RECEIPT: _("Phiếu xác nhận đã nhận báo cáo"),
        LetterKind.CORRECTION: _("Phiếu đề nghị chỉnh sửa"),
        LetterKind.ACCEPTANCE: _("Phiếu chấp nhận báo cáo"),
        LetterKind.TOTALS: _("Số liệu tổng hợp của cấp trên"),
        LetterKind.TEMPLATE: _("Mẫu báo cáo mới"),
    }
    return words[kind]


def title(head: Head) -> str:
    """Which letter it is, as one line."""
    return _("{kind} số {number} ngày {day}").format(
        kind=kind_word(head.kind), number=head.number, day=format_date(head.written)
    )


def about(head: Head) -> str:
    """From whom to whom, about which report; the short digest is the one that the paper carries."""
    parts = [_("{receiver} gửi {unit}.").format(receiver=head.receiver.name, unit=head.unit.name)]
    if head.about:
        said = _("Về báo cáo {period}, {revision}, mã nội dung {digest}.")
        parts.append(
            said.format(
                period=head.period_words,
                revision=revision_word(head.revision),
                digest=short_digest(head.about),
            )
        )
    elif head.period:
        parts.append(_("Về kỳ {period}.").format(period=head.period_words))
    return " ".join(parts)


def meaning(letter: Letter) -> str:
    """What the letter says, and what to do about it."""
    match letter.head.kind:
        case LetterKind.RECEIPT:
            return _("Cấp trên đã nhận báo cáo. So mã nội dung trên với mã in ở chân trang bản giấy.")
        case LetterKind.CORRECTION:
            said = _("Cấp trên đề nghị xem lại {count} điểm. Trả lời từng câu hỏi rồi xuất và gửi bổ sung.")
            return said.format(count=len(letter.questions))
        case LetterKind.ACCEPTANCE:
            return _("Cấp trên đã chấp nhận báo cáo. Từ nay chỉ lập bổ sung khi cấp trên đề nghị.")
        case LetterKind.TOTALS:
            return _("Số liệu tổng hợp của cấp trên tại ngày lập phiếu, đặt cạnh số liệu của đơn vị.")
        case LetterKind.TEMPLATE:
            return _(
                "Cấp trên gửi mẫu báo cáo “{name}”. Thêm mẫu vào chương trình để lập báo cáo theo mẫu này."
            ).format(name=letter.text)


def was_read(read: WasRead) -> str:
    """What the receiver read of the package."""
    said = _(
        "Nhận ngày {day}: đọc được {figures} số liệu, {texts} nội dung, {rows} dòng bảng; rà soát thấy {errors} lỗi, "
        "{warnings} cảnh báo, {missing} chỗ còn thiếu."
    )
    return said.format(
        day=format_date(read.came),
        figures=read.figures,
        texts=read.texts,
        rows=read.rows,
        errors=read.errors,
        warnings=read.warnings,
        missing=read.missing,
    )


def question_line(question: Question, form: Form | None) -> str:
    """A question with its place and the words it quotes."""
    known = form is not None and question.key.partition("/")[0] in form.item_of
    where = (
        f"{form.place_of(question.key)}, {label_at(form, question.key)}" if form and known else question.key
    )
    line = f"{question.id}. {where or _('Cả báo cáo')}: {question.text}"
    return f"{line} (“{question.quote}”)" if question.quote else line


def lines(letter: Letter, form: Form | None) -> Iterator[str]:
    """The whole letter for people; ``form`` is of the report it is about."""
    yield title(letter.head)
    yield about(letter.head)
    yield meaning(letter)
    if letter.read is not None:
        yield was_read(letter.read)
    if letter.text and letter.head.kind is not LetterKind.TEMPLATE:
        yield letter.text
    for question in letter.questions:
        yield question_line(question, form)

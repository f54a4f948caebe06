"""How long texts may be, so that the package that carries them can be sent by mail."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from dcs_desktop.core.form import Form
from dcs_desktop.core.report import Answers
from dcs_desktop.core.trouble import Finding, Severity
from dcs_desktop.core.values import shown_number
from dcs_desktop.i18n import _

# In letters: one narrative, and all of a report. A package takes 2.000.000 and 8 MB, and is refused beyond.
LONGEST_TEXT: Final = 1_000_000
LONGEST_IN_ALL: Final = 2_500_000


def length_findings(form: Form, answers: Answers) -> Iterator[Finding]:
    """The narratives that are too long to be sent; nothing of them is cut."""
    lengths = {id: len(answers.prose(id)) for id in form.items}
    for id, length in lengths.items():
        if length > LONGEST_TEXT:
            message = _(
                "Mục {place}: nội dung dài {length} chữ cái, quá {most} nên gói báo cáo sẽ không gửi được. "
                "Đề nghị rút gọn, hoặc gửi phần dài thành một tệp riêng."
            )
            text = message.format(place=id, length=_count(length), most=_count(LONGEST_TEXT))
            yield Finding("too_long", Severity.ERROR, (id,), text)
    in_all, longest = sum(lengths.values()), max(lengths, key=lambda id: lengths[id], default="")
    if in_all > LONGEST_IN_ALL:
        message = _(
            "Nội dung của cả báo cáo dài {length} chữ cái, quá {most} nên gói báo cáo sẽ không gửi được. "
            "Đề nghị rút gọn, trước hết ở mục {place}."
        )
        text = message.format(place=longest, length=_count(in_all), most=_count(LONGEST_IN_ALL))
        yield Finding("too_long_in_all", Severity.ERROR, (longest,), text)


def _count(number: int) -> str:
    return shown_number(Decimal(number))

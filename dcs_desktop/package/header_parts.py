"""What the header of a package says beside the answers: own additions, marks of what was taken over, drafts."""

from __future__ import annotations

from collections.abc import Mapping

from dcs_desktop.core.form import Form
from dcs_desktop.core.own import KEY, MOST, addition, extended
from dcs_desktop.core.report import Row
from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.package.faults import PackageFault, Unreadable
from dcs_desktop.package.manifest import NAME, Header, SafetyHeader


def with_own(head: Header, form: Form) -> Form:
    """The form with the unit's own additions. Raises Unreadable for those this program could not have written."""
    for key, said in head.own.items():
        try:
            right = (
                KEY.fullmatch(key) and addition(form, said.section, said.kind, said.label, said.unit) == said
            )
        except Refusal:
            right = False
        if not right or len(head.own) > MOST:
            text = _("“{entry}”: {what}. Không có gì được nhập; đề nghị đơn vị xuất và gửi lại gói.")
            what = _("nội dung riêng “{key}” không đúng").format(key=key[:80])
            raise Unreadable(PackageFault("altered", text.format(entry=NAME, what=what), NAME))
    return extended(form, head.own)


def carried(head: Header, form: Form) -> dict[str, str]:
    """What the unit took over from an earlier report and did not look at; keys of nothing here are left out."""
    return {key: period[:20] for key, period in head.carried.items() if key in form.item_of}


def drafts(head: Header, form: Form, rows: Mapping[str, tuple[Row, ...]]) -> dict[str, str]:
    """What was typed and is no value yet, which only a safety copy carries, where there still is a field for it."""
    if not isinstance(head, SafetyHeader):
        return {}
    cells = {f"{table}/{row.id}" for table, found in rows.items() for row in found}
    places = {key: key.rpartition("/")[0] for key in head.drafts}
    there = {key for key, row in places.items() if row in cells or (not row and key in form.fields)}
    return {key: nfc(typed) for key, typed in head.drafts.items() if key in there}

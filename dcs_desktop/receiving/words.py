"""Verdicts and states in sentences that say what to do."""

from __future__ import annotations

from dcs_desktop.core import fingerprint
from dcs_desktop.core.report import Identity
from dcs_desktop.core.setup import Setup
from dcs_desktop.i18n import _
from dcs_desktop.receiving.desk import UnitStatus
from dcs_desktop.store import Received


def state_word(unit: UnitStatus) -> str:
    """The state of a unit in words."""
    words = {
        "not_received": _("chưa nhận"),
        "received": _("đã nhận"),
        "with_errors": _("có lỗi"),
        "correction_requested": _("đã đề nghị chỉnh sửa"),
        "accepted": _("đã chấp nhận"),
    }
    word = words[unit.state]
    return _("{state}, quá hạn").format(state=word) if unit.late else word


def verdict_word(verdict: str) -> str:
    """The verdict of an import in a few words."""
    words = {
        "accepted": _("Đã nhận"),
        "accepted_with_warnings": _("Đã nhận, có cảnh báo"),
        "already_here": _("Đã có từ trước"),
        "superseded": _("Đã có bản mới hơn"),
        "waiting": _("Chờ bản chính thức"),
        "revision_gap": _("Thiếu lần bổ sung trước"),
        "conflict": _("Trùng lần nhưng khác nội dung"),
        "wrong_receiver": _("Gửi nhầm nơi nhận"),
        "unexpected_unit": _("Đơn vị ngoài danh sách"),
        "training_mismatch": _("Lẫn dữ liệu tập huấn"),
        "template_newer": _("Mẫu mới hơn chương trình"),
        "template_unknown": _("Mẫu chưa biết"),
        "damaged": _("Tệp hỏng"),
        "altered": _("Nội dung đã bị sửa"),
        "forged": _("Chữ ký không đúng"),
        "unknown_key": _("Khóa ký chưa biết"),
        "hostile": _("Tệp nguy hiểm, đã từ chối"),
        "not_a_package": _("Không phải gói báo cáo"),
        "letter": _("Phiếu, không phải gói báo cáo"),
        "safety_copy": _("Bản an toàn, không phải gói gửi"),
        "own_files": _("Tệp của chương trình, bỏ qua"),
    }
    return words.get(verdict, verdict)


def sentence(word: str, identity: Identity, setup: Setup, one: Received) -> str:
    """What a verdict means for this package, and what to do."""
    text = _sentence(word, one)
    if one.keys == ("",) and word in ("accepted", "accepted_with_warnings"):
        text += " " + _("Gói chưa ký số (lập bằng bản chương trình cũ).")
    return text.format(
        revision=revision_word(identity.revision),
        unit=identity.unit.name or identity.unit.identity,
        period=identity.period.words,
        receiver=identity.receiver.name or identity.receiver.identity,
        own=setup.unit.name,
        template=identity.template,
        errors=one.errors,
        missing=one.missing,
        words=key_words(one.keys[0]),
    )


def _sentence(word: str, one: Received) -> str:
    words = {
        "unknown_key": _stranger(one),
        "accepted": _("Đã nhận {revision} của {unit}, {period}."),
        "accepted_with_warnings": _(
            "Đã nhận {revision} của {unit}, {period}; còn {errors} lỗi, {missing} mục thiếu. "
            "Đề nghị xem lại với đơn vị."
        ),
        "already_here": _("Gói này của {unit} đã nhận trước đây; không có gì thay đổi."),
        "superseded": _("Đã có bản bổ sung mới hơn {revision} này của {unit}; bản này được giữ để so sánh."),
        "waiting": _(
            "Đây là {revision} của {unit} nhưng chưa có bản chính thức. Đề nghị đơn vị gửi bản chính thức."
        ),
        "revision_gap": _(
            "Đây là {revision} của {unit} nhưng thiếu một lần bổ sung trước đó. Đề nghị đơn vị gửi lần còn thiếu."
        ),
        "conflict": _(
            "{unit} có hai gói khác nội dung cho cùng một lần ({revision}). Không gói nào được ghi đè, cả hai chưa "
            "được tính; đề nghị hỏi lại đơn vị."
        ),
        "wrong_receiver": _(
            "Gói của {unit} gửi cho {receiver}, không phải cho {own}. Đề nghị chuyển đúng nơi nhận."
        ),
        "unexpected_unit": _(
            "{unit} không có trong danh sách đơn vị báo cáo về đây. Thêm đơn vị vào danh sách nếu cần tổng hợp."
        ),
        "training_mismatch": _(
            "Gói tập huấn không nhận vào dữ liệu thật và ngược lại ({unit}). Hãy dùng đúng tệp dữ liệu."
        ),
        "template_newer": _(
            "Gói của {unit} dùng mẫu {template} mới hơn chương trình này. Gói được giữ lại để xem; cập nhật chương "
            "trình để tổng hợp."
        ),
        "template_unknown": _(
            "Gói của {unit} dùng mẫu {template} mà chương trình không biết. Gói được giữ riêng và không được tổng hợp."
        ),
    }
    return words[word]


def _stranger(one: Received) -> str:
    """Why a package is held for its key, and what to do."""
    if one.entered:
        return _(
            "Gói của {unit} ghi là nhập thay tại đơn vị nhận báo cáo nhưng không phải do máy ở đây lập, nên chưa được tính. "
            "Đề nghị đơn vị gửi gói của mình."
        )
    if not one.keys[0]:
        return _(
            "Gói này của {unit} không ký số, trong khi đơn vị đã gửi gói có ký. Gói được giữ, chưa được tính. Hãy gọi "
            "điện hỏi đơn vị; đúng là của đơn vị thì xác nhận trong mục Khóa ký."
        )
    return _(
        "Gói của {unit} ký bằng khóa khác với khóa đã biết: “{words}”. Gói được giữ, chưa được tính. Hãy gọi điện để đơn "
        "vị đọc 8 từ trong mục Khóa ký của họ; khớp thì xác nhận."
    )


def key_words(key: str) -> str:
    """A public key as it is read aloud, "" for none."""
    return fingerprint.words(fingerprint.fingerprint(key)) if key else ""


def revision_word(revision: int) -> str:
    """The original, or which amendment."""
    return _("bản bổ sung lần {number}").format(number=revision) if revision else _("bản chính thức")

"""The closed lists of the receiving desk in words, each with the shape of its state."""

from __future__ import annotations

from dcs_desktop.i18n import _


def verdict_words(verdict: str) -> tuple[str, str]:
    """The state (of look.STATE_ICONS) and the word for the verdict of an import."""
    words = {
        "accepted": ("complete", _("Đã nhận")),
        "accepted_with_warnings": ("warning", _("Đã nhận, có cảnh báo")),
        "already_here": ("complete", _("Đã có từ trước")),
        "superseded": ("warning", _("Đã có bản mới hơn")),
        "waiting": ("partly", _("Chờ bản chính thức")),
        "revision_gap": ("partly", _("Thiếu lần bổ sung trước")),
        "conflict": ("error", _("Trùng lần nhưng khác nội dung")),
        "wrong_receiver": ("error", _("Gửi nhầm nơi nhận")),
        "unexpected_unit": ("warning", _("Đơn vị ngoài danh sách")),
        "training_mismatch": ("error", _("Lẫn dữ liệu tập huấn")),
        "template_newer": ("partly", _("Mẫu mới hơn chương trình")),
        "template_unknown": ("partly", _("Mẫu chưa biết")),
        "damaged": ("error", _("Tệp hỏng")),
        "altered": ("error", _("Nội dung đã bị sửa")),
        "forged": ("error", _("Chữ ký không đúng")),
        "unknown_key": ("warning", _("Khóa ký chưa biết")),
        "hostile": ("error", _("Tệp nguy hiểm, đã từ chối")),
        "not_a_package": ("error", _("Không phải gói báo cáo")),
    }
    return words.get(verdict, ("error", verdict))


def filing_words(state: str) -> tuple[str, str]:
    """The state (of look.STATE_ICONS) and the word for where a unit's report stands."""
    words = {
        "not_received": ("empty", _("Chưa nhận")),
        "received": ("partly", _("Đã nhận")),
        "with_errors": ("error", _("Có lỗi")),
        "correction_requested": ("warning", _("Đã đề nghị chỉnh sửa")),
        "accepted": ("complete", _("Đã chấp nhận")),
    }
    return words.get(state, ("error", state))

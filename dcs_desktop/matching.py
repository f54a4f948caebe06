"""Whether a printed file belongs to a package: both carry the digest of the content."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dcs_desktop import package
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.files import reason
from dcs_desktop.i18n import _


@dataclass(frozen=True, slots=True)
class Match:
    """Whether they belong together, None when the file does not say; and the sentence for it."""

    belongs: bool | None
    sentence: str


def match(pdf: Path, digest: str | None) -> Match:
    """Hold a printed file against the content digest of a package. Raises Refusal: it is no PDF, or cannot be read."""
    printed = package.printed_digest(_pdf(pdf))
    if printed is None or digest is None:
        line = _("Bản in {file} không cho biết là của gói nào: hãy dùng đúng tệp PDF do chương trình in ra.")
        return Match(None, line.format(file=pdf.name))
    if printed == digest:
        return Match(True, _("Bản in {file} đúng là của gói này.").format(file=pdf.name))
    line = _(
        "Bản in {file} không phải của gói này: nội dung hai bên khác nhau. Đề nghị đơn vị gửi lại đúng cặp tệp."
    )
    return Match(False, line.format(file=pdf.name))


def _pdf(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        message = _("Không đọc được tệp {file}: {reason}. Hãy kiểm tra lại đường dẫn.")
        raise Refusal(message.format(file=path, reason=reason(error))) from error
    if not data.startswith(b"%PDF-"):
        raise Refusal(_("Tệp {file} không phải là tệp PDF. Hãy chọn bản in PDF.").format(file=path))
    return data

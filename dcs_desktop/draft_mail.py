"""The letter with which a package leaves: a draft mail, and a text for a chat message."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from dcs_desktop.core.report import Identity
from dcs_desktop.core.text import one_line
from dcs_desktop.i18n import _


def subject(identity: Identity) -> str:
    """What the letter is about, as one line."""
    if identity.revision:
        line = _("Báo cáo thực hiện dân chủ ở cơ sở {period}, bổ sung lần {number} – {unit}")
    else:
        line = _("Báo cáo thực hiện dân chủ ở cơ sở {period} – {unit}")
    said = line.format(period=identity.period.words, number=identity.revision, unit=identity.unit.name)
    return _("[TẬP HUẤN] {subject}").format(subject=said) if identity.training else said


def words(identity: Identity, file_name: str, digest: str) -> str:
    """The text of the letter; the digest lets the receiver compare paper and file."""
    text = _(
        "Kính gửi {receiver},\n\n{unit} gửi {subject} trong tệp đính kèm {file}.\n"
        "Tệp này mở bằng chương trình DCS Desktop: kéo và thả vào cửa sổ chương trình.\n"
        "Mã nội dung: {digest}\n\nTrân trọng./."
    )
    return text.format(
        receiver=identity.receiver.name or _("cấp trên"),
        unit=identity.unit.name,
        subject=_named(identity),
        file=file_name,
        digest=short_digest(digest),
    )


def _named(identity: Identity) -> str:
    """The report within a sentence."""
    if identity.revision:
        said = _("bổ sung lần {number} của báo cáo thực hiện dân chủ ở cơ sở {period}")
    else:
        said = _("báo cáo thực hiện dân chủ ở cơ sở {period}")
    return said.format(number=identity.revision, period=identity.period.words)


def short_digest(digest: str) -> str:
    """The first 16 digits of a digest in groups of four, as the paper shows them.

    >>> short_digest("0123456789abcdef00")
    '0123 4567 89ab cdef'
    """
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))


def draft(identity: Identity, package: Path, digest: str, to: str = "") -> bytes:
    """An unsent mail (.eml) with the package attached, which mail programs open as a draft. Raises OSError."""
    letter = EmailMessage(policy=SMTP)
    letter["Subject"] = one_line(subject(identity))
    if to:
        letter["To"] = one_line(to)
    letter["X-Unsent"] = "1"
    letter.set_content(words(identity, package.name, digest))
    letter.add_attachment(package.read_bytes(), maintype="application", subtype="zip", filename=package.name)
    return letter.as_bytes()


def reminder(subject: str, text: str, addresses: str) -> bytes:
    """An unsent mail that reminds those at ``addresses``, parted by semicolons; none sees the others."""
    letter = EmailMessage(policy=SMTP)
    letter["Subject"] = one_line(subject)
    if addresses:
        letter["Bcc"] = one_line(addresses).replace(";", ",")
    letter["X-Unsent"] = "1"
    letter.set_content(text)
    return letter.as_bytes()

"""What SQLite and the disk complain of, as a sentence that names the file and the remedy."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from dcs_desktop.files import reason
from dcs_desktop.i18n import _
from dcs_desktop.store.connecting import OtherFile
from dcs_desktop.store.foreign import Foreign


def sentence_of(error: sqlite3.Error | OSError, path: Path) -> str:
    """Why the file could not be read or written, and what to do."""
    if isinstance(error, OSError):
        return _sentence_of_system(error, path)
    if isinstance(error, OtherFile):
        return _other_file().format(file=path)
    if isinstance(error, Foreign):
        return _foreign().format(file=path)
    name = getattr(error, "sqlite_errorname", "") or ""
    for begins, sentence in _sentences().items():
        if name.startswith(begins):
            return sentence.format(file=path, name=path.name, folder=path.parent)
    if "decode" in str(error):
        return damaged().format(file=path)
    message = _("Không ghi được vào tệp dữ liệu {file} ({reason}). Những gì đã lưu vẫn còn; hãy thử lại.")
    return message.format(file=path, reason=error)


def _sentences() -> dict[str, str]:
    return {
        "SQLITE_FULL": _(
            "Ổ đĩa đã đầy nên chưa lưu được; những gì vừa nhập vẫn ở trên màn hình. Hãy xóa bớt tệp khác. Tệp dữ liệu: {file}."
        ),
        "SQLITE_READONLY_DBMOVED": _(
            "USB hoặc ổ đĩa có {name} đã bị rút. Hãy cắm lại: những gì vừa nhập còn trên màn hình và sẽ tự lưu."
        ),
        "SQLITE_READONLY": _(
            "Tệp dữ liệu {file} hoặc thư mục chứa nó không cho ghi. Hãy cấp quyền ghi rồi thử lại."
        ),
        "SQLITE_CANTOPEN": _(
            "Không mở được tệp dữ liệu {file}. Kiểm tra xem ổ đĩa hoặc USB còn cắm và thư mục có cho ghi không."
        ),
        "SQLITE_IOERR": _("Ổ đĩa báo lỗi khi ghi vào {file}. Kiểm tra ổ đĩa hoặc USB rồi thử lại."),
        "SQLITE_BUSY": _(
            "Tệp dữ liệu {file} đang bị chương trình khác giữ. Hãy đóng chương trình đó rồi thử lại."
        ),
        "SQLITE_LOCKED": _(
            "Tệp dữ liệu {file} đang bị chương trình khác giữ. Hãy đóng chương trình đó rồi thử lại."
        ),
        "SQLITE_CORRUPT": damaged(),
        "SQLITE_NOTADB": damaged(),
        "SQLITE_ERROR": damaged(),  # a column of ours that is not there
        "SQLITE_TOOBIG": damaged(),
        "SQLITE_INTERRUPT": damaged(),
    }


def trouble(name: str) -> sqlite3.Error:
    """An error as SQLite itself raises it."""
    error = sqlite3.OperationalError(name)
    error.sqlite_errorname = name
    return error


def _other_file() -> str:
    return _(
        "Tệp dữ liệu {file} không còn như lúc đang mở (USB khác, hoặc máy khác đã ghi vào), nên không lưu vào đó. Hãy chép "
        "những gì vừa nhập ra chỗ khác, rồi đóng và mở lại tệp."
    )


def _foreign() -> str:
    return _(
        "Tệp {file} có phần mà chương trình này không bao giờ tạo ra, có thể do người khác cài vào, nên không được mở. Tệp "
        "được giữ nguyên. Hãy mở bản sao lưu do chính máy này tạo."
    )


def damaged() -> str:
    """The sentence on a damaged file."""
    return _(
        "Tệp dữ liệu {file} bị hỏng. Tệp được giữ nguyên, không bị ghi đè. Hãy mở bản sao lưu gần nhất, hoặc chọn một "
        "tệp dữ liệu khác."
    )


def _sentence_of_system(error: OSError, path: Path) -> str:
    if error.errno == errno.ENOSPC:
        return _sentences()["SQLITE_FULL"].format(file=path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _sentences()["SQLITE_READONLY"].format(file=path)
    message = _("Không mở được tệp dữ liệu {file} ({reason}). Kiểm tra lại đường dẫn và ổ đĩa.")
    return message.format(file=path, reason=reason(error))

"""This installation's own signing key: made once, kept in a file that only the user can read, moved behind a password.

The key never leaves the machine unlocked. ``lock`` puts it under a password (Argon2id, XSalsa20-Poly1305 of libsodium)
into the data file, so that it goes along with every copy and backup of it; ``unlock`` takes it out on another machine.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from dcs_desktop import files
from dcs_desktop.core.fingerprint import fingerprint
from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.trust import OURS
from dcs_desktop.i18n import _
from dcs_desktop.package import SAMPLE, Key
from dcs_desktop.paths import data_dir
from dcs_desktop.store import DataFile

NAME: Final = "signing-key.json"
SHORTEST_PASSWORD: Final = 8
# What a guess at the password costs: passes, bytes of memory.
PASSES, MEMORY = 3, 128 * 2**20
LARGEST: Final = 10_000
Hex = Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{2})+$", max_length=200)]


class _Kept(msgspec.Struct, frozen=True):
    """The key file; ``check`` tells a damaged one."""

    algorithm: Literal["ed25519"]
    made: str
    seed: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    check: str


class _Locked(msgspec.Struct, frozen=True):
    """The key under a password, as the data file keeps it."""

    algorithm: Literal["ed25519"]
    key: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    salt: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
    passes: Annotated[int, msgspec.Meta(ge=1, le=20)]
    memory: Annotated[int, msgspec.Meta(ge=2**23, le=2**30)]
    box: Hex


@dataclass(frozen=True, slots=True)
class OwnKey:
    """The key of this machine and the day it was made here."""

    key: Key
    made: str

    @property
    def fingerprint(self) -> str:
        """Its fingerprint, 16 hex digits."""
        return fingerprint(self.key.public)


def key_file() -> Path:
    """Where the key of this machine lies; it need not be there yet."""
    return data_dir() / NAME


def own_key() -> OwnKey:
    """The key of this machine; made and kept where there is none.

    Raises Refusal: the file is damaged, or cannot be read or written. A damaged one is never replaced by itself.
    """
    path = key_file()
    try:
        if not path.exists():
            _make(path)
        data = files.step(path.read_bytes)
    except OSError as error:
        raise _unreachable(path, error) from error
    return _read(path, data)


def new_key() -> OwnKey:
    """Another key for this machine, in place of a damaged or lost one, which stays beside. Raises Refusal."""
    return _put(Key(os.urandom(32)))


def _make(path: Path) -> None:
    """Make the first key, once where several programs start together. Raises OSError."""
    files.make_folder(path.parent)
    held = files.lock(path)
    if held is None:
        for _try in range(100):
            files.pause(0.05)
            if path.exists():
                return
        raise FileNotFoundError(2, "the key was not made", str(path))
    try:
        if not path.exists():
            _write(path, Key(os.urandom(32)))
    finally:
        held.release()


def _put(key: Key) -> OwnKey:
    path = key_file()
    try:
        files.make_folder(path.parent)
        if path.exists():
            files.replace(path, _aside(path))
        _write(path, key)
    except OSError as error:
        raise _unreachable(path, error) from error
    return own_key()


def _aside(path: Path) -> Path:
    numbered = (path.with_name(f"{path.stem}.{number}{path.suffix}") for number in range(1, 10_000))
    return next(place for place in numbered if not place.exists())


def _write(path: Path, key: Key) -> None:
    made = datetime.now(UTC).date().isoformat()
    seed = key.seed.hex()
    kept = _Kept("ed25519", made, seed, _check(made, seed))
    data = msgspec.json.format(msgspec.json.encode(kept, order="deterministic"), indent=1)
    files.write_beside_then_replace(path, data, private=True)


def _check(made: str, seed: str) -> str:
    return hashlib.blake2b(f"{made} {seed}".encode(), digest_size=8).hexdigest()


def _read(path: Path, data: bytes) -> OwnKey:
    try:
        kept = msgspec.json.decode(data, type=_Kept) if len(data) <= LARGEST else None
    except (msgspec.DecodeError, ValueError, RecursionError):
        kept = None
    if kept is None or kept.check != _check(kept.made, kept.seed):
        text = _(
            "Tệp khóa ký {file} bị hỏng, nên chưa ký được gói báo cáo. Hãy lấy lại khóa bằng mật khẩu, hoặc lập khóa mới "
            "trong mục Khóa ký; tệp hỏng được giữ lại."
        )
        raise Refusal(text.format(file=path))
    return OwnKey(Key(bytes.fromhex(kept.seed)), kept.made)


def _unreachable(path: Path, error: OSError) -> Refusal:
    text = _(
        "Không đọc hoặc ghi được tệp khóa ký {file}: {reason}. Hãy cho phép ghi vào thư mục này rồi thử lại."
    )
    return Refusal(text.format(file=path, reason=files.reason(error)))


# What leaves a data file


def key_for(file: DataFile, now: datetime, *, training: bool) -> Key:
    """The key that signs what leaves a data file, noted there as its own. Raises Refusal."""
    key = SAMPLE if training else own_key().key
    note_own(file, key, now)
    return key


def note_own(file: DataFile, key: Key, now: datetime) -> None:
    """Have the data file know that it signs with a key. Raises Refusal."""
    said = file.decisions().get(OURS, ())
    own = fingerprint(key.public)
    if not said or said[-1].key != own:
        file.decide(OURS, own, trusted=True, at=now)


def earlier_key(file: DataFile, own: OwnKey) -> str | None:
    """The fingerprint of the key that a data file last signed with where it is not this machine's, else None."""
    sample = fingerprint(SAMPLE.public)
    said = [one.key for one in file.decisions().get(OURS, ()) if one.key not in ("", sample)]
    return said[-1] if said and said[-1] != own.fingerprint else None


# Under a password


def lock(file: DataFile, key: Key, password: str) -> None:
    """Put a key into a data file under a password. Raises Refusal: the password is too short, the file cannot be written."""
    if len(password) < SHORTEST_PASSWORD:
        text = _("Mật khẩu phải có ít nhất {least} ký tự. Hãy đặt mật khẩu dài hơn và ghi nhớ.")
        raise Refusal(text.format(least=SHORTEST_PASSWORD))
    from nacl.secret import SecretBox

    salt = os.urandom(16)
    box = SecretBox(_stretched(password, salt, PASSES, MEMORY)).encrypt(key.seed)
    kept = _Locked("ed25519", key.public, salt.hex(), PASSES, MEMORY, bytes(box).hex())
    file.keep_locked_key(msgspec.json.encode(kept, order="deterministic").decode())


def locked_fingerprint(file: DataFile) -> str | None:
    """The fingerprint of the key that a data file keeps under a password; None where it keeps none. Raises Refusal."""
    content = file.locked_key()
    return None if content is None else fingerprint(_locked(content).key)


def unlock(file: DataFile, password: str) -> OwnKey:
    """Make the key that a data file keeps under a password this machine's; the one before stays beside.

    Raises Refusal: there is none, the password is wrong.
    """
    content = file.locked_key()
    if content is None:
        raise Refusal(
            _("Tệp dữ liệu này không giữ khóa ký có mật khẩu. Hãy đặt mật khẩu cho khóa ở máy cũ trước.")
        )
    kept = _locked(content)
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    stretched = _stretched(password, bytes.fromhex(kept.salt), kept.passes, kept.memory)
    try:
        key = Key(SecretBox(stretched).decrypt(bytes.fromhex(kept.box)))
        right = len(key.seed) == 32 and key.public == kept.key
    except (CryptoError, ValueError, TypeError):
        right = False
    if not right:
        raise Refusal(_("Mật khẩu không đúng. Hãy kiểm tra bộ gõ và phím Caps Lock rồi gõ lại."))
    return own_key() if _is_own(key) else _put(key)


def _is_own(key: Key) -> bool:
    try:
        return key_file().exists() and own_key().key == key
    except Refusal:
        return False


def _locked(content: str) -> _Locked:
    try:
        return msgspec.json.decode(content, type=_Locked)
    except (msgspec.DecodeError, ValueError) as error:
        text = _(
            "Khóa ký có mật khẩu trong tệp dữ liệu không đọc được. Hãy lập khóa mới và báo cho nơi nhận."
        )
        raise Refusal(text) from error


def _stretched(password: str, salt: bytes, passes: int, memory: int) -> bytes:
    from nacl.pwhash import argon2id

    made: bytes = argon2id.kdf(32, nfc(password).encode(), salt, opslimit=passes, memlimit=memory)
    return made

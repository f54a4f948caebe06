"""Ed25519 over datapackage.json, which names the digest of every other file: a signature of packages and letters alike.

    signature.json   {"algorithm": "ed25519", "key": 64 hex digits, "signature": 128 hex digits}

It is not listed in datapackage.json. Signed is a line that says what it is for, then the bytes of datapackage.json.
What a signature proves here and what it does not: docs/signatures.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Final, Literal

import msgspec

from dcs_desktop.i18n import _
from dcs_desktop.package.faults import PackageFault, Unreadable
from dcs_desktop.package.manifest import NAME

SIGNATURE: Final = "signature.json"
LARGEST: Final = 1_000
FOR: Final = b"DCS Desktop: datapackage.json\n"
Hex64 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Hex128 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{128}$")]


class _Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    algorithm: Literal["ed25519"]
    key: Hex64
    signature: Hex128


@dataclass(frozen=True, slots=True)
class Key:
    """A signing key; ``seed`` are its 32 secret bytes."""

    seed: bytes = field(repr=False)

    @property
    def public(self) -> str:
        """The public half, 64 hex digits."""
        from nacl.bindings import crypto_sign_seed_keypair

        public: bytes = crypto_sign_seed_keypair(self.seed)[0]
        return public.hex()

    def signature(self, manifest: bytes) -> bytes:
        """The entry ``signature.json`` over a datapackage.json; the same key and bytes give the same."""
        from nacl.bindings import crypto_sign, crypto_sign_seed_keypair

        public, secret = crypto_sign_seed_keypair(self.seed)
        made: bytes = crypto_sign(FOR + manifest, secret)[:64]
        said = _Signature("ed25519", public.hex(), made.hex())
        return msgspec.json.format(msgspec.json.encode(said, order="deterministic"), indent=1)


# The key of sample and training data, known to everybody, so that sample data is the same bytes everywhere.
SAMPLE: Final = Key(hashlib.sha256(b"DCS Desktop: sample key, known to everybody").digest())


def signed(entries: Mapping[str, bytes], key: Key | None) -> dict[str, bytes]:
    """The entries of a package or letter with their signature, which stands last."""
    if key is None:
        return dict(entries)
    return {**entries, SIGNATURE: key.signature(entries[NAME])}


def signer(entries: Mapping[str, bytes], *, training: bool) -> str:
    """The public key that signed these entries, "" where there is no signature.

    Raises Unreadable: the signature does not hold, or real data bears the sample key.
    """
    data = entries.get(SIGNATURE)
    if data is None:
        return ""
    try:
        said = msgspec.json.decode(data, type=_Signature) if len(data) <= LARGEST else None
    except (msgspec.DecodeError, ValueError, RecursionError):
        said = None
    if said is None or not _holds(said, entries[NAME]):
        raise Unreadable(_forged())
    if not training and said.key == sample_public():
        raise Unreadable(_sample())
    return said.key


@cache
def sample_public() -> str:
    """The public half of the sample key."""
    return SAMPLE.public


def _holds(said: _Signature, manifest: bytes) -> bool:
    from nacl.bindings import crypto_sign_open
    from nacl.exceptions import BadSignatureError

    try:
        crypto_sign_open(bytes.fromhex(said.signature) + FOR + manifest, bytes.fromhex(said.key))
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True


def _forged() -> PackageFault:
    text = _(
        "Chữ ký của tệp không đúng: nội dung đã bị sửa sau khi ký. Không dùng tệp này; đề nghị nơi lập xuất và gửi lại."
    )
    return PackageFault("forged", text, SIGNATURE)


def _sample() -> PackageFault:
    text = _(
        "Tệp mang số liệu thật nhưng ký bằng khóa mẫu mà ai cũng có. Không dùng tệp này; đề nghị nơi lập xuất và gửi lại."
    )
    return PackageFault("forged", text, SIGNATURE)

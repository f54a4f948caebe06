"""The verb about signing keys: this machine's, and those of the units whose packages and letters came."""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import datetime
from pathlib import Path

from dcs_desktop import keys, receiving
from dcs_desktop.cli.own import data_file
from dcs_desktop.cli.parser import Said
from dcs_desktop.cli.shown import Json
from dcs_desktop.core.fingerprint import heard, words
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.receiving import UnitKey

LARGEST_PASSWORD = 10_000


def key(args: argparse.Namespace) -> Said:
    """Do what is asked of keys. Raises Refusal."""
    return WHATS[args.what](args)


def show(args: argparse.Namespace) -> Said:
    """The key of this machine as it is read over the phone, and what a data file knows of its own."""
    own = keys.own_key()
    lines = [_("Khóa ký của máy này: {words}").format(words=words(own.fingerprint))]
    earlier = locked = None
    if args.data.exists():
        with data_file(args, read_only=True) as file:
            earlier, locked = keys.earlier_key(file, own), keys.locked_fingerprint(file)
    if earlier is not None:
        text = _(
            "Tệp dữ liệu đã ký bằng khóa khác: {words}. Lấy lại bằng lệnh key unlock, hoặc báo cho nơi nhận."
        )
        lines.append(text.format(words=words(earlier)))
    if locked == own.fingerprint:
        lines.append(_("Khóa này đã được cất trong tệp dữ liệu, có mật khẩu."))
    elif locked is not None:
        lines.append(_("Tệp dữ liệu cất khóa {words}, có mật khẩu.").format(words=words(locked)))
    data: Json = {"words": words(own.fingerprint), "key": own.key.public, "made": own.made}
    data |= {
        "file": str(keys.key_file()),
        "earlier": earlier and words(earlier),
        "locked": locked and words(locked),
    }
    return Said(data, lines)


def listed(args: argparse.Namespace) -> Said:
    """The keys of units, or of one."""
    with data_file(args, read_only=True) as file:
        found = receiving.unit_keys(file, receiving.named_unit(file, args.unit) if args.unit else "")
    lines = [f"{one.name} ({one.unit}): {one.words} – {one.standing}" for one in found]
    return Said([_json(one) for one in found], lines or [_("Chưa nhận gói hoặc phiếu nào.")])


def _json(one: UnitKey) -> Json:
    return {
        "unit": one.unit,
        "name": one.name,
        "words": one.words if one.key else None,
        "since": None if one.since is None else one.since.isoformat(),
        "count": one.count,
        "held": one.held,
        "in_force": one.in_force,
        "standing": one.standing,
    }


def confirm(args: argparse.Namespace) -> Said:
    """Say that a key is a unit's: what is held for it counts from now on, and its other keys no more."""
    line = _("Đã xác nhận khóa của {unit}: {words}. Gói ký bằng khóa này được tính từ nay.")
    return _decided(args, trusted=True, line=line)


def refuse(args: argparse.Namespace) -> Said:
    """Say that a key is not a unit's: nothing that bears it counts."""
    line = _("Đã từ chối khóa {words} của {unit}. Không gói nào ký bằng khóa này được tính.")
    return _decided(args, trusted=False, line=line)


def _decided(args: argparse.Namespace, *, trusted: bool, line: str) -> Said:
    if not args.unit or bool(args.words) == args.unsigned:
        raise Refusal(
            _("Lệnh key {what} cần --unit MÃ và --words “8 từ” hoặc --unsigned.").format(what=args.what)
        )
    with data_file(args) as file:
        unit = receiving.named_unit(file, args.unit)
        told = "" if args.unsigned else heard(args.words)  # one that never came is taken too: it may come yet
        file.decide(unit, told, trusted=trusted, at=datetime.now().astimezone())
    said = words(told) if told else _("không ký số")
    data = {"unit": unit, "words": said if told else None, "trusted": trusted}
    return Said(data, [line.format(unit=unit, words=said)])


def lock(args: argparse.Namespace) -> Said:
    """Put this machine's key into the data file, under a password."""
    with data_file(args) as file:
        keys.lock(file, keys.own_key().key, _password(args, again=True))
    line = _("Đã cất khóa ký vào tệp dữ liệu {file}, có mật khẩu. Ở máy mới, lấy ra bằng lệnh key unlock.")
    return Said({"locked": str(args.data)}, [line.format(file=args.data)])


def unlock(args: argparse.Namespace) -> Said:
    """Take the key out of the data file and make it this machine's."""
    with data_file(args, read_only=True) as file:
        own = keys.unlock(file, _password(args, again=False))
    line = _("Máy này ký bằng khóa đã cất: {words}")
    return Said({"words": words(own.fingerprint)}, [line.format(words=words(own.fingerprint))])


def new(_args: argparse.Namespace) -> Said:
    """Another key for this machine; the one before stays beside."""
    own = keys.new_key()
    line = _("Đã lập khóa mới: {words}. Nơi nhận sẽ gọi điện để xác nhận khóa này.")
    return Said({"words": words(own.fingerprint)}, [line.format(words=words(own.fingerprint))])


def _password(args: argparse.Namespace, *, again: bool) -> str:
    """The password: the first line of a file, or typed, twice where a new one is ``again`` asked for. Raises Refusal."""
    if args.password_file is not None:
        return _first_line(args.password_file)
    if not sys.stdin.isatty():
        raise Refusal(_("Hãy ghi mật khẩu vào dòng đầu của một tệp và thêm --password-file TỆP."))
    typed = getpass.getpass(_("Mật khẩu: "))
    if again and getpass.getpass(_("Gõ lại mật khẩu: ")) != typed:
        raise Refusal(_("Hai lần gõ mật khẩu không giống nhau. Hãy gõ lại."))
    return typed


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig") as file:
            return file.readline(LARGEST_PASSWORD).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(_("Không đọc được tệp mật khẩu {file}.").format(file=path)) from error


WHATS = {
    "show": show,
    "list": listed,
    "confirm": confirm,
    "refuse": refuse,
    "lock": lock,
    "unlock": unlock,
    "new": new,
}
VERBS = {"key": key}

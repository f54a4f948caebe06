"""What the bundle is made of: its bill of materials (CycloneDX), the licences of its parts, their texts beside it.

    python -m tools.bill            the table of docs/licences.md

Only licences that allow shipping with this program, whose own is MIT, are accepted: permissive ones, those that ask for
their own files alone (MPL), and the LGPL of Qt, whose libraries lie in the folder as files that anybody may replace.
"""

from __future__ import annotations

import ast
import hashlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).resolve().parent.parent
BILL, TEXTS = "sbom.cdx.json", "licences"
OWN: Final = "dcs-desktop"
ALLOWED: Final = frozenset({
    "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "PSF-2.0", "MIT-CMU", "MPL-2.0", "LGPL-3.0-only",
})  # fmt: skip
# Where a package tells its licence in words.
MEANT: Final = {"reportlab": "BSD-3-Clause"}
# Qt for Python comes without the texts of its licence.
ADDED: Final = dict.fromkeys(
    ("pyside6-addons", "pyside6-essentials", "shiboken6"), ("LGPL-3.0.txt", "GPL-3.0.txt")
)
LIBRARY: Final = re.compile(r"\.(so(\.[\d.]+)?|dll|dylib)$")
TEXT: Final = re.compile(r"(^|/)(licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One package that is shipped; ``licence`` is an SPDX expression, ``digests`` those of its files in the lock."""

    name: str
    version: str
    licence: str
    digests: tuple[str, ...]

    @property
    def accepted(self) -> bool:
        """Whether one of the licences it offers allows shipping."""
        return any(one.strip() in ALLOWED for one in self.licence.split(" OR "))


def parts() -> tuple[Part, ...]:
    """Every package that the program needs at run time, by name, as it is installed here."""
    found = sorted(_needed(OWN), key=_name)
    return tuple(_part(one) for one in found if _name(one) != OWN)


def _needed(name: str, seen: set[str] | None = None) -> Iterator[Distribution]:
    seen = set() if seen is None else seen
    one = distribution(name)
    if _name(one) in seen:
        return
    seen.add(_name(one))
    yield one
    for line in one.requires or ():
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
            yield from _needed(wanted.name, seen)


def _name(one: Distribution) -> str:
    return str(canonicalize_name(one.metadata["Name"]))


def _part(one: Distribution) -> Part:
    name, told = _name(one), one.metadata
    said = next((told[key] for key in ("License-Expression", "License") if key in told), "")
    return Part(name, one.version, MEANT.get(name, said), digests().get(f"{name}=={one.version}", ()))


def digests() -> dict[str, tuple[str, ...]]:
    """The sha256 of every file that the lock allows, by name==version."""
    text = (ROOT / "requirements.lock").read_text("utf-8").replace("\\\n", " ")
    lines = (line.split("--hash=sha256:") for line in text.splitlines() if "==" in line and line[0] != "#")
    return {first.partition(";")[0].strip(): tuple(map(str.strip, rest)) for first, *rest in lines}


def table() -> str:
    """The table of docs/licences.md."""
    rows = [f"| {one.name} | {one.version} | {one.licence} |" for one in parts()]
    return "\n".join(["| package | version | licence |", "| --- | --- | --- |", *rows]) + "\n"


def write(folder: Path) -> None:
    """Lay the bill and the texts of all licences into a built folder. Raises SystemExit for a licence not accepted."""
    shipped = parts()
    wrong = [f"{one.name}: {one.licence}" for one in shipped if not one.accepted]
    if wrong:
        raise SystemExit(f"bundle: these licences are not accepted: {', '.join(wrong)}")
    for one in shipped:
        _copy_texts(one.name, folder / TEXTS / one.name)
    (folder / BILL).write_text(bill(shipped, folder), "utf-8")


def _copy_texts(name: str, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for file in distribution(name).files or ():
        inside = file.parts[0].endswith(".dist-info")
        if inside and ("licenses" in file.parts or TEXT.search(file.as_posix())):
            data = Path(str(file.locate())).read_bytes()
            (target / file.name).write_bytes(data)
    for added in ADDED.get(name, ()):
        (target / added).write_bytes((ROOT / "resources" / "licences" / added).read_bytes())
    if not any(target.iterdir()):
        raise SystemExit(f"bundle: {name} comes without the text of its licence")


def bill(shipped: tuple[Part, ...], folder: Path) -> str:
    """The bill of materials as CycloneDX JSON, checked against its schema: packages, Python, and every library file."""
    from cyclonedx.model import HashAlgorithm, HashType
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.model.license import LicenseExpression
    from cyclonedx.output.json import JsonV1Dot6
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator
    from packageurl import PackageURL

    made = Bom(serial_number=uuid5(NAMESPACE_URL, f"{OWN} {distribution(OWN).version}"))
    whole = Component(
        name=OWN, version=distribution(OWN).version, type=ComponentType.APPLICATION, bom_ref=OWN
    )
    made.metadata.component = whole
    for one in shipped:
        made.components.add(
            Component(
                name=one.name,
                version=one.version,
                bom_ref=f"{one.name}=={one.version}",
                purl=PackageURL("pypi", name=one.name, version=one.version),
                licenses=[LicenseExpression(one.licence)],
            )
        )
    version = ".".join(map(str, sys.version_info[:3]))
    made.components.add(
        Component(name="cpython", version=version, bom_ref="cpython", licenses=[LicenseExpression("PSF-2.0")])
    )
    for path in sorted(folder.rglob("*")):
        if LIBRARY.search(path.name) and path.is_file() and not path.is_symlink():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            name = path.relative_to(folder).as_posix()
            made.components.add(
                Component(
                    name=name,
                    type=ComponentType.FILE,
                    bom_ref=name,
                    hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
                )
            )
    made.register_dependency(whole, made.components)
    text = JsonV1Dot6(made).output_as_string(indent=1)
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault is not None:
        raise SystemExit(f"bundle: the bill of materials is not right: {fault}")
    return text


def unlisted(contents: Path) -> set[str]:
    """The packages that modules of a bundle belong to and that the bill does not name; ``contents`` is PyInstaller's list."""
    modules = {entry[0].partition(".")[0] for entry in ast.literal_eval(contents.read_text("utf-8"))[1]}
    known = {one.name for one in parts()} | {OWN}
    owners = packages_distributions()
    found = {str(canonicalize_name(owner)) for module in modules for owner in owners.get(module, ())}
    return found - known


if __name__ == "__main__":
    print(table(), end="")

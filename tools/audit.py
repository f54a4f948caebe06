"""Holds the locked packages against published advisories, without a network.

    python -m tools.audit [ADVISORIES.zip]

The zip is the export of the Open Source Vulnerabilities database for PyPI, fetched on another machine: one JSON file an
advisory. Without it the lock is held against what is installed. Ends with 1 where anything is found.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from tools.bill import digests

Advisory = Mapping[str, Any]  # Any: JSON


def locked() -> dict[str, str]:
    """The version of each locked package."""
    return dict(one.split("==") for one in digests())


def differing(versions: Mapping[str, str]) -> list[str]:
    """What is installed here in another version than the lock says."""
    here = {str(canonicalize_name(one.metadata["Name"])): one.version for one in distributions()}
    return [
        f"{name}: {here[name]} is installed, {version} is locked"
        for name, version in sorted(versions.items())
        if name in here and here[name] != version
    ]


def hit(advisory: Advisory, versions: Mapping[str, str]) -> Iterator[str]:
    """The locked packages that an advisory is about, as name version: advisory."""
    if advisory.get("withdrawn"):
        return
    for affected in advisory.get("affected", ()):
        package = affected.get("package", {})
        name = str(canonicalize_name(package.get("name", "")))
        version = versions.get(name)
        if package.get("ecosystem") == "PyPI" and version is not None and _affects(affected, version):
            yield f"{name} {version}: {advisory.get('id')} {advisory.get('summary', '')}".strip()


def _affects(affected: Mapping[str, Any], version: str) -> bool:
    if version in affected.get("versions", ()):
        return True
    ranges = (one for one in affected.get("ranges", ()) if one.get("type") == "ECOSYSTEM")
    return any(_within(one.get("events", ()), Version(version)) for one in ranges)


def _within(events: Iterable[Mapping[str, str]], version: Version) -> bool:
    """Whether a version lies between where a fault came and where it was mended."""
    inside = False
    for event in events:
        try:
            if "introduced" in event and (
                event["introduced"] == "0" or version >= Version(event["introduced"])
            ):
                inside = True
            elif ("fixed" in event and version >= Version(event["fixed"])) or (
                "last_affected" in event and version > Version(event["last_affected"])
            ):
                inside = False
        except InvalidVersion:
            continue
    return inside


def advisories(path: Path) -> Iterator[Advisory]:
    """Every advisory of an export."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".json"):
                yield json.loads(archive.read(name))


def main(arguments: list[str]) -> int:
    """Say what was found."""
    versions = locked()
    found = differing(versions)
    looked_at = 0
    for path in map(Path, arguments):
        for advisory in advisories(path):
            looked_at += 1
            found += hit(advisory, versions)
    print(*sorted(set(found)), sep="\n", end="\n" if found else "")
    print(f"audit: {len(versions)} locked packages, {looked_at} advisories, {len(set(found))} found")
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

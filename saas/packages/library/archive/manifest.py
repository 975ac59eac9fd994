"""manifest.json: the checksum of every file, so that no file is altered, lost or slipped in.

It names neither day nor machine: the same content always has the same manifest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from saas.packages.faults import Fault
from saas.packages.library.archive.zips import Files

MANIFEST = "manifest.json"
_FORMAT = 1
_LIMIT = 256 * 1024
_CONTENT = ".yaml"


def digest_of(files: Files) -> str:
    """One checksum over the content of a package: its YAML files, by name."""
    sums = _sums(files)
    lines = "".join(f"{name}\0{sums[name]}\n" for name in sorted(sums))
    return hashlib.sha256(lines.encode()).hexdigest()


def manifest_of(files: Files, *, key: str, version: str) -> bytes:
    """The manifest of these files."""
    value = {
        "format": _FORMAT,
        "key": key,
        "version": version,
        "digest": digest_of(files),
        "files": _sums(files),
    }
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def check_manifest(files: Files) -> list[Fault]:
    """What does not agree with the manifest; nothing where there is none."""
    if MANIFEST not in files:
        return []
    told = _told(files[MANIFEST])
    if told is None:
        return [Fault(MANIFEST, "", "bad_manifest")]
    faults = list(_compared(told["files"], _sums(files)))
    if not faults and told["digest"] != digest_of(files):
        faults.append(Fault(MANIFEST, "digest", "altered"))
    return faults


def _compared(told: Mapping[str, str], sums: Mapping[str, str]) -> Iterator[Fault]:
    for name in sorted({*told, *sums}):
        if name not in sums:
            yield Fault(_short(name), "", "not_there")
        elif name not in told:
            yield Fault(name, "", "not_in_manifest")
        elif told[name] != sums[name]:
            yield Fault(name, "", "altered")


def _short(name: str) -> str:
    shown = "".join(sign for sign in name if sign.isprintable())[:120]
    return shown if "." in shown else f"{shown}."


def _sums(files: Files) -> dict[str, str]:
    return {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if name.endswith(_CONTENT)
    }


def _told(raw: bytes) -> dict[str, Any] | None:
    """The manifest as a mapping of the expected shape, else None."""
    try:
        value = json.loads(raw) if len(raw) <= _LIMIT else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or value.get("format") != _FORMAT:
        return None
    sums = value.get("files")
    if not isinstance(sums, dict) or not isinstance(value.get("digest"), str):
        return None
    return value if all(isinstance(each, str) for each in sums.values()) else None

"""Packs files into a zip that is the same every time, and unpacks one that anybody may have made.

Unpacking happens in memory and believes nothing that the archive says of itself: names are checked
before a byte is unpacked, sizes are counted while unpacking, and what is not a file of a package
is refused. Each refusal has a sentence of its own.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from saas.packages.faults import Fault

#: Content by name, without folders.
Files: TypeAlias = Mapping[str, bytes]

ARCHIVE_LIMIT = 4 * 1024 * 1024
ENTRIES_LIMIT = 100
FILE_LIMIT = 2 * 1024 * 1024
TOTAL_LIMIT = 8 * 1024 * 1024
_CHUNK = 64 * 1024
_ENDLESS = 1 << 40
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest time a zip can tell
_UNIX = 3
_NESTED = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\xfd7zXZ")
_NESTED_NAMES = (".zip", ".gz", ".tgz", ".7z", ".rar", ".tar", ".xz", ".bz2")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError,
           NotImplementedError)  # fmt: skip


def pack(files: Files) -> bytes:
    """The files as a zip. Same files, same bytes, on every machine and at every time.

    Nothing is compressed: compressors differ from machine to machine, and a package is small.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = _UNIX
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, files[name])
    return out.getvalue()


def unpack(raw: bytes, allowed: Collection[str]) -> tuple[dict[str, bytes], list[Fault]]:
    """The files of an archive by name, and what is wrong with it; with faults there are no files.

    ``allowed`` are the names that may be in it.
    """
    if len(raw) > ARCHIVE_LIMIT:
        return {}, [Fault("", "", "archive_too_big", {"limit": ARCHIVE_LIMIT})]
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            faults = _entries(archive.infolist(), allowed)
            return ({}, faults) if faults else _contents(archive)
    except _BROKEN:
        return {}, [Fault("", "", "not_a_zip")]


def _entries(found: list[zipfile.ZipInfo], allowed: Collection[str]) -> list[Fault]:
    """What can be told without unpacking."""
    if len(found) > ENTRIES_LIMIT:
        values = {"found": len(found), "limit": ENTRIES_LIMIT}
        return [Fault("", "", "too_many_entries", values)]
    faults, seen = list[Fault](), set[str]()
    for info in found:
        name, key = _readable(info.orig_filename), _first(_wrong(info, allowed))
        if key is None and name.casefold() in seen:
            key = "entry_twice"
        seen.add(name.casefold())
        if key is not None:
            faults.append(Fault(name, "", key, {"files": ", ".join(sorted(allowed))}))
    return faults


def _first(keys: Iterator[str]) -> str | None:
    return next(keys, None)


def _wrong(info: zipfile.ZipInfo, allowed: Collection[str]) -> Iterator[str]:
    """What is wrong with one entry, the gravest first."""
    name, mode = info.orig_filename, info.external_attr >> 16
    parts = name.split("/")
    if "\\" in name:
        yield "backslash"
    if name.startswith("/") or name[1:2] == ":":
        yield "absolute"
    if ".." in parts:
        yield "leaves_folder"
    if not name.isprintable() or not name:
        yield "odd_name"
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        yield "a_link"
    if info.flag_bits & 0x1:
        yield "encrypted"
    if name.lower().endswith(_NESTED_NAMES):
        yield "nested"
    if name not in allowed:
        yield "in_a_folder" if len(parts) > 1 and parts[-1] in {*allowed, ""} else "foreign"
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        yield "packing"


def _contents(archive: zipfile.ZipFile) -> tuple[dict[str, bytes], list[Fault]]:
    files: dict[str, bytes] = {}
    for info in archive.infolist():
        left = TOTAL_LIMIT - sum(map(len, files.values()))
        try:
            content = _read(archive, info, min(FILE_LIMIT, left))
        except _BROKEN:
            return {}, [Fault(info.filename, "", "damaged")]
        if content is None:
            return {}, [Fault(info.filename, "", "bomb", {"limit": min(FILE_LIMIT, left)})]
        if content.startswith(_NESTED):
            return {}, [Fault(info.filename, "", "nested")]
        files[info.filename] = content
    return files, []


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes | None:
    """The content of an entry, or None as soon as it is longer than ``limit``."""
    out = bytearray()
    info.file_size = _ENDLESS  # what the header says would only cut the counting short
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            out += chunk
            if len(out) > limit:
                return None
    return bytes(out)


def _readable(name: str) -> str:
    """A name as it can be shown: nothing that moves the cursor, not endless."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in name)[:120]

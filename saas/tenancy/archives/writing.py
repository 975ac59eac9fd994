"""Writing a district's archive, table by table in one snapshot, sealed as it is written."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import psycopg
import pyrage

from saas.tenancy.archives import content
from saas.tenancy.archives.content import Manifest, Part

Say = Callable[[str], None]
#: A table up to this size is kept in memory; a larger one lies in a file without a name meanwhile.
_IN_MEMORY = 64 * 1024 * 1024


def measure(owner: psycopg.Connection, schema: str, folder: Path) -> Manifest:
    """What an archive would hold now; nothing is written."""
    manifest = Manifest()
    _snapshot(owner)
    for table in content.tables():
        with _table(owner, schema, str(table.name), manifest):
            pass
    for name, path in content.files_in(folder):
        manifest.files[name] = Part(content.digest_of(path), path.stat().st_size)
    owner.rollback()
    return manifest


def write(
    owner: psycopg.Connection,
    schema: str,
    folder: Path,
    head: dict[str, Any],
    *,
    to: Path,
    recipient: str,
    say: Say,
) -> Manifest:
    """Write the archive of a district to ``to``, whole or not at all; it works on meanwhile."""
    fresh = to.with_name(f".{to.name}")
    try:
        with fresh.open("wb") as out, _sealing(out, recipient) as sealed:
            manifest = _pack(owner, schema, folder, head, sealed, say)
        fresh.replace(to)
    finally:
        fresh.unlink(missing_ok=True)
        owner.rollback()
    return manifest


def _snapshot(owner: psycopg.Connection) -> None:
    owner.rollback()
    owner.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _pack(
    owner: psycopg.Connection,
    schema: str,
    folder: Path,
    head: dict[str, Any],
    out: IO[bytes],
    say: Say,
) -> Manifest:
    manifest, tables = Manifest(), content.tables()
    _snapshot(owner)
    with (
        gzip.GzipFile(fileobj=out, mode="wb", compresslevel=3, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        _add(tar, content.HEAD, _json(head))
        for number, table in enumerate(tables, 1):
            with _table(owner, schema, str(table.name), manifest) as rows:
                _add(tar, content.TABLES + table.name, rows)
            part = manifest.tables[str(table.name)]
            say(f"{number}/{len(tables)}  {table.name}  {part.rows}")
        for name, path in content.files_in(folder):
            manifest.files[name] = Part(content.digest_of(path), path.stat().st_size)
            with path.open("rb") as opened:
                _add(tar, content.FILES + name, opened)
        _add(tar, content.MANIFEST, _json(manifest.as_json()))
    return manifest


def _json(value: dict[str, Any]) -> IO[bytes]:
    return io.BytesIO(json.dumps(value, ensure_ascii=False, sort_keys=True).encode())


def _add(tar: tarfile.TarFile, name: str, data: IO[bytes]) -> None:
    member = tarfile.TarInfo(name)  # without owner and time: the same content is the same bytes
    member.size = data.seek(0, os.SEEK_END)
    data.seek(0)
    tar.addfile(member, data)


def _table(
    owner: psycopg.Connection, schema: str, name: str, manifest: Manifest
) -> tempfile.SpooledTemporaryFile[bytes]:
    """Its rows, counted into the manifest."""
    table = next(one for one in content.tables() if one.name == name)
    rows: tempfile.SpooledTemporaryFile[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the caller closes it
    digest = hashlib.sha256()
    with owner.cursor() as cursor:
        with cursor.copy(content.copy_out(schema, table)) as copy:
            for chunk in copy:
                digest.update(chunk)
                rows.write(chunk)
        number = cursor.rowcount
    last = content.sequence_of(owner, schema, name)
    manifest.tables[name] = Part(digest.hexdigest(), rows.tell(), number, last)
    return rows


class _sealing:
    """What is written into it arrives sealed in ``out``: age reads the other end of a pipe."""

    def __init__(self, out: IO[bytes], recipient: str) -> None:
        self._out, self._to = out, pyrage.x25519.Recipient.from_str(recipient)
        self._broken: list[BaseException] = []

    def __enter__(self) -> IO[bytes]:
        reading, writing = os.pipe()
        self._pipe = os.fdopen(writing, "wb")
        self._thread = threading.Thread(target=self._seal, args=(os.fdopen(reading, "rb"),))
        self._thread.start()
        return self._pipe

    def _seal(self, source: IO[bytes]) -> None:
        with source:
            try:
                pyrage.encrypt_io(source, self._out, [self._to])
            except BaseException as error:  # noqa: BLE001 - raised where the archive is written
                self._broken.append(error)

    def __exit__(self, *_: object) -> None:
        with suppress(BrokenPipeError):  # the other end says why
            self._pipe.close()
        self._thread.join()
        if self._broken:
            raise self._broken[0]

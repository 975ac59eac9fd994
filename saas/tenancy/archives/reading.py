"""Bringing a district back out of its archive, checked to the byte before anybody sees it."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import tarfile
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

import psycopg
import pyrage
from psycopg import sql

from saas.tenancy.archives import content
from saas.tenancy.archives.content import Manifest, Part

Say = Callable[[str], None]
_CHUNK = 1024 * 1024
_LARGEST_HEAD = 64 * 1024 * 1024


class BadArchive(Exception):
    """The file cannot be used; the message says why."""


@contextmanager
def opened(file: Path, identity: str) -> Iterator[tarfile.TarFile]:
    """The members of an archive in order. Raises `BadArchive` for a wrong key or a damaged file."""
    try:
        key = pyrage.x25519.Identity.from_str(identity.strip())
    except pyrage.IdentityError as error:
        raise BadArchive("this is no secret key of age (AGE-SECRET-KEY-…)") from error
    broken: list[BaseException] = []
    reading, writing = os.pipe()

    def unseal() -> None:
        with file.open("rb") as source, os.fdopen(writing, "wb") as out:
            try:
                pyrage.decrypt_io(source, out, [key])
            except BaseException as error:  # noqa: BLE001 - raised where the archive is read
                broken.append(error)

    thread = threading.Thread(target=unseal)
    thread.start()
    try:
        with (
            os.fdopen(reading, "rb") as source,
            gzip.GzipFile(fileobj=source) as packed,
            tarfile.open(fileobj=packed, mode="r|") as tar,
        ):
            yield tar
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        thread.join()
        told = "the key does not open it" if broken else "it is damaged"
        raise BadArchive(f"{file.name} cannot be read: {told}") from error
    finally:
        thread.join()


def head_of(tar: tarfile.TarFile) -> dict[str, Any]:
    """Which district it is. Raises `BadArchive` for a file of another kind or a later product."""
    member = tar.next()
    if member is None or member.name != content.HEAD or member.size > _LARGEST_HEAD:
        raise BadArchive("this is no archive of a district")
    head: dict[str, Any] = json.loads(_data(tar, member).read())
    if head.get("format") != content.FORMAT:
        raise BadArchive("this archive was written by a later version of the product")
    return head


def restore(
    tar: tarfile.TarFile,
    owner: psycopg.Connection,
    schema: str,
    folder: Path,
    *,
    columns: dict[str, list[str]],
    say: Say,
) -> Manifest:
    """Put everything into an empty ``schema`` at the revision of the archive, whose tables had
    these ``columns``, and into ``folder``. The caller commits.

    Raises `BadArchive` when one byte is not what the archive says of itself; then nothing is left.
    """
    found, said = Manifest(), Manifest()
    try:
        for member in tar:
            kind, _, name = member.name.partition("/")
            if member.name == content.HEAD:
                continue
            if member.name == content.MANIFEST:
                said = Manifest.from_json(json.loads(_data(tar, member).read()))
            elif kind == "tables" and name in columns:
                copied = content.copy_in(schema, name, columns[name])
                found.tables[name] = _copy(owner, copied, _data(tar, member))
                say(f"{len(found.tables)}  {name}  {found.tables[name].rows}")
            elif kind == "files":
                found.files[name] = _keep(folder, name, _data(tar, member))
            else:
                raise BadArchive(f"it holds {member.name}, which this version does not know")
        _number_on(owner, schema, said)
        _ensure_same(said, found)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return said


def _data(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    data = tar.extractfile(member) if member.isreg() else None
    if data is None:
        raise BadArchive(f"it holds {member.name}, which is no file")
    return data


def _copy(owner: psycopg.Connection, statement: sql.Composed, data: IO[bytes]) -> Part:
    digest, size = hashlib.sha256(), 0
    with owner.cursor() as cursor:
        with cursor.copy(statement) as copy:
            while chunk := data.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                copy.write(chunk)
        return Part(digest.hexdigest(), size, cursor.rowcount)


def _keep(folder: Path, name: str, data: IO[bytes]) -> Part:
    """A file at its own place below ``folder``, and nowhere else."""
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or PurePosixPath(name).is_absolute():
        raise BadArchive("it holds a file that would lie outside of the district's folder")
    path = folder.joinpath(*parts)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("xb") as out:
        while chunk := data.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
        return Part(digest.hexdigest(), out.tell())


def _number_on(owner: psycopg.Connection, schema: str, said: Manifest) -> None:
    """New rows are numbered on from where the district stood, so that no number comes twice."""
    for name, part in said.tables.items():
        if part.sequence is not None:
            owner.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id')::regclass, %s)",
                (f'"{schema}"."{name}"', part.sequence),
            )


def _ensure_same(said: Manifest, found: Manifest) -> None:
    bare = Manifest(
        {name: Part(p.sha256, p.size, p.rows) for name, p in said.tables.items()}, said.files
    )
    if wrong := bare.differing(found):
        raise BadArchive(f"it is damaged: {', '.join(wrong[:5])} is not what was archived")

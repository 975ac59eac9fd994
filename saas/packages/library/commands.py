"""Writes to the library: an edition is kept as it came, for ever, or removed when nobody needs it.

The library is a folder, not a table: editions must be readable from every district and process.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import shutil
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from typing import IO

from saas.kernel import clock, crypto
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.errors import Conflict, NotFound, Unavailable
from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.faults import Fault
from saas.packages.library import queries
from saas.packages.library.archive import (
    MANIFEST,
    SIGNATURE,
    Files,
    Signer,
    digest_of,
    key_from,
    manifest_of,
    pack,
    sign,
    unpack,
)
from saas.packages.library.archive.zips import ARCHIVE_LIMIT
from saas.packages.library.queries import shelf
from saas.packages.library.queries.editions import Edition, edition_of
from saas.packages.parts import Package

_log = logging.getLogger(__name__)
#: Begins the name of what is being written; no key begins so.
_INCOMING = ".incoming-"
_QUICKER = {errno.EEXIST, errno.ENOTEMPTY}

#: How long an archive that was handed in waits to be kept.
_WAITS = timedelta(days=1)
_PENDING = ".pending-"
_TOKEN = re.compile(r"[a-z2-7]{26}")


def open_archive(raw: bytes, name: str) -> Edition:
    """What a zip has in it, checked whole; nothing is written. ``name`` is what faults call it.

    Raises `BadPackage` when it cannot even be unpacked.
    """
    files, faults = unpack(raw, queries.names())
    if faults:
        raise queries.BadPackage([_named(fault, name) for fault in faults])
    return edition_of(files, name=name)


def _named(fault: Fault, name: str) -> Fault:
    return Fault(f"{name}/{fault.file}" if fault.file else name, "", fault.key, fault.values)


def own_signer() -> Signer:
    """The key with which this installation signs what it hands over."""
    return key_from(crypto.own_seed("package"))


def handed_over(found: Edition) -> bytes:
    """An edition as one file to take along: as its publisher signed it, else signed here."""
    files = dict(found.files)
    if SIGNATURE not in files:
        package = found.package()
        manifest = manifest_of(
            {name: text for name, text in files.items() if name != MANIFEST},
            key=package.key, version=package.version,
        )  # fmt: skip
        files |= {MANIFEST: manifest, SIGNATURE: sign(manifest, own_signer())}
    return pack(files)


def keep(found: Edition, *, permissions: Collection[str], actor: Actor) -> Package:
    """Put an edition into the library; the same one once more changes nothing.

    Raises `BadPackage` with its faults, `Conflict` when that key and version are there with other
    content, `Unavailable` when the disk does not take it.
    """
    package = found.package(permissions)
    if _same_as_kept(package, found.files):
        return package
    files = dict(found.files)
    files.setdefault(MANIFEST, manifest_of(files, key=package.key, version=package.version))
    root = shelf.uploaded_dir()
    if root is None:
        raise Unavailable(shelf.BROKEN)
    try:
        _write(root, root / package.key / package.version, files)
    except OSError as error:
        if error.errno in _QUICKER and _same_as_kept(package, found.files):
            return package  # somebody else was quicker with the same
        raise Unavailable(
            _l("The package cannot be stored just now: the disk does not take it.")
        ) from error
    _log.info("package %s %s kept by %s", package.key, package.version, actor.login)
    return package


def _same_as_kept(package: Package, files: Files) -> bool:
    """Whether the library has it already; raises `Conflict` if it has something else."""
    if package.version not in queries.versions(package.key):
        return False
    kept = queries.edition(package.key, package.version)
    if digest_of(kept.files) != digest_of(files):
        raise Conflict(
            _l(
                "%(key)s %(version)s is in the library with other content. An edition is never"
                " changed: give yours the next version.",
                key=package.key,
                version=package.version,
            )
        )
    return True


def _write(root: Path, place: Path, files: Files) -> None:
    """Write beside, then move into place: a reader sees all of it or nothing."""
    incoming = root / f"{_INCOMING}{new_token()}"
    incoming.mkdir(parents=True)
    try:
        for name, content in files.items():
            with (incoming / name).open("xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        place.parent.mkdir(exist_ok=True)
        incoming.rename(place)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)


def remove(key: str, version: str, *, actor: Actor) -> None:
    """Take an uploaded edition out of the library.

    Raises `NotFound` when there is none, `Conflict` when it came with the product or a district
    has this package.
    """
    if version not in queries.versions(key):
        raise NotFound
    if queries.is_shipped(key, version):
        raise Conflict(_l("This edition came with the product and stays with it."))
    if districts := queries.districts_with(key):
        codes = ", ".join(each.code for each in districts[:5])
        raise Conflict(
            _l("Districts are made from this package and need it: %(codes)s.", codes=codes)
        )
    place = shelf.place_of(key, version)
    try:
        gone = place.parent.parent / f"{_INCOMING}{new_token()}"
        place.rename(gone)  # at once for every reader
        shutil.rmtree(gone)
    except OSError as error:
        raise Unavailable(shelf.BROKEN) from error
    _log.info("package %s %s removed by %s", key, version, actor.login)


def read_upload(stream: IO[bytes]) -> bytes:
    """What was sent, cut off just after the limit, which then refuses it."""
    return stream.read(ARCHIVE_LIMIT + 1)


def lay_aside(raw: bytes) -> str:
    """Hold an archive until somebody has looked at it; the token finds it again for a day."""
    root = shelf.uploaded_dir()
    token = new_token()
    try:
        if root is None:
            raise OSError(errno.ENOENT, "no data folder")
        root.mkdir(parents=True, exist_ok=True)
        _clear_old(root)
        (root / f"{_PENDING}{token}").write_bytes(raw)
    except OSError as error:
        raise Unavailable(
            _l("The package cannot be stored just now: the disk does not take it.")
        ) from error
    return token


def laid_aside(token: str) -> bytes:
    """The archive that waits under this token; `NotFound` when there is none (any more)."""
    root = shelf.uploaded_dir()
    if root is None or not _TOKEN.fullmatch(token):
        raise NotFound
    try:
        return (root / f"{_PENDING}{token}").read_bytes()
    except FileNotFoundError as error:
        raise NotFound from error
    except OSError as error:
        raise Unavailable(shelf.BROKEN) from error


def put_away(token: str) -> None:
    """Forget an archive that was kept or is not wanted."""
    root = shelf.uploaded_dir()
    if root is not None and _TOKEN.fullmatch(token):
        (root / f"{_PENDING}{token}").unlink(missing_ok=True)


def _clear_old(root: Path) -> None:
    """Archives that nobody came back to."""
    oldest = (clock.now() - _WAITS).timestamp()
    for path in root.glob(f"{_PENDING}*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)

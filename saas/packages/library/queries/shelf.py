"""The library: every edition that districts can be made from, wherever it lies.

Shipped editions come with the product; uploaded ones lie in the data folder. Both are folders
``<key>/<version>/`` and never change. Any process and any scope can read them. A disk that does not
answer takes the uploaded ones away, not the shipped ones.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from saas import settings as places
from saas.kernel.errors import NotFound, Unavailable
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import known_settings
from saas.packages.library.queries.editions import Edition, order, publishers, read_edition
from saas.packages.reading.folders import Fingerprint, fingerprint
from saas.packages.schemas.fields import KEY, VERSION

_log = logging.getLogger(__name__)
BROKEN = _l(
    "The disk with the uploaded packages does not answer, so only those that came with the product"
    " can be used. Please have it looked at."
)
#: Folder → when it was read, which publishers were known then, and what was found.
_cache: dict[Path, tuple[Fingerprint, tuple[str, ...], Edition]] = {}
_MOST = 200


def uploaded_dir() -> Path | None:
    """Where uploaded editions lie; None without settings, where there are only shipped ones."""
    known = known_settings()
    return known.data_dir / "packages" if known else None


def package_keys() -> list[str]:
    """The key of every package that has an edition, sorted."""
    found = {path.name for root in _roots() for path in _folders(root) if versions(path.name)}
    return sorted(found)


def versions(key: str) -> list[str]:
    """The editions of a package, the newest first."""
    if not KEY.fullmatch(key):
        return []
    found = {
        path.name
        for root in _roots()
        for path in _folders(root / key)
        if VERSION.fullmatch(path.name)
    }
    return sorted(found, key=order, reverse=True)


def edition(key: str, version: str | None = None) -> Edition:
    """An edition of the package, with its faults, the newest unless ``version`` names one.

    Raises `NotFound` if there is none, `Unavailable` if its disk does not answer.
    """
    known = versions(key)
    if not known and not is_shipped(key) and trouble():
        raise Unavailable(BROKEN)
    if not known or (version or known[0]) not in known:
        raise NotFound
    return _read(place_of(key, version or known[0]))


def place_of(key: str, version: str) -> Path:
    """The folder in which an edition lies. A shipped one goes before an uploaded one."""
    shipped = places.PACKAGES_DIR / key / version
    uploaded = uploaded_dir()
    return shipped if uploaded is None or shipped.is_dir() else uploaded / key / version


def is_shipped(key: str, version: str | None = None) -> bool:
    """Whether the package, or that edition of it, came with the product."""
    folder = places.PACKAGES_DIR / key
    return (folder / version if version else folder).is_dir()


def trouble() -> Any:
    """What to tell the operator when the disk of the uploaded editions does not answer."""
    root = uploaded_dir()
    if root is None:
        return None
    try:
        list(root.iterdir())
    except FileNotFoundError:
        return None  # nothing was uploaded yet
    except OSError:
        return BROKEN
    return None


def _roots() -> Iterator[Path]:
    yield places.PACKAGES_DIR
    uploaded = uploaded_dir()
    if uploaded is not None:
        yield uploaded


def _folders(root: Path) -> list[Path]:
    """The folders inside, none where there is no such folder or its disk does not answer."""
    try:
        return [path for path in root.iterdir() if KEY.fullmatch(path.name[:1]) and path.is_dir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        _log.warning("the library of packages cannot be read: %s", type(error).__name__)
        return []


def _read(path: Path) -> Edition:
    """The edition as it was read last, or anew when one of its files has changed."""
    try:
        now, trusted = fingerprint(path), tuple(sorted(publishers()))
        known = _cache.get(path)
        if known is None or known[:2] != (now, trusted):
            if len(_cache) >= _MOST:
                _cache.clear()
            known = _cache[path] = (now, trusted, read_edition(path))
    except FileNotFoundError as error:  # removed while we looked
        raise NotFound from error
    except OSError as error:
        raise Unavailable(BROKEN) from error
    return known[2]

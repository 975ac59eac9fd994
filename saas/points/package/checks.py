"""The rules between the rows of points.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from saas.kernel.written import day_written
from saas.packages.faults import Fault, Parts, places, repeated

_FILE = "points"


def check(parts: Parts) -> Iterator[Fault]:
    """Rows that come twice, and days that are none."""
    part = parts.get(_FILE)
    for name in ("terms", "badges"):
        yield from repeated(_FILE, places(part, name, "code"))
    for path, found in places(part, "terms", "dated"):
        if day_written(found) is None:
            yield Fault(_FILE, path, "bad_date", {"found": found})

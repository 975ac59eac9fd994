"""The rules between the rows of visits.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from saas.packages.faults import Fault, Parts, places, repeated

_FILE = "visits"


def check(parts: Parts) -> Iterator[Fault]:
    """Rows that come twice."""
    yield from repeated(_FILE, places(parts.get(_FILE), "terms", "code"))

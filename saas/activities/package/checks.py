"""The rules between the rows of activities.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from saas.packages.faults import Fault, Parts, places, repeated

_FILE = "activities"


def check(parts: Parts) -> Iterator[Fault]:
    """Codes that come twice, also one as a kind and once more as a tag."""
    part = parts.get(_FILE)
    yield from repeated(_FILE, [*places(part, "kinds"), *places(part, "tags")])

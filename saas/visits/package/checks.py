"""The rules between the rows of visits.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from saas.packages.faults import Fault, Parts
from saas.packages.terms import check_terms
from saas.visits.rules import TERMS


def check(parts: Parts) -> Iterator[Fault]:
    """Rules that come twice or that nobody knows, and days that are none."""
    yield from check_terms("visits", parts, TERMS)

"""The rules between the rows of funds.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from saas.funds.rules import TERMS
from saas.packages.faults import Fault, Parts, places, repeated, rows
from saas.packages.terms import check_days, check_terms

_FILE = "funds"


def check(parts: Parts) -> Iterator[Fault]:
    """Rows that come twice, rules that nobody knows, and days that are none."""
    yield from repeated(_FILE, places(parts.get(_FILE), "purposes", "code"))
    yield from repeated(_FILE, places(parts.get(_FILE), "bases", "code"))
    for at, basis in rows(parts.get(_FILE), "bases"):
        yield from repeated(_FILE, places(basis, "proofs", "code", f"bases[{at}]"))
    yield from repeated(_FILE, places(parts.get(_FILE), "organs", "code"))
    yield from check_days(_FILE, parts, "bases")
    yield from check_terms(_FILE, parts, TERMS)

"""The rules between the rows of organisations.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.faults import Fault, Parts, codes, explain, places, repeated, strange

_FILE = "organisations"
LISTS = ("types", "stages", "classes", "exits", "pilots")
explain({"no_such_type": _l("There is no type of organisation “%(found)s” in this file.")})


def check(parts: Parts) -> Iterator[Fault]:
    """Every fault between types and stages, and against the kinds of units."""
    part = parts.get("organisations")
    for name in LISTS:
        yield from repeated(_FILE, places(part, name))
    kinds, types = codes(parts.get("territory"), "kinds"), codes(part, "types")
    yield from strange(_FILE, places(part, "types", "supporter"), kinds, "no_such_kind")
    yield from strange(_FILE, places(part, "stages", "type"), types, "no_such_type")

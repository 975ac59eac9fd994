"""The rules between the rows of organisations.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.faults import Fault, Parts, codes, explain, places, repeated

LISTS = ("types", "stages", "classes", "exits", "pilots")
explain({"no_such_type": _l("There is no type of organisation “%(found)s” in this file.")})


def check(parts: Parts) -> Iterator[Fault]:
    """Every fault between types and stages, and against the kinds of units."""
    part = parts.get("organisations")
    for name in LISTS:
        yield from repeated("organisations", places(part, name))
    for name, field, known, key in (
        ("types", "supporter", codes(parts.get("territory"), "kinds"), "no_such_kind"),
        ("stages", "type", codes(part, "types"), "no_such_type"),
    ):
        for where, code in places(part, name, field):
            if code not in known:
                yield Fault("organisations", where, key, {"found": code})

"""Units, for who searches."""

from __future__ import annotations

from flask import url_for

from saas.kernel.context import Actor
from saas.kernel.folding import folded
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.search.declared import Finder, Hit
from saas.territory import queries
from saas.territory.permissions import VIEW


def _find_units(typed: str, actor: Actor, limit: int) -> list[Hit]:
    reach = actor.reach(VIEW)
    if not reach:
        return []
    units, kinds = queries.search(typed, reach, limit=limit), queries.kind_names()
    return [
        Hit(
            say(unit.name),
            url_for("territory.show", code=unit.code),
            say(kinds[unit.kind]),
            folded(typed) in (unit.code, unit.official_code),
        )
        for unit in units
    ]


UNITS = Finder("units", _l("Units"), _find_units, 40, ("territory.tree", VIEW))

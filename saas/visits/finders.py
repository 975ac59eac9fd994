"""Visits, for who searches with a unit's name, the code of a slip or a number."""

from __future__ import annotations

from flask import url_for

from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.search.declared import Finder, Hit
from saas.visits import queries, views


def _find(typed: str, actor: Actor, limit: int) -> list[Hit]:
    found = queries.rows_of(queries.reached(actor), queries.called(typed), limit=limit)
    return [
        Hit(one.from_org, url_for("visits.show", code=one.code), views.when(one)) for one in found
    ]


VISITS = Finder("visits", _l("Visits"), _find, 38)

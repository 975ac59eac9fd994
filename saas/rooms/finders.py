"""Rooms, for who searches: everybody may see them."""

from __future__ import annotations

from flask import url_for

from saas.kernel.context import Actor
from saas.kernel.folding import folded
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.rooms import queries
from saas.search.declared import Finder, Hit


def _find_rooms(typed: str, actor: Actor, limit: int) -> list[Hit]:
    return [
        Hit(
            say(row.name),
            url_for("rooms.show", street=row.street, code=row.code),
            say(row.street_name),
            folded(typed) == row.code,
        )
        for row in queries.rooms_called(typed, limit=limit)
    ]


ROOMS = Finder("rooms", _l("Function rooms"), _find_rooms, 30)

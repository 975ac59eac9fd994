"""What rooms put on the start page: who is open today, on the plan where there is one street."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import url_for

from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.rooms import permissions, queries, views
from saas.rooms.queries import Structure
from saas.territory.queries import Unit
from saas.workbench.declared import WHOLE, Card, Count, Found, Line, Row

_SHOWN = 6


def _today(actor: Actor) -> Found | None:
    """Today's rooms: of the one street by name with its plan, of several streets by number."""
    streets = queries.streets_at_work(actor)
    if not streets:
        return None
    if len(streets) > 1:
        return _by_street(streets, clock.local())
    structure = queries.structure_for(streets[0], actor=actor)
    return _one_street(structure, actor) if structure.rooms else Found()


def _url(street: Unit, status: str = "") -> str:
    return url_for("rooms.manage", street=street.code, status=status or None)


def _one_street(structure: Structure, actor: Actor) -> Found:
    street, today = structure.street, views.open_today(structure, clock.local())
    picture = _picture(structure, actor)
    counts = queries.count_statuses(structure.rooms)
    lines = [
        Line(
            say(one.room.name),
            url_for("rooms.show", street=street.code, code=one.room.code),
            " · ".join(filter(None, (one.spans, structure.keeper_of(one.room)))),
            (one.light.kind, one.light.word),
        )
        for one in today[:_SHOWN]
    ]
    return Found(
        [
            Count(len(today), _l("open today"), _url(street, "today")),
            Count(counts["paused"], _l("paused"), _url(street, "paused"), "paused"),
            Count(counts["planned"], _l("in preparation"), _url(street, "planned"), "planned"),
        ],
        lines,
        more=(_("All rooms"), _url(street)),
        template="rooms/_plan_card.html" if picture else "",
        values=picture,
    )


def _by_street(streets: list[Unit], local: datetime) -> Found:
    found = queries.rooms_by_street([street.id for street in streets], local)
    rows = [
        Row(
            say(street.name),
            _url(street),
            [
                Count(found[street.id][which], words, _url(street, which))
                for which, words in _COLUMNS.items()
            ],
        )
        for street in streets
        if street.id in found
    ]
    return Found(heads=(_l("Street"), *_COLUMNS.values()), rows=rows)


_COLUMNS = {"today": _l("open today"), "paused": _l("paused"), "planned": _l("in preparation")}


def _picture(structure: Structure, actor: Actor) -> dict[str, Any]:
    """The street as its plan, for who sees all of it."""
    if not structure.centre or not permissions.sees_every_room(actor, structure.street.path):
        return {}
    living = replace(structure, rooms=[r for r in structure.rooms if r.status != "retired"])
    return {"picture": views.plan_of(living)}


CARDS = (Card("rooms", _l("Rooms today"), permissions.VIEW, 90, _today, WHOLE),)

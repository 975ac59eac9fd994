"""Telling street offices what the district has changed in its library."""

from __future__ import annotations

from saas.accounts import queries as people
from saas.kernel.context import Actor
from saas.notices import commands as notices
from saas.rooms import permissions, queries, words
from saas.rooms.models import RoomTemplate


def tell_streets(template: RoomTemplate, *, actor: Actor) -> int:
    """A notice to those who shape a street that has to decide something about this room: to take
    it up, or what to do with one that the district has retired. Returns how many were told.
    """
    kind = words.RETIRED if template.retired_at else words.OFFERED
    told = 0
    for street in queries.streets():
        if template.code not in queries.news_for(street).codes:
            continue
        held = people.holders_beneath(street.path, permissions.CONFIGURE)
        who = {post.person_id for post in held if post.unit_code == street.code and post.person_id}
        told += notices.notify(
            who - {actor.person_id},
            kind,
            path=f"/console/rooms?street={street.code}",
            about=f"room_template:{template.id}",
            what=queries.values_of_template(template)["name"],
            street=dict(street.name),
        )
    return told

"""The points of a demo district: residents who helped, and what they can have for it."""

from __future__ import annotations

from typing import Any

from saas.accounts import queries as people
from saas.activities import queries as sessions
from saas.activities.permissions import HANDLE
from saas.casework import quietly
from saas.kernel.context import SYSTEM
from saas.places import queries as places
from saas.points import commands, queries
from saas.showcase.activities import residents_of
from saas.showcase.package.activities import DemoReward
from saas.showcase.package.shapes import Demo
from saas.territory import queries as units
from saas.volunteers import commands as volunteers
from saas.volunteers import queries as roll
from saas.volunteers.commands import PastHelp


def give_points(demo: Demo) -> int:
    """All of it, unless it is there; returns how many people have points."""
    told, street = demo.activities, units.unit_by_code(demo.activities.unit)
    desk = people.load_actor(people.holder_ids([street.id], HANDLE)[street.id][0])
    if not (told.rewards and told.volunteers and desk and queries.is_given()) or queries.rewards():
        return 0
    shops = {one.code: one.id for one in places.shown(size=100)[0]}
    made = [commands.add_reward(street, sample=True, actor=SYSTEM, **_said(one, shops))
            for one in told.rewards]  # fmt: skip
    owners = residents_of(demo)[:2]
    scenes = sessions.scenes(sessions.last_closed(told.points_sessions))
    with quietly():
        accounts = [commands.join(actor=one) for one in owners]
        helpers = tuple(volunteers.join(actor=one) for one in owners)
        help_ = [PastHelp(scene, dict(told.volunteers.work), 120, helpers) for scene in scenes]
        volunteers.take_over(help_, verifier_id=desk.person_id or 0, actor=SYSTEM)
        for helper in helpers:
            for service, _shift, _scene in roll.services_of(helper):
                commands.grant(helper.person_id or 0, by=service.verified_by,
                               minutes=service.minutes, service_id=service.id)  # fmt: skip
        commands.hand_out(made[0], accounts[0], actor=desk)
    return len(accounts)


def _said(one: DemoReward, shops: dict[str, int]) -> dict[str, Any]:
    return {"name": dict(one.name), "price": one.price, "pieces": one.pieces,
            "merchant_id": shops.get(one.merchant or "")}  # fmt: skip

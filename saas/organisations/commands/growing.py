"""Project plans: a station of social workers checks them first, and looks after them."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from saas import casework
from saas.accounts import queries as people
from saas.kernel import audit
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.db import session
from saas.kernel.errors import Forbidden, Invalid, not_listed
from saas.notices import commands as notices
from saas.organisations import permissions, queries, rules, words
from saas.organisations.models import Organisation, Plan, PlanAct

_DEED: Final = {
    "hand_in": "organisations.hand_in_plan",
    "pass": "organisations.pass_plan",
    "send_back": "organisations.send_back_plan",
    "begin": "organisations.begin_plan",
    "supervise": "organisations.supervise_plan",
    "finish": "organisations.finish_plan",
    "withdraw": "organisations.withdraw_plan",
}


def add_plan(group: Organisation, *, station: str, title: str, words: str, actor: Actor) -> Plan:
    """Hand in a plan to be checked; the same one, sent again while it is checked, is that one."""
    standing = queries.standing_of(group)
    if "own" not in permissions.parts_of(actor, standing) or group.state != "active":
        raise Forbidden
    found = queries.station(station)
    if found is None:
        raise not_listed("station")
    said = {"station_id": found.id, "title": title.strip(), "words": words.strip()}
    again = sa.select(Plan).filter_by(organisation_id=group.id, state="checking", **said).limit(1)
    if (same := session.scalar(again)) is not None:
        return same
    plan = Plan(code=new_token()[:10], organisation_id=group.id, state="checking", acts=0, **said)
    session.add(plan)
    session.flush()
    _append(plan, "hand_in", "", actor, standing)
    return plan


def act_on_plan(
    plan: Plan, *, verb: str, reason: str = "", seen: int | None = None, actor: Actor
) -> None:
    """What station and organisation do with a plan in turn."""
    group, station = queries.of_plan(plan)
    standing = queries.standing_of(group)
    last = queries.plan_story(plan)[-1]
    casework.ensure_seen(
        plan, seen, lambda: casework.overtaken(words.PLAN_VERBS[last.verb].done, last.actor)
    )
    parts = permissions.parts_of(actor, standing)
    if actor.may(permissions.CHECK, station.path):
        parts |= {"station"}
    cell = casework.allowed(
        rules.PLANS, plan.state, verb, bars=(), parts=parts, words=words.OBSTACLE
    )
    if "reason" in cell.asks and not reason.strip():
        raise Invalid({"reason": [words.MISSING["reason"]]})
    if verb == "pass":
        casework.ensure_another(actor, queries.handed_in_by(plan))
    plan.state = cell.after
    _append(plan, verb, reason, actor, standing)


def _append(plan: Plan, verb: str, reason: str, actor: Actor, standing: queries.Standing) -> None:
    casework.append(plan, PlanAct(plan_id=plan.id), verb, reason, actor=actor)
    audit.record(_DEED[verb], "project_plan", plan.id, actor=actor,
                 unit_path=standing.home_path)  # fmt: skip
    _, station = queries.of_plan(plan)
    for whom, kind in words.PLAN_VERBS[verb].notices.items():
        ids = (
            people.holder_ids([station.id], permissions.CHECK).get(station.id, [])
            if whom == "station"
            else sorted(standing.people)
        )
        notices.notify(ids, kind, path=f"/plans/{plan.code}", about=f"plan:{plan.id}",
                       what=standing.group.name, where=standing.home.name)  # fmt: skip

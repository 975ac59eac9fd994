"""Who is notified of an act: those who must do something next, those who asked, those who follow.

A vacant post never swallows a demand: where nobody holds one, the nearest filled level above is
notified instead, and that the post is vacant.
"""

from __future__ import annotations

from typing import Any

from saas import casework
from saas.accounts import queries as people
from saas.demands.case import permissions, queries, rules, words
from saas.demands.case.models import Demand
from saas.demands.case.queries import Standing, Stop
from saas.demands.case.words import kinds
from saas.kernel import i18n
from saas.kernel.context import current_tenant
from saas.notices import commands as notices
from saas.notices import queries as webhooks
from saas.notices.words import Kind, step


def notify(standing: Standing, verb: str, *, helper: int | None = None) -> None:
    """Notify everybody whom ``verb`` concerns; what was asked for before is asked no more."""
    if casework.is_quiet():
        return
    demand, row = standing.demand, words.VERBS[verb]
    if verb == "hold":
        _call(demand, kinds.YOURS_RESOLVED)
    with notices.together():
        if row.way == "moves":
            notices.hand_over_calls(_thing(demand), demand.holder_id)
        if verb != "file" and verb not in rules.BESIDE:
            _done(demand, kinds.ASKS_HOLDER)
        if row.settles:
            _done(demand, kinds.ASKS_RESIDENT)
        for whom, kind in row.notices.items():
            if whom == "queue":
                _notify_queue(standing, kind)
            elif whom == "filer" and demand.filed_by_id is None:
                _tell_caller(demand, kind)
            elif ids := _people(standing, whom, helper):
                path = f"/demands/open/{demand.code}" if whom == "followers" else ""
                _notify(demand, ids, kind, path=path)
        announce(demand, verb)


def _tell_caller(demand: Demand, kind: Kind) -> None:
    """Somebody without an account who left a telephone number hears what asks or answers."""
    if kind.short and demand.caller_phone:
        notices.tell_number(
            demand.caller_phone,
            kind,
            path=f"/demands/{demand.code}",
            about=_thing(demand),
            calls=_calls_for(demand, kind),
            name=demand.caller_name,
            **_facts(demand),
            **_when(demand, kind),
        )


def _call(demand: Demand, kind: Kind) -> None:
    """Nothing has reached who filed it: somebody calls, where it may be known who that is."""
    if calls := _callers(demand):
        notices.ask_call(
            kind,
            path=f"/demands/{demand.code}",
            about=_thing(demand),
            calls=calls,
            person_id=demand.filed_by_id,
            phone=demand.caller_phone,
            name=demand.caller_name,
            **_facts(demand),
        )


def _callers(demand: Demand) -> int | None:
    """The unit whose people call; nobody does who may not know who asks."""
    return None if demand.anonymous else demand.holder_id


def _calls_for(demand: Demand, kind: Kind) -> int | None:
    """Nobody is called only to be reminded."""
    called = kind.short and kind is not kinds.YOURS_TOMORROW
    return _callers(demand) if called else None


def _thing(demand: Demand) -> str:
    return f"demand:{demand.id}"


def _people(standing: Standing, whom: str, helper: int | None) -> list[int]:
    """The people whom a verb's row means by ``whom``."""
    demand = standing.demand
    if whom == "holder":
        return staff_of(demand.holder_id)
    if whom == "left":
        return staff_of(standing.holder.id)
    if whom == "helper":
        return staff_of(helper) if helper else []
    if whom == "filer":
        return [demand.filed_by_id] if demand.filed_by_id else []
    if whom == "followers":
        return queries.follower_ids(demand)
    if whom == "reviewers":
        return _reviewers(standing)
    if whom == "supervisors":
        return _supervisors(standing)
    raise LookupError(whom)


def announce(demand: Demand, verb: str) -> None:
    """Tell other systems what happened, where any of them listens."""
    ground, kind = queries.ground(), words.VERBS[verb].fact
    if ground.heard is None:
        ground.heard = webhooks.anybody_listens()
    if kind is None or not ground.heard:
        return
    due = demand.due_at
    values = {
        "code": demand.code,
        "verb": verb,
        "number": demand.acts,
        "state": demand.state,
        "level": demand.level,
        "category": demand.category,
        "channel": demand.channel,
        **_facts(demand),
        "due_at": due.isoformat() if due else None,
    }
    notices.announce(kind.name, values)


def about_hour(demand: Demand, verb: str) -> None:
    """Its appointment was moved, or is near: nothing that was asked for is done by that."""
    for whom, kind in words.VERBS[verb].notices.items():
        if whom == "holder":
            _notify(demand, staff_of(demand.holder_id), kind)
        elif demand.filed_by_id is not None:
            _notify(demand, [demand.filed_by_id], kind)
        else:
            _tell_caller(demand, kind)


def warn(demand: Demand) -> None:
    """Its time is nearly over."""
    once = f"soon:{demand.id}:{demand.clock}"
    _notify(demand, staff_of(demand.holder_id), kinds.DUE_SOON, once=once)


def helper_is_late(demand: Demand, unit_id: int) -> None:
    """A unit that was asked to join let its time pass: it is told, and who leads."""
    both = [*staff_of(unit_id), *staff_of(demand.holder_id)]
    _notify(demand, both, kinds.HELP_OVERDUE, once=f"help:{demand.id}:{unit_id}:{demand.acts}")


def _notify_queue(standing: Standing, kind: Kind) -> None:
    """The people of the queue that has it now; where there are none, the nearest above."""
    ground, demand = queries.ground(), standing.demand
    unit = standing.holder if demand.holder_id == standing.holder.id else queries.holder_of(demand)
    own = Stop(ground.level_of(unit), unit)
    for stop in (own, *ground.above(unit)):
        if found := staff_of(stop.unit.id):
            if stop.unit.id != unit.id:
                _notify(demand, found, kinds.VACANT)
            else:
                _notify(demand, found, kind)
            return


def staff_of(unit_id: int, permission: str = permissions.HANDLE) -> list[int]:
    """The people who act for a unit; asked once in a transaction."""
    known = queries.ground().people
    key = unit_id, permission
    if key not in known:
        known[key] = people.holder_ids([unit_id], permission)[unit_id]
    return known[key]


def _reviewers(standing: Standing) -> list[int]:
    """The nearest people at another level: above, or below where nothing stands above."""
    above = queries.ground().above(standing.holder)
    for stop in (*above, *standing.down):
        if found := staff_of(stop.unit.id):
            return found
    return []


def _supervisors(standing: Standing) -> list[int]:
    above = queries.ground().above(standing.holder)
    units = [standing.holder.id, *(stop.unit.id for stop in above)]
    found = [p for unit in units for p in staff_of(unit, permissions.SUPERVISE)]
    return list(dict.fromkeys([*staff_of(standing.holder.id), *found]))


def _done(demand: Demand, asked: tuple[Kind, ...]) -> None:
    notices.done_about(_thing(demand), *asked)


def _notify(
    demand: Demand, person_ids: list[int], kind: Kind, *, path: str = "", once: str | None = None
) -> None:
    notices.notify(
        person_ids,
        kind,
        path=path or f"/demands/{demand.code}",
        about=_thing(demand),
        once=once,
        calls=_calls_for(demand, kind),
        **_facts(demand),
        **_way(demand, kind),
        **_when(demand, kind),
    )


def _facts(demand: Demand) -> dict[str, Any]:
    """What kinds of notices and facts say of a demand: labels, never the resident's words."""
    return {
        "what": queries.category_name(demand.category),
        "where": queries.unit_name(demand.unit_id),
        "who": queries.unit_name(demand.holder_id),
        "ref": demand.number,
    }


def _when(demand: Demand, kind: Kind) -> dict[str, Any]:
    """Day and hour of its appointment, for a notice that tells them."""
    if "when" not in kind.blanks:
        return {}
    return {"when": i18n.short_datetime(demand.appointment_at, current_tenant().time_zone)}


def _way(demand: Demand, kind: Kind) -> dict[str, Any]:
    """The step by which it came where it is, for a notice that tells of the way."""
    if "way" not in kind.blanks:
        return {}
    return {"way": [step(demand.entered_at, queries.unit_name(demand.holder_id))]}

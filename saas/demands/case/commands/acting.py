"""Acting on a demand. The state table in ``rules`` decides what may be done, nothing else does.

Every verb, of people and of the clock, goes through `act`: allowed? → given what it asks? → move,
counts, time → custody row, audit entry, fact, notices, the next alarm. All in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from saas import attachments, casework
from saas.attachments import Attachment, Taken
from saas.casework import CLOCK, overtaken
from saas.casework.clock import Clock, paused, resumed, started, stopped
from saas.casework.table import Cell
from saas.demands.case import permissions, queries, rules, words
from saas.demands.case.commands import joint, notifying
from saas.demands.case.commands.joint import Deed
from saas.demands.case.models import Custody, Demand
from saas.demands.case.queries import Standing, Stop
from saas.demands.events import demand_moved
from saas.demands.menu import queries as menu
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Invalid
from saas.kernel.i18n import lazy_gettext as _l


def act(demand: Demand, deed: Deed, *, seen: int | None = None, actor: Actor) -> None:
    """Do ``deed``. ``demand`` comes locked from its door; ``seen`` is the number of the last act
    that the person saw: when another came in between, `Conflict` tells what happened.

    Raises `Conflict` when the table has no cell for it, `Forbidden`, or `Invalid` by field.
    """
    standing = queries.standing_of(demand)
    casework.ensure_seen(demand, seen, lambda: _happened(standing, actor))
    cell = _allowed(standing, deed, actor)
    _ensure_given(standing, cell, deed)
    photos = attachments.take(deed.photo)
    before, now = demand.holder_id, clock.now()
    helper = joint.apply(standing, deed, actor)
    _move(standing, cell, deed)
    _count(demand, cell, deed, now)
    _keep_time(demand, cell, deed, now)
    _stand(standing, cell, deed)
    acts_for = helper if cell.by == "helper" else permissions.acting_unit(actor, standing, cell.by)
    record(demand, deed, before, with_unit=helper, as_unit=acts_for, actor=actor)
    keep_photos(demand, photos, _place(deed), actor)
    path = standing.holder.path
    audit.record(f"demands.{deed.verb}", "demand", demand.id, actor=actor, unit_path=path)
    demand_moved.send(demand.id, verb=deed.verb, from_unit_id=before, to_unit_id=demand.holder_id)
    notifying.notify(standing, deed.verb, helper=helper)
    if cell.clock != "keep":
        casework.set_alarm(rules.CLOCK_JOB, demand.next_at)
    if deed.verb == "withdraw":
        for other in queries.lock_merged_into(demand):
            act(other, Deed("part"), actor=CLOCK)


def _allowed(standing: Standing, deed: Deed, actor: Actor) -> Cell:
    cell = casework.allowed(
        rules.TABLE,
        standing.demand.state,
        deed.verb,
        bars=standing.facts.bars(queries.ground().windows),
        parts=permissions.parts_of(actor, standing),
        words=words.OBSTACLE,
    )
    if cell.by == "reviewer":
        casework.ensure_another(actor, queries.doubter_of(standing.demand))
    return cell


def _happened(standing: Standing, actor: Actor) -> object:
    """What somebody else did in the meantime, and who, where that may be said."""
    demand, last = standing.demand, queries.last_act(standing.demand)
    named = permissions.can_name(actor, demand, standing.holder.path, last.actor_id)
    speech = words.speech_to(staff=actor.may(permissions.VIEW))
    return overtaken(speech.done[last.verb], last.actor if named else None)


def _ensure_given(standing: Standing, cell: Cell, deed: Deed) -> None:
    """Everything that the cell asks for was given, and can be used."""
    speech = words.OWN if words.VERBS[deed.verb].group == "own" else words.STAFF
    errors = casework.not_given(deed, cell.asks, speech.missing)
    for field, check in _CHECKS.items():
        given = field not in errors and getattr(deed, field) is not None
        if given and (wrong := check(standing, deed)):
            errors[field] = [wrong]
    if not errors and (left := _still_to_fill(deed)):
        errors["reason"] = [_l("Write what belongs here: %(part)s", part=left[0])]
    if deed.photo and "photo" not in words.VERBS[deed.verb].may:
        errors["photo"] = [_l("This act takes no such thing.")]
    if errors:
        raise Invalid(errors)


def _still_to_fill(deed: Deed) -> list[str]:
    """What a template left for its user to say, and is not said."""
    if not any(bracket in deed.reason for bracket in "(\uff08"):
        return []
    return rules.still_to_fill(deed.reason, queries.template_texts(deed.verb))


def _wrong_code(standing: Standing, deed: Deed) -> object:
    use = words.VERBS[deed.verb].cause
    known = {reason.code for reason in menu.reasons(use)} if use else set()
    return None if deed.code in known else words.MISSING["code"]


def _wrong_unit(standing: Standing, deed: Deed) -> object:
    unit = deed.unit
    if unit is None or unit.retired_at:
        return words.MISSING["unit"]
    if deed.verb == "return_down":
        return None if unit in [stop.unit for stop in standing.down] else words.MISSING["unit"]
    if unit.id == standing.holder.id:
        return _l("It is there already.")
    if deed.verb == "transfer" and standing.holder.path.startswith(unit.path):
        return _l("That unit stands above: pass it up instead.")
    return None


def _wrong_until(standing: Standing, deed: Deed) -> object:
    today = clock.today()
    if deed.until is None or not today < deed.until <= today + timedelta(days=_MOST_DAYS):
        return _l("Choose a day after today and within a year.")
    return None


def _wrong_into(standing: Standing, deed: Deed) -> object:
    into = deed.into
    if into is None or into.id == standing.demand.id or into.state not in rules.LIVING:
        return _l("Choose another demand that is still open.")
    return None


_MOST_DAYS = 366
_CHECKS = {
    "code": _wrong_code,
    "unit": _wrong_unit,
    "until": _wrong_until,
    "into": _wrong_into,
}


def _move(standing: Standing, cell: Cell, deed: Deed) -> None:
    """Bring it into the queue to which the act leads."""
    stop = _target(standing, cell, deed)
    if stop is None:
        return
    demand = standing.demand
    demand.holder_id, demand.level = stop.unit.id, stop.level.code
    demand.entered_at = clock.now()
    demand.peak = max(demand.peak, stop.level.position)


def _target(standing: Standing, cell: Cell, deed: Deed) -> Stop | None:
    if cell.move in {"up", "up_if_any"}:
        return standing.up
    if cell.move == "to" and deed.unit is not None:
        return Stop(queries.ground().level_of(deed.unit), deed.unit)
    if cell.move == "down":
        wanted = [stop for stop in standing.down if deed.unit in (None, stop.unit)]
        return wanted[0]
    if cell.clock == "accept" and standing.holder.retired_at:
        return queries.heir_of(standing.holder)
    return None


def _stand(standing: Standing, cell: Cell, deed: Deed) -> None:
    """Its state, and by what it came there."""
    demand = standing.demand
    demand.state = cell.after
    if deed.verb not in rules.BESIDE:
        demand.last_verb = deed.verb
    if cell.after in rules.DONE:
        joint.let_all_go(standing)


def _keep_time(demand: Demand, cell: Cell, deed: Deed, now: datetime) -> None:
    """The stopwatch of the work, and the clock of the level."""
    working = queries.ground().working
    if demand.running_since is not None:
        demand.worked_minutes += working.between(demand.running_since, now)
    demand.running_since = now if cell.after in rules.RUNNING else None
    if begun := _clock(demand, cell, deed, now):
        demand.set_time(begun)
    if deed.verb in {"overdue", "hold"}:
        demand.next_at = None
    if deed.verb == "supervise" and deed.hours:
        _hurry(demand, deed.hours, now)


def _clock(demand: Demand, cell: Cell, deed: Deed, now: datetime) -> Clock | None:
    ground = queries.ground()
    percent, working = ground.terms.warn_percent, ground.working
    if cell.clock == "pause":
        return paused(demand.time, now, _waits_until(deed, now), working)
    if cell.clock == "resume":
        return resumed(demand.time, now, percent, working)
    if cell.clock == "stop":
        days = ground.terms.confirm_days if cell.after == "resolved" else None
        return stopped(now + timedelta(days=days) if days else None)
    if cell.clock == "review":
        return started(now, ground.terms.review_hours, percent, working)
    if deed.verb == demand.last_verb == "transfer":
        return None  # handed to and fro, it would never come due
    if cell.clock in {"accept", "resolve"}:
        return level_clock(demand, cell.clock, now)
    return None


def level_clock(demand: Demand, what: str, now: datetime) -> Clock:
    """A new clock of its level: the time to accept, or the time to resolve."""
    ground = queries.ground()
    path = queries.holder_of(demand).path if ground.streets else None
    hours = ground.hours(demand.level, demand.category, path)
    if hours is None:
        return Clock()
    given = hours.accept if what == "accept" else hours.resolve
    return started(now, given, ground.terms.warn_percent, ground.working)


def _waits_until(deed: Deed, now: datetime) -> datetime:
    if deed.until is None or deed.verb != "suspend":
        return now + timedelta(days=queries.ground().terms.answer_days)
    return clock.begin_of(deed.until)


def _hurry(demand: Demand, hours: int, now: datetime) -> None:
    """A supervisor can shorten the time, never lengthen it."""
    ground = queries.ground()
    shorter = started(now, hours, ground.terms.warn_percent, ground.working)
    longer = demand.due_at is None or (shorter.due_at and shorter.due_at < demand.due_at)
    if longer and demand.state in rules.RUNNING:
        demand.set_time(shorter)
        casework.set_alarm(rules.CLOCK_JOB, demand.next_at)


def _count(demand: Demand, cell: Cell, deed: Deed, now: datetime) -> None:
    """What figures read off the demand itself; its clock is still the one it acted under."""
    verb = deed.verb
    if verb == "accept" and demand.accepted_at is None:
        demand.accepted_at = now
        in_time = demand.due_at is None or now <= demand.due_at
        demand.accepted_in_time = in_time and demand.climbed == 0
    demand.passed_up += verb == "pass_up"
    demand.climbed += verb == "climb"
    demand.returned += verb == "return_down"
    demand.reopened += verb == "reopen"
    if cell.after in rules.LIVING:
        demand.ended_at = None
    elif demand.ended_at is None:
        demand.ended_at = now
    _mark(demand, deed, now)


def _mark(demand: Demand, deed: Deed, now: datetime) -> None:
    if deed.verb == "supervise":
        demand.supervised_at = now
    elif deed.verb == "appeal":
        demand.appealed_at = now
    elif words.VERBS[deed.verb].cause:
        demand.reason_code = deed.code
    elif deed.verb in {"overrule", "resume", "wake"}:
        demand.reason_code = None
    elif deed.verb == "merge" and deed.into is not None:
        joint.merge(demand, deed.into)
    elif deed.verb in {"unmerge", "part"}:
        demand.merged_into_id = None
    if deed.stars is not None:
        demand.rating = deed.stars


def record(
    demand: Demand,
    deed: Deed,
    before: int | None,
    *,
    with_unit: int | None = None,
    as_unit: int | None = None,
    actor: Actor,
) -> None:
    """The custody row of an act; its number is the next one of the demand."""
    row = Custody(
        demand_id=demand.id,
        from_unit_id=before,
        to_unit_id=demand.holder_id,
        with_unit_id=with_unit,
        as_unit_id=as_unit if as_unit != before else None,
        level=demand.level,
        code=deed.code,
        rating=deed.stars,
        internal=words.VERBS[deed.verb].internal,
        due_at=demand.due_at,
    )
    casework.append(demand, row, deed.verb, deed.reason, actor=actor)


def _place(deed: Deed) -> str:
    verb = words.VERBS[deed.verb]
    if verb.internal:
        return rules.NOTED
    return rules.AFTER if verb.shows else rules.BEFORE


def keep_photos(
    demand: Demand, taken: Sequence[Taken], place: str, actor: Actor
) -> list[Attachment]:
    """The pictures that came with the last act, sealed: they show where and how people live."""
    return attachments.attach(
        taken,
        thing="demand",
        thing_id=demand.id,
        place=place,
        act=demand.acts,
        sealed=True,
        actor=actor,
    )


def take_over_queue(*, from_unit_id: int, to_unit_id: int, actor: Actor) -> int:
    """When units merge: every living demand of one queue goes to the other, with a custody row."""
    query = sa.select(Demand).where(Demand.holder_id == from_unit_id, queries.IS_LIVING)
    demands = session.scalars(query.with_for_update()).all()
    for demand in demands:
        demand.holder_id, demand.last_verb = to_unit_id, "take_over"
        record(demand, Deed("take_over"), from_unit_id, actor=actor)
        notifying.announce(demand, "take_over")
    session.execute(
        sa.update(Demand).where(Demand.unit_id == from_unit_id).values(unit_id=to_unit_id)
    )
    joint.hand_over_help(from_unit_id=from_unit_id, to_unit_id=to_unit_id)
    return len(demands)

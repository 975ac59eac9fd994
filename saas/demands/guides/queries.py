"""Hours at a counter: which are free, and which counter serves a place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from saas.demands.case.models import Custody, Demand
from saas.demands.case.queries import IS_LIVING, ground
from saas.demands.guides import rules
from saas.demands.menu.models import Guide
from saas.kernel import clock
from saas.kernel.context import current_tenant
from saas.kernel.db import rows, session
from saas.territory.queries import Unit

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Slot:
    """An hour at a counter (aware) and how many more can come."""

    at: datetime
    left: int


@dataclass(frozen=True, slots=True)
class Who:
    """Whose appointments are meant: an account, a telephone number, slips on a device."""

    person_id: int | None
    phone: str | None
    slips: Collection[str] = ()


def counter_of(guide: Guide, unit: Unit) -> Unit | None:
    """The unit that keeps the counter for who lives at ``unit``; None if none stands above it."""
    chain = ground().chain(unit)
    fitting = [stop.unit for stop in chain if guide.level in (None, stop.level.code)]
    return fitting[0] if fitting else None


def counters(guide: Guide) -> Sequence[Unit]:
    """Every counter of an affair."""
    levels = ground().levels
    level = levels.get(guide.level or "") or next(iter(levels.values()))
    query = sa.select(Unit).where(Unit.kind == level.kind, Unit.retired_at.is_(None))
    return session.scalars(query.order_by(Unit.path)).all()


def takes_appointments(guide: Guide) -> bool:
    """Whether hours are given at all."""
    return bool(guide.slot_minutes and guide.per_slot)


def free_slots(guide: Guide, counter: Unit) -> dict[date, list[Slot]]:
    """The free hours of the coming days by local day, in the district's working time.

    Two questions, however many days.
    """
    now, taken = clock.now(), _taken(guide, counter)
    found: dict[date, list[Slot]] = {}
    for at in _hours(guide, now):
        left = (guide.per_slot or 0) - taken.get(at, 0)
        if left > 0:
            found.setdefault(at.date(), []).append(Slot(at, left))
    return found


def is_free(guide: Guide, counter: Unit, at: datetime) -> bool:
    """Whether an hour can still be had; asked under the guide's lock."""
    return any(slot.at == at for slots in free_slots(guide, counter).values() for slot in slots)


def ahead_of(category: str, who: Who) -> int:
    """How many appointments for an affair lie ahead of somebody: of the account; or, of those that
    no account has, under the number or with a slip that this device has shown. So nobody fills up
    or learns what an account has by typing its number. Numbers of callers are sealed: those of the
    affair that lie ahead are opened one by one.
    """
    query = sa.select(Demand.code, Demand.filed_by_id, Demand.caller_phone).where(
        Demand.category == category, Demand.appointment_at >= clock.now(), IS_LIVING
    )
    return sum(
        (person == who.person_id)
        if person is not None
        else code in who.slips or (phone is not None and phone == who.phone)
        for code, person, phone in rows(query)
    )


def to_remind() -> list[Demand]:
    """Appointments of the coming day of which who comes is to be told; locked."""
    now = clock.now()
    query = sa.select(Demand).where(
        Demand.appointment_at > now, Demand.appointment_at <= now + rules.REMINDED_BEFORE, IS_LIVING
    )
    found = session.scalars(query.order_by(Demand.id).with_for_update(skip_locked=True)).all()
    ids = [demand.id for demand in found]
    acts: dict[int, list[tuple[str, datetime]]] = {id_: [] for id_ in ids}
    done = sa.select(Custody.demand_id, Custody.verb, Custody.at).where(Custody.demand_id.in_(ids))
    for demand_id, verb, at in rows(done.order_by(Custody.number)) if ids else ():
        acts[demand_id].append((verb, at))
    return [
        demand
        for demand in found
        if demand.appointment_at and rules.is_to_remind(demand.appointment_at, acts[demand.id], now)
    ]


def lock_guide(category: str) -> Guide | None:
    """The guide of an affair, so that nobody else gives an hour of it meanwhile."""
    query = sa.select(Guide).where(Guide.category == category).with_for_update()
    return session.scalar(query)


def _hours(guide: Guide, now: datetime) -> list[datetime]:
    if not takes_appointments(guide):
        return []
    working, zone = ground().working, current_tenant().time_zone
    today = now.astimezone(ZoneInfo(zone))
    days = [today + n * _DAY for n in range(guide.days_ahead + 1)]
    return [
        at
        for day in days
        for at in rules.slots_of(working.spans_on(day.date()), day, guide.slot_minutes or 0, zone)
        if at >= now + rules.LEAST_NOTICE
    ]


def _taken(guide: Guide, counter: Unit) -> dict[datetime, int]:
    """How many come at which hour; who withdrew, or was served already, comes no more."""
    query = sa.select(Demand.appointment_at, sa.func.count()).where(
        Demand.category == guide.category,
        Demand.unit_id == counter.id,
        Demand.appointment_at >= clock.now(),
        IS_LIVING,
    )
    return dict(rows(query.group_by(Demand.appointment_at)))

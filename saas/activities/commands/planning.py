"""Planning: an activity with its dates, once, as a series or as a course; moving a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from saas.activities import permissions, queries, rules
from saas.activities.commands import acting, seating
from saas.activities.commands.acting import Deed
from saas.activities.events import session_shifted
from saas.activities.models import Activity, Session
from saas.activities.queries import Scene
from saas.bookings import commands as bookings
from saas.bookings import queries as booking_queries
from saas.bookings.queries import Booking, Place
from saas.kernel import audit, clock
from saas.kernel.context import SYSTEM, Actor, Label
from saas.kernel.crypto import new_token
from saas.kernel.db import session
from saas.kernel.errors import Forbidden, Invalid, NotFound, not_listed
from saas.kernel.i18n import lazy_gettext as _l
from saas.organisations import queries as organisations
from saas.rooms.queries import Room
from saas.territory.queries import Unit

#: What is said of an activity, by the names of its columns.
SAID = (
    "title", "text", "bring", "audience", "kind", "tag", "project", "min_people", "max_people",
    "resident_fen", "market_fen", "concession_fen", "public",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When and where: in a ``room`` of the street or at an ``address``. ``every`` and ``until``
    make it a series, with ``course`` one sign-up for all of it. ``said`` is what is said of the
    activity (see `SAID`), ``organisation`` the code of who does it. Sign-up opens on a day (None:
    at once) and closes so many hours before; until ``leave_hours`` before one can leave alone.
    """

    start: datetime
    end: datetime
    said: dict[str, Any]
    room: Room | None = None
    address: Label | None = None
    every: str = ""
    until: date | None = None
    course: bool = False
    organisation: str = ""
    template: str | None = None
    outside: bool = False
    opens_on: date | None = None
    closes_hours: int = 0
    leave_hours: int = 0
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """What came of a plan; ``skipped`` are dates for which there was no room."""

    activity: Activity
    dates: Sequence[Session]
    skipped: Sequence[Booking] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class _At:
    """A place by itself, as permissions ask for it."""

    street_path: str
    keeper_id: int | None


def plan(
    street: Unit, wanted: Plan, *, submission: str | None = None, actor: Actor
) -> Planned:  # fmt: skip
    """Plan an activity with all its dates, as drafts; rooms are booked with it. The same
    ``submission`` gives what it made.

    Raises `Invalid` by field, `Forbidden`, or `Conflict` with the free times where no date had a
    room.
    """
    if submission and (made := queries.activity_filed(submission)):
        if made.unit_id != street.id:
            raise NotFound
        return Planned(made, queries.dates_of_activity(made))
    group = _ensure_may(street, wanted, actor)
    _ensure_fits(wanted)
    activity = Activity(
        code=new_token()[:10], submission=submission, unit_id=street.id, organisation_id=group,
        template=wanted.template, course=wanted.course, sample=wanted.sample, **wanted.said,
    )  # fmt: skip
    session.add(activity)
    session.flush()
    audit.record("activities.add", "activity", activity.id, actor=actor, unit_path=street.path)
    booked = _booked(street, wanted, actor) if wanted.room else None
    spans = (
        [(one.start, one.end, one) for one in booked if one.state != "skipped"]
        if booked is not None else [(a, b, None) for a, b in _spans(wanted)]
    )  # fmt: skip
    dates: list[Session] = []
    for start, end, booking in spans:
        head = dates[0] if wanted.course and dates else None
        dates.append(_add(activity, start, end, booking, wanted, head, actor))
    return Planned(activity, dates, [one for one in booked or () if one.state == "skipped"])


def _ensure_may(street: Unit, wanted: Plan, actor: Actor) -> int | None:
    """The organisation that does it: one of the actor's; at work any of the register, or none."""
    own = {group.code: group.id for group in organisations.own_groups(actor)}
    at = _At(street.path, wanted.room.keeper_id if wanted.room else None)
    staff = actor.kind == "system" or permissions.handles(actor, at)
    if wanted.organisation in own:
        return own[wanted.organisation]
    if not staff:
        raise Forbidden
    if not wanted.organisation.strip():
        return None
    found = organisations.registered(wanted.organisation)
    if found is None:
        raise not_listed("organisation")
    return found.id


def _ensure_fits(wanted: Plan) -> None:
    if wanted.end <= wanted.start:
        raise Invalid({"end": [_l("It would end before it begins.")]})
    if (wanted.room is None) == (not any((wanted.address or {}).values())):
        raise Invalid({"room": [_l("Choose a room, or write where it is: one of both.")]})
    if wanted.room is None and wanted.start <= clock.now() and not wanted.sample:
        raise Invalid({"day": [_l("This time is over.")]})
    low, high = wanted.said.get("min_people"), wanted.said.get("max_people")
    if low and high and low > high:
        raise Invalid({"max_people": [_l("More than the least number, please.")]})
    if wanted.every and (wanted.until is None or wanted.until <= wanted.start.date()):
        raise Invalid({"until": [_l("Until when? Give a day after the first.")]})


def _booked(street: Unit, wanted: Plan, actor: Actor) -> Sequence[Booking]:
    """The room on every date, also where it could not be had."""
    assert wanted.room is not None
    wish = bookings.Wish(
        start=wanted.start, end=wanted.end, purpose=wanted.said["title"]["zh"][:100],
        kind="activity", people=wanted.said.get("max_people"), organisation=wanted.organisation,
        every=wanted.every, until=wanted.until, outside=wanted.outside, sample=wanted.sample,
    )  # fmt: skip
    first = bookings.book(Place(wanted.room, street), wish, actor=actor)
    return booking_queries.dates_of(first)


def _spans(wanted: Plan) -> list[tuple[datetime, datetime]]:
    """The times at an address: the same by the clock on the wall on every date."""
    zone = clock.zone()
    start, length = wanted.start.astimezone(zone), wanted.end - wanted.start
    days = [start.date()]
    if wanted.every and wanted.until:
        days = booking_queries.series_days(start.date(), wanted.every, wanted.until)
        if len(days) > booking_queries.MOST_DATES:
            raise Invalid({"until": [_l("At most 60 dates at once.")]})
    begins = [datetime.combine(day, start.time(), zone) for day in days]
    return [(begin, begin + length) for begin in begins]


def _add(
    activity: Activity, start: datetime, end: datetime, booking: Booking | None, wanted: Plan,
    head: Session | None, actor: Actor,
) -> Session:  # fmt: skip
    one = Session(
        code=new_token()[:10], activity_id=activity.id, unit_id=activity.unit_id, acts=0,
        state="draft", head_id=head.id if head else None, sequence=0, sample=wanted.sample,
        room_id=booking.room_id if booking else None, booking_id=booking.id if booking else None,
        address=None if booking else wanted.address,
        capacity=None if head else activity.max_people,
        opens_at=clock.begin_of(wanted.opens_on) if wanted.opens_on else None,
    )  # fmt: skip
    acting.place_at(one, start, end, closes=timedelta(hours=wanted.closes_hours),
                    leave=timedelta(hours=wanted.leave_hours))  # fmt: skip
    session.add(one)
    session.flush()
    acting.written(queries.scene_of(one), Deed(verb="plan"), "keep", actor)
    return one


def add_date(
    activity: Activity, start: datetime, end: datetime, *, room: Room | None = None,
    address: Label | None = None, outside: bool = False, actor: Actor,
) -> Session:  # fmt: skip
    """One more date of an activity, a draft; of a course it belongs to its first one. Signing up
    and leaving end as long before it as before the first.

    Raises as `plan` does, and `Invalid` where there is a date at this time.
    """
    street, dates = queries.street_of(activity), queries.dates_of_activity(activity)
    first = dates[0]
    said = {name: getattr(activity, name) for name in SAID}
    wanted = Plan(
        start=start, end=end, said=said, room=room, address=address, outside=outside,
        closes_hours=_hours(first.start - first.closes_at),
        leave_hours=_hours(first.start - first.cancel_until),
    )  # fmt: skip
    _ensure_fits(wanted)
    if any(one.start == start and one.state != "cancelled" for one in dates):
        raise Invalid({"day": [_l("There is a date at this time already.")]})
    booking = _booked(street, wanted, actor)[0] if room else None
    head = queries.pool_of(first) if activity.course else None
    return _add(activity, start, end, booking, wanted, head, actor)


def _hours(span: timedelta) -> int:
    return int(span / timedelta(hours=1))


def adopt(booking: Booking) -> Session | None:
    """A date of a series that got its room after all is a date of the activity."""
    beside = queries.in_series(booking)
    if beside is None or queries.booked_for(booking.id):
        return None
    activity = session.get_one(Activity, beside.activity_id)
    head = queries.pool_of(beside) if activity.course else None
    said = {name: getattr(activity, name) for name in SAID}
    wanted = Plan(start=booking.start, end=booking.end, said=said, sample=activity.sample)
    return _add(activity, booking.start, booking.end, booking, wanted, head, SYSTEM)


def change(activity: Activity, *, actor: Actor, **said: Any) -> None:
    """Other words, people, prices; places that are published stay as many as they are."""
    street = queries.street_of(activity)
    groups = queries.people_of(activity)
    if not permissions.session_parts(actor, _At(street.path, None), groups):
        raise NotFound
    for name, value in said.items():
        setattr(activity, name, value)
    session.flush()
    audit.record("activities.change", "activity", activity.id, actor=actor, unit_path=street.path)


def move(
    scene: Scene, *, start: datetime, end: datetime, room: Room | None = None,
    address: Label | None = None, seen: int | None = None, outside: bool = False, actor: Actor,
) -> None:  # fmt: skip
    """Another time or place; the room is given back and another one booked in the same breath.
    Everybody who signed up hears of it; where the day is another they are asked whether they come.
    """
    one = scene.session
    cell = acting.allowed(scene, "move", seen=seen, actor=actor)
    wanted = Plan(start=start, end=end, room=room, address=address, outside=outside,
                  said={name: getattr(scene.activity, name) for name in SAID})  # fmt: skip
    _ensure_fits(wanted)
    day, by = _day(one.start), start - one.start
    before, one.booking_id, one.address = one.booking_id, None, scene.where
    session.flush()  # what is given back is no longer this one's
    acting.free_room(before, "")
    booking = _booked(scene.street, wanted, actor)[0] if room else None
    one.booking_id, one.room_id = (booking.id, booking.room_id) if booking else (None, None)
    one.address = None if booking else address
    acting.place_at(one, start, end, closes=one.start - one.closes_at,
                    leave=one.start - one.cancel_until)  # fmt: skip
    one.sequence += 1
    session.flush()
    near = queries.near_at(one)
    if near and near <= clock.now():
        one.reminded_for = one.start  # everybody is told of it in this breath
    now = queries.scene_of(one)
    acting.written(now, Deed(verb="move"), cell.clock, actor)
    session_shifted.send(one.id, by=by)
    if one.state == "published" and not one.head_id and _day(start) != day:
        for signup in queries.living(one.id, lock=True, states=("confirmed",)):
            seating.move(signup, "ask", now, actor)


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.zone()).date()


def shifted(one: Session, year: int) -> tuple[datetime, datetime]:
    """The same weekday and time in another year."""
    zone = clock.zone()
    start = one.start.astimezone(zone)
    begin = datetime.combine(rules.same_weekday(start.date(), year), start.time(), zone)
    return begin, begin + timedelta(minutes=one.minutes)

"""Laying the itinerary: which room from when to when, with whom; the guests' own stop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Range

from saas.bookings import commands as bookings
from saas.bookings import queries as booking_queries
from saas.bookings.commands import Wish
from saas.kernel import audit, clock
from saas.kernel.context import SYSTEM, Actor
from saas.kernel.db import constraint_of, session
from saas.kernel.errors import Conflict, Forbidden, Invalid, not_listed
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import commands as notices
from saas.visits import permissions, queries, rules, words
from saas.visits.commands.acting import facts_of, let_go
from saas.visits.models import GROUP, GUIDE, ROOM, Stop, Visit

_TAKEN = _l("Another group has this room then.")


@dataclass(frozen=True, slots=True, kw_only=True)
class StopWish:
    """A stop as it was typed: ``thing`` is ``room-7`` or ``venue-3``, else ``place`` in words;
    nothing of both is for the guests to choose. ``guide`` is a person's id.
    """

    start: time
    end: time
    thing: str = ""
    place: str = ""
    guide: str = ""
    chosen: bool = False


def lay_stop(visit: Visit, wish: StopWish, stop: Stop | None = None, *, actor: Actor) -> Stop:
    """Add a stop, or make ``stop`` another one; its room is booked for that time, or let go.

    Raises `Invalid` at the field that does not go: guide, start, room with the nearest free times.
    """
    street = _ensure(visit, actor)
    if stop is None and len(queries.stops_of(visit)) >= rules.MOST_STOPS:
        raise Conflict(_l("So many stops nobody can take in: leave one out."))
    during, place = _during(visit, wish), _place(visit, wish)
    made = stop or Stop(visit_id=visit.id, no=len(queries.stops_of(visit)) + 1)
    if stop is not None:
        let_go(stop)
    made.during, made.kind = Range(*during, bounds="[)"), "chosen" if wish.chosen else "planned"
    made.guide_id = _guide(street, wish.guide)
    for name, value in place.items():
        setattr(made, name, value)
    _store(made)
    _book(visit, made)
    _number(visit)
    _note("add_stop" if stop is None else "change_stop", visit, street.path, actor)
    if made.guide_id and visit.state == "confirmed" and made.guide_id != actor.person_id:
        notices.notify([made.guide_id], words.GUIDE, path=f"/visits/{visit.code}",
                       about=f"visit:{visit.id}", **facts_of(visit, street))  # fmt: skip
    return made


def _ensure(visit: Visit, actor: Actor) -> Any:
    street = queries.unit_of(visit)
    if not permissions.handles(actor, street.path):
        raise Forbidden
    if visit.state not in rules.LAID:
        raise Conflict(words.OBSTACLE["state"])
    return street


def _during(visit: Visit, wish: StopWish) -> tuple[datetime, datetime]:
    zone = clock.zone()
    day = visit.starts_at.astimezone(zone).date()
    start, end = (datetime.combine(day, at, zone) for at in (wish.start, wish.end))
    if end <= start:
        raise Invalid({"end": [_l("It would end before it begins.")]})
    if start < visit.starts_at or end > visit.ends_at:
        begins, ends = (f"{at.astimezone(zone):%H:%M}" for at in (visit.starts_at, visit.ends_at))
        raise Invalid({"start": [_l("They are here from %(start)s to %(end)s.", start=begins,
                                    end=ends)]})  # fmt: skip
    return start, end


def _place(visit: Visit, wish: StopWish) -> dict[str, Any]:
    kind, _, key = wish.thing.partition("-")
    rooms_, venues = queries.things_of(queries.unit_of(visit))
    found = {"room": rooms_, "venue": venues}.get(kind, {}).get(int(key) if key.isdecimal() else 0)
    if wish.thing and found is None:
        raise not_listed("thing")
    words_ = "" if wish.thing else wish.place.strip()
    if not wish.thing and not words_ and not wish.chosen:
        raise Invalid({"thing": [_l("Choose where they go, or write it down.")]})
    return {
        "room_id": found.id if kind == "room" and found else None,
        "venue_id": found.id if kind == "venue" and found else None,
        "place": words_ or None,
    }


def _guide(street: Any, key: str) -> int | None:
    if not key:
        return None
    if key not in {str(one) for one, _name in queries.guides_for(street)}:
        raise not_listed("guide")
    return int(key)


def _store(stop: Stop) -> None:
    """Raises `Invalid` at the field for which the database says that it is taken."""
    told = {
        GUIDE: ("guide", _l("This guide is with another group then.")),
        GROUP: ("start", words.GROUP),
        ROOM: ("thing", _TAKEN),
        "uq_visit_stops_chosen": ("chosen", _l("Another stop is theirs to choose already.")),
    }
    try:
        with session.begin_nested():
            session.add(stop)
            session.flush()
    except sa.exc.IntegrityError as error:
        if constraint_of(error) not in told:
            raise
        field, sentence = told[constraint_of(error)]
        raise Invalid({field: [sentence]}) from None


def _book(visit: Visit, stop: Stop) -> None:
    """The room of a stop is theirs, or it is said in plain words why not, and when it is free."""
    if stop.room_id is None:
        return
    place = booking_queries.places_of([stop.room_id])[stop.room_id]
    wish = Wish(start=stop.start, end=stop.end, purpose=visit.from_org[:100], kind="guest",
                people=min(visit.guests_n, 1000), outside=True, sample=visit.sample)  # fmt: skip
    try:
        stop.booking_id = bookings.book(place, wish, actor=SYSTEM).id
    except Conflict as error:
        raise Invalid({"thing": [error.text]}) from None
    except Invalid as error:
        raise Invalid(
            {"thing": [one for texts in error.errors.values() for one in texts]}
        ) from None


def _number(visit: Visit) -> None:
    """Stops stand in the order of their time."""
    for no, stop in enumerate(sorted(queries.stops_of(visit), key=lambda one: one.start), 1):
        stop.no = no
    session.flush()


def _note(action: str, visit: Visit, path: str, actor: Actor, **facts: Any) -> None:
    session.flush()
    audit.record(f"visits.{action}", "visit", visit.id, actor=actor, unit_path=path, **facts)


def remove_stop(visit: Visit, stop: Stop, *, actor: Actor) -> None:
    """Leave it out; its room is free again."""
    street = _ensure(visit, actor)
    let_go(stop)
    session.delete(stop)
    session.flush()
    _number(visit)
    _note("remove_stop", visit, street.path, actor)


def choose(visit: Visit, *, thing: str, place: str, actor: Actor) -> None:
    """The guests say on the day where they want to go; whoever is first has chosen."""
    stop = next((one for one in queries.lock_stops(visit) if one.is_open), None)
    day = visit.starts_at.astimezone(clock.zone()).date()
    if stop is None or visit.state != "confirmed" or day != clock.today():
        raise Conflict(_l("There is nothing to choose now."))
    zone = clock.zone()
    start, end = (at.astimezone(zone).time() for at in (stop.start, stop.end))
    found = _place(visit, StopWish(start=start, end=end, thing=thing, place=place))
    for name, value in found.items():
        setattr(stop, name, value)
    _store(stop)
    _book(visit, stop)
    _note("choose", visit, queries.path_of(visit), actor)

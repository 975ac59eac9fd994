"""Acting on a booking: allowed? → given what it asks? → is the room free? → numbered act → audit,
fact, notices, the next alarm. All in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Range

from saas import casework
from saas.accounts import queries as accounts
from saas.bookings import permissions, queries, rules, words
from saas.bookings.events import booking_moved
from saas.bookings.models import ALONE, Act, Booking
from saas.bookings.queries import Place
from saas.bookings.rules import Stretch, Terms
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import constraint_of, session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import commands as notices
from saas.rooms import queries as rooms

JOB: Final = "bookings.tick"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A verb with its words. ``at_door``: who does it stands before the code at the door."""

    verb: str
    reason: str = ""
    at_door: bool = False


def act(
    booking: Booking, deed: Deed, *, seen: int | None = None, tells: bool = True, actor: Actor
) -> None:
    """Do ``deed``; ``booking`` comes locked from its door. ``tells``: whether people hear of it;
    of a whole series they hear once.

    Raises `Conflict`, also where somebody else has the room, `Forbidden`, or `Invalid` by field.
    """
    casework.ensure_seen(booking, seen, lambda: _happened(booking))
    place, now = queries.place_of(booking), clock.now()
    terms = queries.terms_of([place.room])[place.room.id]
    people = queries.people_of(booking)
    cell = casework.allowed(
        rules.TABLE, booking.state, deed.verb, words=words.OBSTACLE,
        bars=rules.bars(booking.state, now, (booking.start, booking.end), terms),
        parts=permissions.parts_of(actor, booking, place, people, at_door=deed.at_door),
    )  # fmt: skip
    if cell.by == "decider" and actor.kind != "system":
        casework.ensure_another(actor, booking.applicant_id)
    if missing := casework.not_given(deed, cell.asks, words.MISSING):
        raise Invalid(missing)
    if deed.verb in ("approve", "retry", "ask_again"):
        _ensure_open(booking, place, terms)
    if deed.verb in ("approve", "decline"):
        booking.approver_id = actor.person_id
    if deed.verb == "end":
        _cut(booking, min(max(now, booking.start), booking.end))
    if deed.verb in ("retry", "ask_again"):
        booking.cause = None
    hold(booking, cell.after, place, terms)
    written(booking, deed, place, terms, cell.clock, actor, tells=tells)
    if booking.state in ("cancelled", "released"):
        _offer(booking, place)


def _happened(booking: Booking) -> object:
    last = queries.story_of(booking)[-1]
    return casework.overtaken(words.VERBS[last.verb].done, last.actor)


def _cut(booking: Booking, end: datetime) -> None:
    """It is over sooner: what was asked for ends now, and the time to clean up with it."""
    rest = booking.held[1] - booking.end
    end = max(end.replace(second=0, microsecond=0), booking.start + rules.SHORTEST)
    booking.during = Range(booking.start, end, bounds="[)")
    booking.blocked = Range(booking.start, end + rest, bounds="[)")


def _ensure_open(booking: Booking, place: Place, terms: Terms) -> None:
    """Raise `Conflict` where the room has been closed meanwhile, is not run, or where hours and
    holidays are still what they were when the date was not had.
    """
    if place.room.status != "open":
        raise Conflict(_l("This room is not open now."))
    wanted, outside = (booking.start, booking.end), booking.cause not in ("hours", "holiday")
    if cause := queries.cause_against(place, wanted, terms, outside=outside):
        raise refused(cause, place, wanted, terms)
    if booking.cause and terms.approval and queries.is_held(booking):
        raise refused("taken", place, wanted, terms)


def hold(booking: Booking, state: str, place: Place, terms: Terms) -> None:
    """Store a booking in a state. Raises `Conflict` with the nearest free times where the database
    says that somebody else has the room.
    """
    wanted = booking.start, booking.end
    try:
        with session.begin_nested():
            booking.state = state
            session.add(booking)
            session.flush()
    except sa.exc.IntegrityError as error:
        if constraint_of(error) != ALONE:
            raise
        raise refused("taken", place, wanted, terms) from None


def refused(cause: str, place: Place, wanted: Stretch, terms: Terms) -> Conflict:
    """That a time cannot be had, and the nearest that can; ``free`` has them for who asks."""
    found = queries.nearest_free(place, wanted, terms)
    said = str(words.REFUSED[cause][1])
    if found:
        said = _("%(why)s Free are: %(times)s.", why=said, times=spoken(found))
    else:
        said = _("%(why)s Around that day nothing as long is free.", why=said)
    return Conflict(said, cause=cause, free=[[a.isoformat(), b.isoformat()] for a, b in found])


def spoken(spans: Sequence[Stretch]) -> str:
    """Times as they are said: 12-01 10:00–12:00."""
    zone = clock.zone()
    return _(", ").join(
        f"{a.astimezone(zone):%m-%d %H:%M}–{b.astimezone(zone):%H:%M}" for a, b in spans
    )  # fmt: skip


def written(
    booking: Booking, deed: Deed, place: Place, terms: Terms, what: str, actor: Actor, *,
    tells: bool = True,
) -> None:  # fmt: skip
    """What every act leaves behind."""
    if what != "keep":
        booking.next_at = _next(booking, what, terms)
    casework.append(booking, Act(booking_id=booking.id), deed.verb, deed.reason, actor=actor)
    audit.record(f"bookings.{deed.verb}", "booking", booking.id, actor=actor,
                 unit_path=place.street_path)  # fmt: skip
    session.flush()
    booking_moved.send(booking.id, verb=deed.verb, state=booking.state)
    if tells:
        tell(booking, deed.verb, place, actor)
    if booking.next_at:
        casework.set_alarm(JOB, booking.next_at)


def _next(booking: Booking, what: str, terms: Terms) -> datetime | None:
    """When the clock looks: when nobody came, when it is over, when nobody decided."""
    if what == "start":
        return min(booking.start + terms.grace, booking.end)
    return {"end": booking.end, "ask": booking.start}.get(what)


# Whom it concerns -------------------------------------------------------------------------------


def tell(booking: Booking, verb: str, place: Place, actor: Actor) -> None:
    """Whose it is, who has to decide, and other systems."""
    if casework.is_quiet():
        return
    row, facts = words.VERBS[verb], _facts(booking, place)
    about, path = f"booking:{booking.id}", f"/bookings/{booking.code}"
    notices.done_about(about, words.ASKED, words.FREE)
    if kind := row.notices.get("deciders"):
        others = [one for one in deciders(place) if one != actor.person_id]
        if verb != "cancel" or booking.approver_id:
            notices.notify(others, kind, path=path, about=about, **facts)
    if kind := row.notices.get("owner"):
        owners = queries.people_of(booking) - {actor.person_id}
        notices.notify(sorted(owners), kind, path=path, about=about, **facts)
        if booking.guest_phone and kind.short and verb not in ("book", "retry"):
            notices.tell_number(
                booking.guest_phone, kind, path=path, about=about, calls=place.street.id,
                name=booking.guest_name, **facts,
            )  # fmt: skip
    if row.fact is not None:
        notices.announce(row.fact.name, {**facts, "code": booking.code, "verb": verb,
                                         "state": booking.state, "room": place.room.code,
                                         "number": booking.acts})  # fmt: skip


def _facts(booking: Booking, place: Place) -> dict[str, Any]:
    """What notices say; the room with its time, since who is rung hears the headline alone."""
    at = f"{booking.start.astimezone(clock.zone()):%m-%d %H:%M}"
    what = {tongue: f"{name} {at}" for tongue, name in place.room.name.items()}
    return {"what": what, "when": booking.start, "where": place.street.name}


def deciders(place: Place) -> list[int]:
    """Who is asked: the keeper of the room, else the street, else who looks after its rooms."""
    if place.keeper_id:
        return [place.keeper_id]
    for needs in (permissions.HANDLE, permissions.SET_UP):
        if found := accounts.holder_ids([place.street.id], needs).get(place.street.id):
            return found
    return []


def _offer(booking: Booking, place: Place) -> None:
    """Tell whose date of a series was not had because of this booking that it can be had now."""
    closed = rooms.closures_of([place.room], booking.start, booking.end)
    if casework.is_quiet() or closed:
        return
    for one in queries.waiting_for(booking):
        notices.notify(
            sorted(queries.people_of(one)), words.FREE, path=f"/bookings/{one.code}",
            about=f"booking:{one.id}", **_facts(one, place),
        )  # fmt: skip

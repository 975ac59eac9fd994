"""Booking a room: once or as a series, for oneself, one's organisation, or a guest at the desk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy.dialects.postgresql import Range

from saas.accounts import queries as accounts
from saas.bookings import permissions, queries, rules, words
from saas.bookings.commands.acting import Deed, act, hold, refused, written
from saas.bookings.models import Booking, Series
from saas.bookings.queries import Place
from saas.bookings.rules import Stretch, Terms
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import lookup_hash, new_token
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid, NotFound, SignInNeeded, not_listed
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.shortcodes import new_code
from saas.organisations import queries as organisations
from saas.rooms import queries as rooms


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is wanted: a room from ``start`` to ``end``. ``organisation`` is a code; with a guest's
    name and number somebody at work enters it (``channel``). ``outside``: who enters it sees to it
    that the room is open. ``every`` and ``until`` make it a series.
    """

    start: datetime
    end: datetime
    purpose: str
    kind: str = "meeting"
    people: int | None = None
    organisation: str = ""
    guest_name: str = ""
    guest_phone: str = ""
    channel: str = "online"
    outside: bool = False
    every: str = ""
    until: date | None = None
    sample: bool = False


def wish_of(*, day: date, start: time, end: time, **given: object) -> Wish:
    """A wish out of a day and two times; one that ends no later than it begins ends the day after,
    where it is less than a night's length away from its begin.
    """
    zone = clock.zone()
    begin, stop = (datetime.combine(day, at, zone) for at in (start, end))
    if stop <= begin and (stop + timedelta(days=1) - begin) <= timedelta(hours=18):
        stop = datetime.combine(day + timedelta(days=1), end, zone)
    return Wish(start=begin, end=stop, **given)  # type: ignore[arg-type]


def book(place: Place, wish: Wish, *, submission: str | None = None, actor: Actor) -> Booking:
    """Book a room, or ask for it where somebody has to approve; of a series the first date.

    Every date of a series is stored; one that cannot be had with its cause. The same ``submission``
    gives what it made. Raises `Invalid` by field, `Forbidden`, or `Conflict` with the nearest free
    times.
    """
    if again := _already(submission, actor):
        return again
    if place.room.status != "open":
        raise Conflict(_l("This room is not open now."))
    terms = queries.terms_of([place.room])[place.room.id]
    staff = actor.kind == "system" or permissions.handles(actor, place)
    made = _owned(place, wish, terms, actor, staff=staff)
    _ensure_fits((wish.start, wish.end), wish, terms, staff=staff)
    rooms.lock_rooms([place.room.id])
    if again := _already(submission, actor):  # pressed twice: the first one had the room till now
        return again
    made.submission = submission
    if wish.every:
        return _book_series(place, wish, made, terms, actor, staff=staff)
    cause = queries.cause_against(
        place, (wish.start, wish.end), terms, outside=wish.outside and staff
    )  # fmt: skip
    if cause:
        raise refused(cause, place, (wish.start, wish.end), terms)
    _store(made, (wish.start, wish.end), place, terms, actor)
    return made


def _already(submission: str | None, actor: Actor) -> Booking | None:
    found = queries.find_submission(submission) if submission else None
    if found is not None and found.applicant_id != actor.behind_id:
        raise NotFound
    return found


def _owned(place: Place, wish: Wish, terms: Terms, actor: Actor, *, staff: bool) -> Booking:
    """A new booking with whose it is; nothing is stored yet."""
    if not actor.signed_in and actor.kind != "system":
        raise SignInNeeded
    guest = bool(wish.guest_name.strip() or wish.guest_phone.strip())
    if (guest or wish.channel != "online") and not staff:
        raise Forbidden
    phone = accounts.usable_phone(wish.guest_phone) if wish.guest_phone.strip() else None
    own = wish.channel == "online" and actor.kind != "token"
    others = guest or not (own or wish.organisation.strip())
    if others and not wish.guest_name.strip():
        raise Invalid({"guest_name": [_l("Who comes?")]})
    if guest and phone is None:
        told = _l("Write a telephone number, so that they can be told.")
        raise Invalid({"guest_phone": [accounts.no_phone(told)]})
    group = _organisation(wish.organisation, actor, staff=staff)
    _ensure_may(terms, staff=staff, group=group is not None)
    return Booking(
        code=new_code(), room_id=place.room.id, unit_id=place.street.id, kind=wish.kind,
        purpose=wish.purpose.strip(), people=wish.people, organisation_id=group, acts=0,
        person_id=None if guest or (group and staff and wish.channel != "online")
        else actor.person_id,
        guest_name=wish.guest_name.strip() or None if guest else None, guest_phone=phone,
        guest_hash=lookup_hash(phone) if phone else None, channel=wish.channel,
        applicant_id=actor.behind_id, sample=wish.sample,
    )  # fmt: skip


def _organisation(code: str, actor: Actor, *, staff: bool) -> int | None:
    """The organisation in whose name it is: one of the actor's, at work any of the register."""
    if not code.strip():
        return None
    own = {group.code: group.id for group in organisations.own_groups(actor)}
    if code in own:
        return own[code]
    found = organisations.registered(code) if staff else None
    if found is None:
        raise not_listed("organisation")
    return found.id


def _ensure_may(terms: Terms, *, staff: bool, group: bool) -> None:
    if staff or terms.who == "everybody" or (terms.who == "organisations" and group):
        return
    if terms.who == "organisations":
        raise Invalid({"organisation": [_l("Only organisations of the register book this room.")]})
    raise Forbidden(_l("This room is booked by staff alone. Ask at the desk."))


def _ensure_fits(wanted: Stretch, wish: Wish, terms: Terms, *, staff: bool) -> None:
    """Raise `Invalid` at the field that the terms do not allow."""
    if wrong := rules.refused_term(wanted, clock.now(), terms, staff=staff):
        field, text = words.REFUSED[wrong]
        numbers = {
            "minutes": terms.longest_minutes, "hours": terms.notice_hours,
            "days": rules.ahead(terms, staff=staff).days,
        }  # fmt: skip
        raise Invalid({field: [str(text) % numbers]})


def _shaped(made: Booking, wanted: Stretch, terms: Terms) -> None:
    made.during = Range(*wanted, bounds="[)")
    made.blocked = Range(wanted[0], wanted[1] + terms.buffer, bounds="[)")


def _store(
    made: Booking, wanted: Stretch, place: Place, terms: Terms, actor: Actor, *, tells: bool = True
) -> None:
    """Book it, or ask for it: also what is only asked for must be free when it is asked for."""
    _shaped(made, wanted, terms)
    asks = terms.approval
    if asks and queries.is_held(made):
        raise refused("taken", place, wanted, terms)
    hold(made, "asked" if asks else "confirmed", place, terms)
    deed = Deed(verb="ask" if asks else "book")
    written(made, deed, place, terms, "ask" if asks else "start", actor, tells=tells)


# Series -----------------------------------------------------------------------------------------


def _book_series(
    place: Place, wish: Wish, first: Booking, terms: Terms, actor: Actor, *, staff: bool
) -> Booking:
    """Every date of a series; the rule is expanded once, here."""
    days = _dates(wish, terms, staff=staff)
    series = Series(code=new_token()[:10], every=wish.every, until=days[-1])
    session.add(series)
    session.flush()
    made: list[Booking] = []
    for number, day in enumerate(days):
        one = first if number == 0 else _like(first)
        one.series_id = series.id
        tells = all(each.state == "skipped" for each in made)
        _store_or_skip(one, _on(day, wish), place, terms, actor,
                       outside=wish.outside and staff, tells=tells)  # fmt: skip
        made.append(one)
    if all(one.state == "skipped" for one in made):
        raise refused(made[0].cause or "taken", place, (wish.start, wish.end), terms)
    return made[0]


def _dates(wish: Wish, terms: Terms, *, staff: bool) -> list[date]:
    first = wish.start.astimezone(clock.zone()).date()
    furthest = clock.today() + timedelta(days=366 if staff else terms.ahead_days)
    if wish.until is None or wish.until <= first:
        raise Invalid({"until": [_l("Until when? Give a day after the first.")]})
    if wish.until > furthest:
        raise Invalid({"until": [_l("At the latest %(day)s.", day=f"{furthest:%Y-%m-%d}")]})
    days = rules.dates(first, wish.every, wish.until)
    if len(days) > rules.MOST_DATES:
        raise Invalid({"until": [_l("At most 60 dates at once.")]})
    return days


def _like(first: Booking) -> Booking:
    names = (
        "room_id", "unit_id", "kind", "purpose", "people", "organisation_id", "person_id",
        "guest_name", "guest_phone", "guest_hash", "channel", "applicant_id", "sample",
    )  # fmt: skip
    return Booking(code=new_code(), acts=0, **{name: getattr(first, name) for name in names})


def _on(day: date, wish: Wish) -> Stretch:
    """The same times by the clock on the wall, on another day."""
    zone = clock.zone()
    begin, stop = wish.start.astimezone(zone), wish.end.astimezone(zone)
    over = (stop.date() - begin.date()).days
    return (
        datetime.combine(day, begin.time(), zone),
        datetime.combine(day + timedelta(days=over), stop.time(), zone),
    )


def _store_or_skip(
    one: Booking, wanted: Stretch, place: Place, terms: Terms, actor: Actor, *, outside: bool,
    tells: bool,
) -> None:  # fmt: skip
    """One date of a series. Whoever hears of the first one hears of all: they are on its page."""
    _shaped(one, wanted, terms)
    cause = queries.cause_against(place, wanted, terms, outside=outside)
    if cause is None:
        try:
            _store(one, wanted, place, terms, actor, tells=tells)
            return
        except Conflict as error:
            cause = str(error.data.get("cause", "taken"))
            _shaped(one, wanted, terms)
    one.cause = cause
    hold(one, "skipped", place, terms)
    written(one, Deed(verb="skip"), place, terms, "stop", actor)


def fill(booking: Booking, *, actor: Actor) -> int:
    """Try again every coming date of its series that was not had; returns how many were had."""
    place = queries.place_of(booking)
    terms = queries.terms_of([place.room])[place.room.id]
    deed, got = Deed(verb="ask_again" if terms.approval else "retry"), 0
    for one in queries.lock_dates(booking):
        if one.state != "skipped" or one.start <= clock.now():
            continue
        got += _tried(one, deed, actor)
    session.flush()
    return got


def _tried(one: Booking, deed: Deed, actor: Actor) -> bool:
    cause = one.cause
    try:
        act(one, deed, actor=actor)
    except Conflict as error:
        one.cause = str(error.data.get("cause", cause))
        return False
    return True


def cancel_following(
    booking: Booking, deed: Deed, *, seen: int | None = None, actor: Actor
) -> int:  # fmt: skip
    """Do ``deed``, a way to cancel, to this date and to all that follow in its series; returns to
    how many. What has begun or is over stays.
    """
    done = 0
    for one in queries.lock_dates(booking):
        if one.start < booking.start or one.state not in ("asked", "confirmed", "skipped"):
            continue
        verb = "cancel" if one.state == "skipped" else deed.verb
        if one.start > clock.now():
            act(one, replace(deed, verb=verb), seen=seen if one is booking else None,
                tells=not done, actor=actor)  # fmt: skip
            done += 1
    return done

"""What templates show of bookings, every word ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from saas import casework
from saas.accounts import queries as accounts
from saas.bookings import permissions, queries, rules, words
from saas.bookings.models import Booking
from saas.bookings.queries import Day, Place
from saas.bookings.rules import Stretch, Terms
from saas.casework import ActForm
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import masked_phone
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import long_date, ngettext, say
from saas.kernel.shortcodes import shown_code
from saas.organisations import queries as organisations

_DOOR = ("start", "end")


def times(during: Stretch, day: date | None = None) -> str:
    """10:00–12:00; an end on another day than ``day`` with its date."""
    start, end = (moment.astimezone(clock.zone()) for moment in during)
    first = f"{start:%H:%M}" if day in (None, start.date()) else f"{start:%m-%d %H:%M}"
    if end.date() == (day or start.date()):
        return f"{first}–{end:%H:%M}"
    whole = end.hour == end.minute == 0 and end.date() == (day or start.date()) + timedelta(days=1)
    return f"{first}–24:00" if whole else f"{first}–{end:%m-%d %H:%M}"


def when(booking: Booking) -> str:
    """The long date with the times of the day."""
    zone = str(clock.zone())
    return f"{long_date(booking.start, zone)} {times((booking.start, booking.end))}"


def whose(booking: Booking, names: dict[int, str], groups: dict[int, Any]) -> str:
    """Who comes, for who works there."""
    group = groups.get(booking.organisation_id or 0)
    person = booking.guest_name or names.get(booking.person_id or 0, "")
    return " · ".join(filter(None, (say(group[0]) if group else "", person)))


def people_in(found: Sequence[Booking]) -> tuple[dict[int, str], Any]:
    """Names of persons and organisations of many bookings."""
    names = accounts.names_of([one.person_id for one in found if one.person_id])
    return names, organisations.names([o.organisation_id for o in found if o.organisation_id])


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of a room's day: free, booked or closed. ``booking`` for who works there alone."""

    times: str
    what: str
    tone: str
    word: str
    start: str = ""
    booking: Booking | None = None
    who: str = ""
    acts: tuple[tuple[str, str, str], ...] = ()


def lines_of(day: Day, *, named: bool = False) -> list[Line]:
    """A room's day from morning to evening; ``named``: with who and what for."""
    names, groups = people_in(day.bookings) if named else ({}, {})
    rows: list[tuple[datetime, Line]] = []
    for span in day.free:
        start = span[0].astimezone(clock.zone())
        rows.append((span[0], Line(times(span, day.day), "", "good", _("free"), f"{start:%H:%M}")))
    for one in day.bookings:
        if not named and one.state == "asked":
            continue
        rows.append((one.start, _booked(one, day.day, names, groups, named=named)))
    for closure in day.closures:
        shown = max(closure.start, clock.begin_of(day.day)), closure.end
        rows.append((shown[0], Line(times(shown, day.day), closure.reason, "paused", _("closed"))))
    return [line for _at, line in sorted(rows, key=lambda row: row[0])]


def _booked(
    one: Booking, day: date, names: dict[int, str], groups: dict[int, Any], *, named: bool
) -> Line:  # fmt: skip
    span = times((one.start, one.end), day)
    if not named:
        return Line(span, "", "ended", _("taken"))
    tone, word = words.STATE[one.state]
    acts = {"confirmed": ("start", "check"), "in_use": ("end", "check")}.get(one.state)
    shown = ((acts[0], str(words.VERBS[acts[0]].do), acts[1]),) if acts and _near(one) else ()
    return Line(span, one.purpose, tone, str(word), "", one, whose(one, names, groups), shown)


def _near(one: Booking) -> bool:
    return one.state == "in_use" or one.start - rules.EARLY <= clock.now()


def terms_in_words(terms: Terms) -> list[str]:
    """On which terms a room is booked, a sentence each."""
    hours, buffer = terms.longest_minutes / 60, terms.buffer_minutes
    found = [
        _("Booked by %(who)s.", who=words.WHO[terms.who]),
        _("Somebody has to approve it.") if terms.approval else _("It is yours at once."),
        _("At most %(hours)s hours at one time.", hours=f"{hours:g}"),
        _("From %(days)s days to %(hours)s hours before.", days=terms.ahead_days,
          hours=terms.notice_hours),
        ngettext("It stays free for %(num)s minute afterwards, to clean up.",
                 "It stays free for %(num)s minutes afterwards, to clean up.", buffer)
        if buffer else "",
        ngettext("Who has not come after %(num)s minute frees it for others.",
                 "Who has not come after %(num)s minutes frees it for others.",
                 terms.grace_minutes),
        "" if terms.holidays else _("Not on public holidays."),
    ]  # fmt: skip
    return [one for one in found if one]


@dataclass
class Record:
    """A booking with everything that its page shows."""

    booking: Booking
    place: Place
    when: str
    code: str
    state: tuple[str, object]
    story: list[dict[str, Any]]
    forms: list[ActForm]
    dates: Sequence[Booking]
    facts: list[tuple[object, object]]
    staff: bool
    rivals: Sequence[Booking] = ()

    @property
    def cancels(self) -> str:
        """The verb by which the reader can cancel, if any."""
        verbs = {form.verb for form in self.forms}
        return next((verb for verb in ("cancel", "call_off") if verb in verbs), "")

    @property
    def missed(self) -> int:
        """How many coming dates of the series were not had."""
        now = clock.now()
        return sum(one.state == "skipped" and one.start > now for one in self.dates)


def record_of(booking: Booking, actor: Actor, *, at_door: bool = False) -> Record:
    """A booking for a reader who may see it."""
    place = queries.place_of(booking)
    staff = permissions.handles(actor, place)
    rivals = [
        one for one in queries.bookings_in([booking.room_id], booking.start, booking.end)
        if one.id != booking.id and one.start < booking.end and one.end > booking.start
    ] if staff and booking.state == "asked" else []  # fmt: skip
    return Record(
        booking=booking, place=place, when=when(booking), code=shown_code(booking.code),
        state=words.STATE[booking.state], staff=staff, dates=queries.dates_of(booking),
        story=[casework.line_of(a, words.VERBS[a.verb], named=staff)
               for a in queries.story_of(booking)],
        forms=forms_of(booking, place, actor, at_door=at_door),
        facts=_facts(booking, staff=staff), rivals=rivals,
    )  # fmt: skip


def _facts(booking: Booking, *, staff: bool) -> list[tuple[object, object]]:
    names, groups = people_in([booking])
    return [
        (_("What for?"), booking.purpose),
        (_("Kind"), words.KIND[booking.kind]),
        (_("How many people?"), booking.people),
        (_("Who comes?"), whose(booking, names, groups) or None),
        (_("Telephone"), masked_phone(booking.guest_phone) if booking.guest_phone else None),
        (_("Came in"), words.CHANNEL[booking.channel] if staff else None),
        (_("Why it was not had"), words.CAUSE.get(booking.cause or "")),
    ]


def forms_of(
    booking: Booking, place: Place, actor: Actor, *, at_door: bool = False
) -> list[ActForm]:
    """What the reader can do now."""
    terms = queries.terms_of([place.room])[place.room.id]
    people = queries.people_of(booking)
    parts = permissions.parts_of(actor, booking, place, people, at_door=at_door)
    bars = rules.bars(booking.state, clock.now(), (booking.start, booking.end), terms)
    verbs = casework.open_verbs(rules.TABLE, booking.state, bars, by=parts)
    if "cancel" in verbs and "call_off" in verbs:
        verbs.remove("call_off")
    return [
        casework.form_of(words.VERBS[verb], rules.TABLE[booking.state, verb])
        for verb in verbs
        if words.VERBS[verb].do is not None and (not at_door or verb in _DOOR)
    ]

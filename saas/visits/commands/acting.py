"""Acting on a visit: allowed? → given what it asks? → numbered act → audit, fact, notices."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from saas import attachments, casework
from saas.accounts import queries as people
from saas.attachments import Taken
from saas.bookings import commands as bookings
from saas.bookings import queries as booking_queries
from saas.kernel import audit, clock
from saas.kernel.context import SYSTEM, Actor
from saas.kernel.db import session
from saas.kernel.errors import Invalid
from saas.kernel.i18n import LOCALES, speaking
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import commands as notices
from saas.rooms import queries as rooms
from saas.territory.queries import Unit
from saas.visits import permissions, queries, rules, words
from saas.visits.events import visit_acted
from saas.visits.models import Act, ReceptionList, Stop, Term, Visit

_LETTERS = ("jpeg", "pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A verb with what is given with it. ``secretary``: what the party secretary said where the
    week is full; ``pledge`` and ``by``: what they mean to do at home, until when.
    """

    verb: str
    reason: str = ""
    letter_no: str = ""
    letter: Sequence[Any] = ()
    secretary: str = ""
    pledge: str = ""
    by: date | None = None


def act(visit: Visit, deed: Deed, *, seen: int | None = None, actor: Actor) -> None:
    """Do ``deed``; ``visit`` comes locked from its door.

    Raises `Conflict`, `Forbidden`, or `Invalid` by field.
    """
    casework.ensure_seen(visit, seen, lambda: _happened(visit))
    unit, stops = queries.unit_of(visit), queries.lock_stops(visit)
    cell = casework.allowed(
        rules.TABLE, visit.state, deed.verb, bars=bars_of(visit, stops), words=words.OBSTACLE,
        parts=permissions.parts_of(actor, visit, unit.path, {one.guide_id for one in stops}),
    )  # fmt: skip
    if missing := casework.not_given(deed, cell.asks, words.MISSING):
        raise Invalid(missing)
    if deed.verb == "check":
        _check(visit, deed, actor)
    if deed.verb == "pledge":
        visit.pledge, visit.pledge_by = deed.pledge, deed.by
    visit.state = cell.after
    if visit.state in ("declined", "cancelled"):
        for stop in stops:
            stop.living = False
            let_go(stop)
    if deed.verb == "follow":
        _freeze(visit, actor)
    written(visit, deed, unit, actor)


def _happened(visit: Visit) -> object:
    last = queries.story_of(visit)[-1]
    return casework.overtaken(words.VERBS[last.verb].done, last.actor)


def bars_of(visit: Visit, stops: Sequence[Stop]) -> frozenset[str]:
    """What stands in the way of acts on a visit now."""
    booked = booking_queries.by_ids({one.booking_id for one in stops if one.booking_id})
    laid = [
        rules.Laid(one.kind, bool(one.guide_id), one.is_open,
                   one.booking_id in booked and booked[one.booking_id].state == "asked")
        for one in stops
    ]  # fmt: skip
    day = visit.starts_at.astimezone(clock.zone()).date() <= clock.today()
    guests = len(queries.guests_of(visit))
    return rules.bars(clock.now(), visit.starts_at, visit.ends_at, laid, guests, day=day)


def _check(visit: Visit, deed: Deed, actor: Actor) -> None:
    """The letter: its number and its file; and whether the week has room for one more."""
    letter = taken_letter(deed.letter)
    if not letter and not attachments.of("visit", visit.id):
        raise Invalid({"letter": [_l("Add the letter: a photo of it, or the PDF.")]})
    limit = session.scalar(sa.select(Term).where(Term.code == "weekly").with_for_update())
    if limit is not None and limit.number and not deed.secretary.strip():
        taken = queries.count(
            queries.in_week(visit.starts_at.astimezone(clock.zone()).date()),
            Visit.state.in_(rules.TAKEN), Visit.unit_id == visit.unit_id,
        )  # fmt: skip
        if taken >= limit.number:
            told = _l("This week has %(taken)s already, and %(number)s is the most. Only with the "
                      "words of the party secretary: write them down.",
                      taken=taken, number=limit.number)  # fmt: skip
            raise Invalid({"secretary": [told]})
    visit.letter_no = deed.letter_no.strip()
    keep_letter(visit, letter, actor)


def taken_letter(files: Sequence[Any]) -> list[Taken]:
    """A letter as it was sent, checked."""
    return attachments.take(files, kinds=_LETTERS, field="letter")


def keep_letter(visit: Visit, letter: Sequence[Taken], actor: Actor) -> None:
    """Keep it sealed."""
    attachments.attach(
        letter, thing="visit", thing_id=visit.id, place="letter", act=visit.acts + 1, sealed=True,
        actor=actor,
    )  # fmt: skip


def let_go(stop: Stop) -> None:
    """The room of a stop is free for others again."""
    if stop.booking_id is None:
        return
    booking = booking_queries.by_ids({stop.booking_id})[stop.booking_id]
    rooms.lock_rooms([booking.room_id])
    session.refresh(booking, with_for_update=True)
    stop.booking_id = None
    if booking.state in ("asked", "confirmed") and booking.start > clock.now():
        bookings.act(booking, bookings.Deed(verb="cancel"), actor=SYSTEM)


# The reception list -----------------------------------------------------------------------------


def reception(visit: Visit) -> dict[str, Any]:
    """What the reception list says, without a name: where from, when, where, who by post, cost."""
    unit, zone, table = queries.unit_of(visit), clock.zone(), queries.terms().get("table")
    costs = [{"what": one.what, "fen": one.fen} for one in queries.costs_of(visit)]
    start, end = (at.astimezone(zone) for at in (visit.starts_at, visit.ends_at))
    return {
        "code": visit.code, "from_org": visit.from_org, "level": visit.level,
        "purpose": visit.purpose, "letter_no": visit.letter_no, "guests_n": visit.guests_n,
        "start": f"{start:%Y-%m-%d %H:%M}", "end": f"{end:%Y-%m-%d %H:%M}",
        "street": dict(unit.name), "escorts_n": visit.escorts_n,
        "stops": [
            {"no": one.stop.no, "place": one.name, "kind": one.stop.kind,
             "times": f"{one.stop.start.astimezone(zone):%H:%M}"
                      f"–{one.stop.end.astimezone(zone):%H:%M}"}
            for one in queries.places_of(queries.stops_of(visit), unit)
        ],
        "guests": [one.post for one in queries.guests_of(visit)],
        "costs": costs, "total_fen": sum(one["fen"] for one in costs),
        "table": dict(table.words) if table else {},
    }  # fmt: skip


def _freeze(visit: Visit, actor: Actor) -> None:
    content = reception(visit)
    session.add(ReceptionList(
        visit_id=visit.id, number=1, content=content, digest=digest_of(content), at=clock.now(),
        by_id=actor.person_id,
    ))  # fmt: skip


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of a list as JSON with sorted keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


# What every act leaves behind -------------------------------------------------------------------


def written(visit: Visit, deed: Deed, unit: Unit, actor: Actor) -> None:
    """The numbered act, the audit, and who is told."""
    reason = deed.secretary or deed.reason
    casework.append(visit, Act(visit_id=visit.id), deed.verb, reason, actor=actor)
    audit.record(f"visits.{deed.verb}", "visit", visit.id, actor=actor, unit_path=unit.path)
    session.flush()
    tell(visit, words.VERBS[deed.verb].notices, unit, actor)
    if (fact := words.VERBS[deed.verb].fact) and not casework.is_quiet():
        notices.announce(fact.name, {**facts_of(visit, unit), "code": visit.code,
                                     "verb": deed.verb, "state": visit.state})  # fmt: skip
    if not casework.is_quiet():
        visit_acted.send(visit, verb=deed.verb, pledge=deed.pledge)


def tell(visit: Visit, kinds: Mapping[str, Any], unit: Unit, actor: Actor) -> None:
    """The office, the guides, and who asked, by the number that they gave."""
    if casework.is_quiet():
        return
    about, path, facts = f"visit:{visit.id}", f"/visits/{visit.code}", facts_of(visit, unit)
    notices.done_about(about, words.ASKED, words.CHANGED)
    guides = {one.guide_id for one in queries.stops_of(visit) if one.guide_id}
    groups = {"office": set(office_of(unit)), "guides": guides}
    for group, kind in kinds.items():
        if group in groups:
            told = sorted(groups[group] - {actor.person_id})
            notices.notify(told, kind, path=path, about=about, **facts)
        elif visit.contact_phone:
            notices.tell_number(visit.contact_phone, kind, path=path, about=about, calls=unit.id,
                                name=visit.contact_name, **facts)  # fmt: skip


def office_of(unit: Unit) -> list[int]:
    """Who works on visits at a street."""
    return people.holder_ids([unit.id], permissions.HANDLE).get(unit.id, [])


def facts_of(visit: Visit, unit: Unit) -> dict[str, Any]:
    """What notices say: who comes in general and when, never who it is."""
    at = f"{visit.starts_at.astimezone(clock.zone()):%m-%d %H:%M}"
    what = {}
    for locale in LOCALES:
        with speaking(locale):
            what[locale[:2]] = f"{words.LEVEL[visit.level]} {at}"
    return {"what": what, "when": visit.starts_at, "where": unit.name}

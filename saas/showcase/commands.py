"""Filling a demo district with the sample place, people, rooms and demands of its files.

Demands are filed and acted on through the same commands that people use, with the clock turned to
when it is said to have happened: what a visitor sees is what the product does.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from saas import casework
from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.accounts.permissions import SETTINGS
from saas.activities import commands as activities
from saas.bookings import commands as bookings
from saas.campaigns import commands as campaigns
from saas.demands import commands as demands
from saas.demands import queries as demand_queries
from saas.demands.commands import Deed, Intake
from saas.figures import commands as figures
from saas.jobs.queue import JOBS
from saas.kernel import clock
from saas.kernel.context import SYSTEM, Actor, current_tenant, entering
from saas.kernel.errors import Conflict, Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.unit_of_work import unit_of_work
from saas.notices import commands as notices
from saas.rooms import commands as rooms
from saas.rooms import queries as room_queries
from saas.settings import DEMO_DIR
from saas.showcase.package.shapes import (
    Demo,
    DemoDemand,
    DemoPerson,
    DemoRoom,
    DemoStep,
    DemoUnit,
)
from saas.showcase.places import lay_out
from saas.showcase.queries import read_demo
from saas.showcase.story import PARTS
from saas.tenancy import commands as tenancy
from saas.tenancy import queries as tenancy_queries
from saas.tenancy.provisioning import hub
from saas.territory import commands as territory
from saas.territory import queries as units
from saas.territory.queries import Unit

#: A district that is not open yet takes no jobs.
_OPENED_IN = timedelta(seconds=5)


def demo_request(key: str) -> dict[str, Any]:
    """What to request the tenant of a demo district with."""
    district = read_demo(key).district
    return {
        "code": district.code,
        "name": dict(district.name),
        "package": district.package,
        "look": district.look,
        "kind": district.kind,
        "official_code": district.official_code,
        "seed": {
            "demo": key,
            "official_code": district.official_code,
            "package_version": district.version,
        },
    }


def like_demo(key: str, values: dict[str, Any]) -> dict[str, Any]:
    """What to request another district with so that it is filled like a demo: in its edition."""
    try:
        wanted = demo_request(key)
    except NotFound:  # said where it is refused
        return values | {"seed": values["seed"] | {"demo": key}}
    return values | {"package": wanted["package"], "seed": wanted["seed"] | values["seed"]}


def ensure_seedable(package: str, seed: dict[str, Any]) -> None:
    """Raises `Invalid` for a demo that is not there, or was made for another edition."""
    if not seed.get("demo"):
        return
    try:
        district = read_demo(seed["demo"]).district
    except NotFound as error:
        names = ", ".join(demos())
        told = _l("There is no demo of this name. There are: %(names)s.", names=names)
        raise Invalid({"demo": [told]}) from error
    if (package, seed.get("package_version")) != (district.package, district.version):
        edition = f"{district.package}@{district.version}"
        told = _l("This demo was made for the edition %(edition)s.", edition=edition)
        raise Invalid({"demo": [told]})


def seed(seed: dict[str, Any]) -> None:
    """The provisioning step: nothing for districts that are not demos, nothing the second time."""
    if not seed.get("demo") or people.demo_entries():
        return
    demo = read_demo(seed["demo"])
    by_code = _plant(demo)
    actors = _populate(demo, by_code)
    _furnish(demo, by_code)
    lay_out(demo.places)
    for demand in demo.demands:
        _tell(demand, by_code, actors)
    for claim in demo.claims:
        figures.add_claim(
            measure=claim.measure,
            unit=by_code[claim.unit],
            stated=Decimal(str(claim.stated)),
            source=dict(claim.source),
            stated_on=claim.stated_on,
            first_month=claim.first_month,
            last_month=claim.last_month,
            actor=SYSTEM,
        )
    _answer(demo, actors)
    if seed.get("template"):
        return
    # Opening comes next and does not wait for a year of demands to be lived through.
    for job in (*PARTS, "history"):
        JOBS[f"showcase.{job}"].enqueue(at=clock.now() + _OPENED_IN, demo=seed["demo"])


def _answer(demo: Demo, actors: dict[str, int]) -> None:
    """What everybody asks, answered by who may change the district's settings."""
    clerk = next(one for one in map(_actor, actors.values()) if one.may(SETTINGS))
    for one in demo.answers:
        said = {"category": one.category, "question": one.question, "answer": one.answer}
        demands.publish_answer(demands.write_answer(**said, actor=clerk), read=True, actor=clerk)


def _plant(demo: Demo) -> dict[str, Unit]:
    root = units.root()
    planted: dict[str, Unit] = {demo.root.code: root} if root else {}
    for unit, parent in demo.root.walk():
        if unit.code not in planted and parent is not None:
            planted[unit.code] = _plant_one(unit, planted[parent.code])
    return planted | {each.code: each for each in demand_queries.departments()}


def _plant_one(unit: DemoUnit, parent: Unit) -> Unit:
    return territory.add_unit(
        code=unit.code,
        kind=unit.kind,
        name=dict(unit.name),
        parent=parent,
        official_code=unit.official_code,
        official_source=unit.official_source,
        official_date=unit.official_date,
        sample=unit.sample,
        actor=SYSTEM,
    )


def _populate(demo: Demo, by_code: dict[str, Unit]) -> dict[str, int]:
    """Everybody with a post, and residents with a home; login to person id."""
    roles = {role.code: role for role in people.roles()}
    ids: dict[str, int] = {}
    entries = [person.login for person in demo.people if person.entry]
    for person in demo.people:
        unit, role = by_code[person.unit], roles[person.role]
        made = _add(person, unit if role.resident else None, entries)
        ids[person.login] = made.id
        if not role.resident:
            post = accounts.add_post(unit=unit, role=role, name=dict(person.post), actor=SYSTEM)
            accounts.give_post(made, post, actor=SYSTEM)
    return ids


def _add(person: DemoPerson, home: Unit | None, entries: list[str]) -> Any:
    entry = entries.index(person.login) + 1 if person.login in entries else None
    return accounts.add_person(
        name=person.name,
        login=person.login,
        phone=person.phone,
        home=home,
        sample=True,
        demo_entry=entry,
        actor=SYSTEM,
    )


def _furnish(demo: Demo, by_code: dict[str, Unit]) -> None:
    """Venues, and each street's rooms as they stand."""
    venues = {
        venue.code: rooms.add_venue(
            by_code[venue.unit],
            code=venue.code,
            name=dict(venue.name),
            facts=dict(venue.facts),
            area_m2=venue.area_m2,
            sample=venue.sample,
            actor=SYSTEM,
        )
        for venue in demo.venues
    }
    for venue in demo.venues:
        for one in venue.spendings:
            rooms.add_spending(
                by_code[venue.unit], venues[venue.code], what=one.what, source=one.source,
                amount_yuan=Decimal(one.yuan), on=one.on, actor=SYSTEM,
            )  # fmt: skip
    for street in demo.streets:
        unit = by_code[street.unit]
        told = {room.room for room in street.rooms}
        rooms.plan_street(unit, only=told, actor=SYSTEM)
        for room in street.rooms:
            _furnish_room(unit, room, venues)


def _furnish_room(street: Unit, told: DemoRoom, venues: dict[str, Any]) -> None:
    room = room_queries.public_room(street, told.room)
    room.sample = True
    keeper = people.person_by_login(told.keeper) if told.keeper else None
    rooms.set_keeper(street, room, keeper=keeper, actor=SYSTEM)
    rooms.change_room(
        street,
        room,
        name=room.name,
        seal=room.seal,
        purpose=room.purpose,
        services=room.services,
        hours=room.hours,
        place=dict(told.place or {}),
        contact=told.contact or "",
        venue=venues.get(told.venue or ""),
        actor=SYSTEM,
    )
    for status in {"planned": (), "paused": ("open", "paused")}.get(told.status, (told.status,)):
        reason = (told.reason or {}).get("zh", "") if status == told.status else ""
        rooms.set_status(street, room, status=status, reason=reason, actor=SYSTEM)


def _tell(told: DemoDemand, by_code: dict[str, Unit], actors: dict[str, int]) -> None:
    """File a demand when it is said to have been filed, then let everybody act in turn."""
    since = timedelta(days=-told.filed_days_ago)
    with clock.turned(since):
        demand = demands.file_demand(
            category=told.category,
            unit=by_code[told.unit],
            words=told.words,
            submission=f"sample-{told.key}".ljust(16, "-"),
            intake=Intake(sample=True, open_to_neighbours=True),
            actor=_actor(actors[told.resident]),
        )
    for step in told.steps:
        since += timedelta(hours=step.after_hours)
        with clock.turned(min(since, timedelta())):
            _play(step, demand.code, actors)


def _play(step: DemoStep, code: str, actors: dict[str, int]) -> None:
    """One step of a story, by the same command and the same rules as anybody's."""
    actor = _actor(actors[step.by]) if step.by else demands.CLOCK
    if step.verb == "follow":
        demands.follow(demand_queries.access_followed(code, actor=actor), actor=actor)
        return
    held = demand_queries.lock_demand(code)
    until = clock.now() + timedelta(days=step.until_days) if step.until_days else None
    deed = Deed(
        step.verb,
        reason=step.reply or step.reason or "",
        code=step.code,
        unit=units.unit_by_code(step.unit) if step.unit else None,
        hours=step.hours,
        until=until.date() if until else None,
        rating=step.rating,
    )
    demands.act(held, deed, actor=actor)


def _actor(person_id: int) -> Actor:
    actor = people.load_actor(person_id)
    if actor is None:
        raise LookupError(person_id)
    return actor


#: Further than this a demo would outlive what its calendar knows.
_FURTHEST = timedelta(days=400)


def turn_clock(step: str) -> int:
    """Turn this demo district's clock ahead and do what is due by then; returns how much that is.

    ``step``: ``next`` or ``demand-<code>`` (the next time limit of all, or of one), ``hours-<n>``.
    """
    ahead = _span(step)
    if current_tenant().clock_shift + ahead > _FURTHEST:
        raise Conflict(_l("The clock cannot be turned further; enough has passed."))
    code = current_tenant().code
    with entering(hub()), unit_of_work():
        tenancy.turn_clock(code, ahead=ahead, actor=SYSTEM)
    with clock.turned_for_good(ahead), notices.at_most(_MOST_SENT):
        done = demands.catch_up() + demands.remind()
        done += sum(casework.ring_out(ring) for ring in _CLOCKS)
        bookings.set_alarms_ahead()
        activities.repair()
    return done


#: What the clock does besides: rooms to which nobody came, sessions that begin, offers, lots.
_CLOCKS = (bookings.ring, activities.ring, campaigns.ring)
#: So many messages leave a demo in one turn of its clock.
_MOST_SENT = 100
#: So long a demo that has begun anew is left alone.
_LEFT_ALONE = timedelta(hours=1)


def begin_anew(code: str, *, actor: Actor) -> None:
    """Throw a demo away and fill it again from its files, its clock back at the world's; in the hub
    scope. Time that has passed in it cannot be taken back otherwise: what was done then is done.
    """
    request = ensure_may_begin_anew(code, actor)
    tenancy.begin_anew(code, seed=request["seed"], actor=actor)


def ensure_may_begin_anew(code: str, actor: Actor) -> dict[str, Any]:
    """What a demo that has files is requested with. Raises `Conflict` for one that has none, or
    that others have just begun anew.
    """
    request = next((one for one in map(demo_request, demos()) if one["code"] == code), None)
    if request is None:
        raise Conflict(_l("This demo has no files from which it could begin anew."))
    if actor.kind != "operator" and tenancy_queries.began_anew_since(code, _LEFT_ALONE):
        raise Conflict(_l("This demo has just begun anew. Leave it to others for an hour."))
    return request


@cache
def codes() -> frozenset[str]:
    """The codes of the demo districts that everybody shares."""
    return frozenset(read_demo(key).district.code for key in demos())


def demos() -> list[str]:
    """The keys of the demo districts on disk."""
    return sorted(path.name for path in DEMO_DIR.iterdir() if path.is_dir())


def _span(step: str) -> timedelta:
    """How far a step of the clock reaches; a second more, so that the limit has passed."""
    kind, _, rest = step.partition("-")
    if kind == "hours" and rest.isdecimal() and len(rest) < 4 and 0 < int(rest) <= _MOST_HOURS:
        return timedelta(hours=int(rest))
    moment = demand_queries.next_alarm(rest if kind == "demand" else None)
    if kind not in {"next", "demand"} or moment is None:
        raise Conflict(_l("No time limit lies ahead."))
    return max(moment - clock.now(), timedelta()) + timedelta(seconds=1)


_MOST_HOURS = 24 * 31

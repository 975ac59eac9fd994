"""Every write of volunteers: the roll, shifts, who takes them, hours, certificates.

Hours are only added (`kernel.corrections`); they come from who works at the session, never from the
volunteer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from saas import casework
from saas.accounts import queries as people
from saas.activities import queries as sessions
from saas.activities.permissions import handles
from saas.activities.queries import Scene
from saas.kernel import audit, clock
from saas.kernel.context import Actor, Label
from saas.kernel.crypto import lookup_hash
from saas.kernel.db import constraint_of, session
from saas.kernel.errors import Conflict, Forbidden, Invalid, SignInNeeded
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.shortcodes import new_code
from saas.notices import commands as notices
from saas.notices.words import Kind
from saas.territory import queries as territory
from saas.territory.queries import Unit
from saas.volunteers import queries, rules, words
from saas.volunteers.events import verified, voided
from saas.volunteers.models import (
    NOT_BEGUN,
    ON_ROLL,
    OWN,
    TAKEN_BACK,
    TWICE,
    Certificate,
    Duty,
    Service,
    Shift,
    Volunteer,
)


def join(*, skills: str = "", actor: Actor) -> Volunteer:
    """The actor goes on the roll, or comes back to it."""
    if actor.person_id is None:
        raise SignInNeeded
    found = queries.own(actor)
    if found is None:
        person = people.find_person(actor.person_id)
        root = territory.root()
        home = person.home_unit_id if person else None
        home = home or (root.id if root else 0)
        found = Volunteer(
            code=new_code(), unit_id=home, person_id=actor.person_id, by_id=actor.person_id
        )
    found.skills, found.left_at = skills.strip() or None, None
    found.consented_at = clock.now()
    return _on_roll(found, actor)


def enter(
    unit: Unit, *, name: str, phone: str, skills: str = "", sample: bool = False, actor: Actor
) -> Volunteer:  # fmt: skip
    """The desk enters somebody who signed on paper."""
    usable = people.usable_phone(phone)
    if usable is None:
        raise Invalid({"phone": [_l("This is no telephone number.")]})
    if people.person_by_phone(usable):
        raise Invalid({"phone": [_l("There is an account with this number: they join by"
                                    " themselves.")]})  # fmt: skip
    return _on_roll(
        Volunteer(
            code=new_code(), unit_id=unit.id, name=name.strip(), phone=usable,
            phone_hash=lookup_hash(usable), skills=skills.strip() or None, by_id=actor.person_id,
            consented_at=clock.now(), sample=sample,
        ),
        actor,
    )  # fmt: skip


def _on_roll(made: Volunteer, actor: Actor) -> Volunteer:
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except sa.exc.IntegrityError as error:
        if constraint_of(error) not in ON_ROLL:
            raise
        raise Conflict(_l("They are on the roll already.")) from None
    audit.record("volunteers.join", "volunteer", made.id, actor=actor)
    return made


def leave(one: Volunteer, *, actor: Actor) -> None:
    """Off the roll: shifts to come are free again, what was done stays."""
    one.left_at = clock.now()
    for shift, _scene in queries.coming_of(one):
        if duty := queries.duty_of(shift, one):
            duty.left_at = clock.now()
    session.flush()
    audit.record("volunteers.leave", "volunteer", one.id, actor=actor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a session needs: the work in words, how many, from when until when."""

    work: Label
    need: int
    start: datetime
    end: datetime
    sample: bool = False


def add_shift(scene: Scene, wanted: Need, *, actor: Actor) -> Shift:
    """Ask for help at a session."""
    _ensure_makes(scene, actor)
    if scene.session.state in ("closed", "cancelled"):
        raise Conflict(words.REFUSED["over"])
    if not wanted.start < wanted.end <= wanted.start + rules.LONGEST:
        raise Invalid({"end": [_l("The end lies after the begin, on the same day.")]})
    made = Shift(
        code=new_code(), session_id=scene.session.id, unit_id=scene.session.unit_id,
        work=wanted.work, need=wanted.need, starts_at=wanted.start, ends_at=wanted.end,
        sample=wanted.sample,
    )  # fmt: skip
    session.add(made)
    session.flush()
    _note("ask", made, scene, actor)
    return made


def follow(scene: Scene, by: timedelta, *, actor: Actor) -> None:
    """The session is at another time or place, and its help with it: who has a shift is told."""
    for shift in queries.shifts_of(scene.session.id):
        if shift.cancelled_at is None:
            shift.starts_at, shift.ends_at = shift.starts_at + by, shift.ends_at + by
            _tell_all(words.CHANGED, shift, scene, actor)
    session.flush()


def remind(scene: Scene, since: datetime, *, actor: Actor) -> None:
    """What they help at begins soon: who had the shift before ``since`` is reminded."""
    shifts = [one for one in queries.shifts_of(scene.session.id) if one.cancelled_at is None]
    for shift in shifts if not casework.is_quiet() else ():
        for one in queries.duties_of([shift.id], since)[shift.id]:
            _tell(one, words.REMINDER, shift, scene, actor)


def cancel_shift(scene: Scene, shift: Shift, *, actor: Actor) -> None:
    """The help is not needed after all: who has it is told."""
    _ensure_makes(scene, actor)
    if shift.cancelled_at:
        return
    _tell_all(words.CALLED_OFF, shift, scene, actor)
    shift.cancelled_at = clock.now()
    session.flush()
    _note("call_off", shift, scene, actor)


def take(shift: Shift, volunteer: Volunteer, scene: Scene, *, actor: Actor) -> Duty:
    """Somebody takes a shift, which is locked. The desk may still say who helped afterwards.

    Raises `Conflict` where it is full, over, called off, or they are elsewhere at that time.
    """
    desk = runs(scene, actor)
    if volunteer.person_id != actor.person_id and not desk:
        raise Forbidden
    if already := queries.duty_of(shift, volunteer):
        return already
    had = len(queries.duties_of([shift.id])[shift.id])
    over = (shift.starts_at if not desk else scene.session.end + rules.AFTER) <= clock.now()
    if bar := rules.barred(
        cancelled=shift.cancelled_at is not None, left=volunteer.left_at is not None,
        full=had >= shift.need and not desk, over=over,
        busy=queries.in_the_way(volunteer, shift) is not None,
    ):  # fmt: skip
        raise Conflict(words.REFUSED[bar])
    made = Duty(shift_id=shift.id, volunteer_id=volunteer.id, taken_at=clock.now())
    session.add(made)
    session.flush()
    _note("take", shift, scene, actor)
    return made


def give_up(shift: Shift, volunteer: Volunteer, scene: Scene, *, actor: Actor) -> None:
    """They cannot come: the place is free for others."""
    if queries.standing(shift, volunteer):
        raise Conflict(words.REFUSED["verified"])
    if duty := queries.duty_of(shift, volunteer):
        duty.left_at = clock.now()
        session.flush()
        _note("give_up", shift, scene, actor)


def verify(
    shift: Shift, volunteer: Volunteer, minutes: int, scene: Scene, *, cause: str = "", actor: Actor
) -> Service:  # fmt: skip
    """So long they helped, as the actor saw it. Hours that stand already are taken back first, with
    a cause; both rows stay.

    Raises `Conflict` where it has not begun or the hours are the actor's own.
    """
    _ensure_makes(scene, actor)
    if volunteer.person_id == actor.person_id:
        raise Conflict(words.REFUSED["own"])
    if not 1 <= minutes <= rules.MOST_MINUTES:
        raise Invalid({"minutes": [_l("From 1 to %(most)s minutes.", most=rules.MOST_MINUTES)]})
    if before := queries.standing(shift, volunteer):
        if before.minutes == minutes:
            return before
        void(shift, volunteer, scene, cause=cause, actor=actor)
    if queries.duty_of(shift, volunteer) is None:
        take(shift, volunteer, scene, actor=actor)
    made = _row(shift, volunteer, scene, actor.person_id)
    last = queries.last_void(shift, volunteer)
    made.what, made.minutes, made.follows_id = "mark", minutes, last.id if last else None
    made.cause = cause.strip()[:200] or None
    _store(made)
    _note("verify", shift, scene, actor)
    _tell(volunteer, words.VERIFIED, shift, scene, actor, n=minutes)
    verified.send(made.id, person=volunteer.person_id, minutes=minutes)
    return made


def void(
    shift: Shift, volunteer: Volunteer, scene: Scene, *, cause: str, actor: Actor
) -> Service | None:  # fmt: skip
    """They did not help, or not so long: what stands is taken back, with a cause."""
    _ensure_makes(scene, actor)
    before = queries.standing(shift, volunteer)
    if before is None:
        return None
    if not cause.strip():
        raise Invalid({"cause": [_l("Why is it taken back?")]})
    if volunteer.person_id == actor.person_id:
        raise Conflict(words.REFUSED["own"])
    made = _row(shift, volunteer, scene, actor.person_id)
    made.what, made.minutes, made.voids_id = "void", 0, before.id
    made.cause = cause.strip()[:200]
    _store(made)
    voided.send(before.id)
    _note("take_back", shift, scene, actor)
    return made


def _row(shift: Shift, volunteer: Volunteer, scene: Scene, verifier: int | None) -> Service:
    if verifier is None:
        raise Forbidden
    return Service(
        shift_id=shift.id, session_id=shift.session_id, volunteer_id=volunteer.id,
        person_key=volunteer.person_id or 0, unit_id=scene.session.unit_id,
        held_at=shift.starts_at, verified_by=verifier, at=clock.now(), sample=shift.sample,
    )  # fmt: skip


_REFUSED: Final = {
    **dict.fromkeys((*TWICE, TAKEN_BACK), words.REFUSED["quicker"]),
    NOT_BEGUN: words.REFUSED["early"],
    OWN: words.REFUSED["own"],
}


def _store(made: Service) -> None:
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except sa.exc.IntegrityError as error:
        if (name := constraint_of(error)) not in _REFUSED:
            raise
        raise Conflict(_REFUSED[name]) from None


def ask_correction(service_id: int, text: str, *, actor: Actor) -> None:
    """A volunteer says that hours of theirs are wrong: who verified them is told."""
    one = queries.own_service(service_id, actor)
    [(_same, shift, scene)] = queries.with_places([one])
    notices.notify(
        [one.verified_by], words.DOUBTED, about=f"service:{one.id}", why=text.strip(),
        path=f"/console/activities/s/{scene.session.code}/helpers", **_facts(shift, scene),
    )  # fmt: skip
    _note("doubt", shift, scene, actor)


def certify(volunteer: Volunteer, *, actor: Actor) -> Certificate:
    """The sum of what stands, to be shown to others: every hour of it was verified by another. As
    long as nothing has changed it is the same certificate.
    """
    found = queries.services_of(volunteer)
    if not found:
        raise Conflict(words.REFUSED["nothing"])
    times, minutes = len(found), sum(one.minutes for one, _s, _w in found)
    last = next(iter(queries.certificates_of(volunteer)), None)
    if last and (last.times, last.minutes, last.until) == (times, minutes, found[0][0].held_at):
        return last
    made = Certificate(
        code=new_code(), volunteer_id=volunteer.id, since=found[-1][0].held_at,
        name=queries.names_of([volunteer])[volunteer.id], until=found[0][0].held_at,
        minutes=minutes, times=times, made_at=clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    audit.record("volunteers.certify", "volunteer", volunteer.id, actor=actor)
    return made


def _ensure_makes(scene: Scene, actor: Actor) -> None:
    if not runs(scene, actor):
        raise Forbidden


def runs(scene: Scene, actor: Actor) -> bool:
    """Whether the actor runs the session: at the desk, as keeper, or in the organisation."""
    system = actor.kind in ("system", "clock")
    return system or handles(actor, scene) or actor.person_id in sessions.people_of(scene.activity)


def _facts(shift: Shift, scene: Scene) -> dict[str, Any]:
    return {"what": shift.work, "when": shift.starts_at, "where": scene.where}


def _tell(
    one: Volunteer, kind: Kind, shift: Shift, scene: Scene, actor: Actor, **more: Any
) -> None:  # fmt: skip
    if one.person_id and one.person_id != actor.person_id:
        notices.notify([one.person_id], kind, path="/volunteers/me", about=f"shift:{shift.id}",
                       **_facts(shift, scene), **more)  # fmt: skip


def _tell_all(kind: Kind, shift: Shift, scene: Scene, actor: Actor) -> None:
    for one in queries.duties_of([shift.id])[shift.id]:
        _tell(one, kind, shift, scene, actor)


def _note(verb: str, shift: Shift, scene: Scene, actor: Actor) -> None:
    audit.record(f"volunteers.{verb}", "shift", shift.id, actor=actor, unit_path=scene.street_path)


@dataclass(frozen=True, slots=True)
class PastHelp:
    """What paper has of who helped at a session that was, one shift for all of them."""

    scene: Scene
    work: Label
    minutes: int
    helpers: tuple[Volunteer, ...]


def take_over(found: Sequence[PastHelp], *, verifier_id: int, actor: Actor) -> int:
    """Write down hours of the past, of which paper says who verified them. Returns how many."""
    made = 0
    for one in found:
        start = one.scene.session.start
        shift = Shift(
            code=new_code(), session_id=one.scene.session.id, unit_id=one.scene.session.unit_id,
            work=one.work, need=max(len(one.helpers), 1), starts_at=start,
            ends_at=start + timedelta(minutes=one.minutes), sample=one.scene.session.sample,
        )  # fmt: skip
        session.add(shift)
        session.flush()
        for whom in one.helpers:
            session.add(Duty(shift_id=shift.id, volunteer_id=whom.id, taken_at=start))
            row = _row(shift, whom, one.scene, verifier_id)
            row.what, row.minutes = "mark", one.minutes
            session.add(row)
            made += 1
    session.flush()
    audit.record("volunteers.take_over", "shift", None, actor=actor)
    return made

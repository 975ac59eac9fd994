"""Places: taking them, giving them back, and who of those that wait is served."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa

from saas import casework
from saas.activities import queries, rules, words
from saas.activities.events import signup_moved
from saas.activities.models import Seat, Session, SignUp, SignUpAct
from saas.activities.queries import Scene
from saas.kernel import audit, clock
from saas.kernel.context import SYSTEM, Actor
from saas.kernel.db import session
from saas.kernel.errors import Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import commands as notices
from saas.notices.words import Kind

JOB: Final = "activities.tick"
#: Rows that others hold in this moment are passed by: whoever finds too few waits, and is looked
#: at again when this is stored.
_TAKE: Final = sa.text(
    """
    WITH free AS (
        SELECT seat FROM seats WHERE session_id = :session AND signup_id IS NULL
        ORDER BY seat LIMIT :party FOR UPDATE SKIP LOCKED
    )
    UPDATE seats SET signup_id = :signup FROM free
    WHERE seats.session_id = :session AND seats.seat = free.seat
        AND (SELECT count(*) FROM free) = :party
    RETURNING seats.seat
    """
)


def take(signup: SignUp) -> bool:
    """Take as many places as the party needs, or none."""
    session.flush()
    given = {"session": signup.session_id, "party": signup.party, "signup": signup.id}
    return len(session.execute(_TAKE, given).all()) == signup.party


def give_back(signup: SignUp) -> None:
    """Its places are free."""
    session.execute(
        sa.update(Seat)
        .where(Seat.signup_id == signup.id)
        .values(signup_id=None)
        .execution_options(synchronize_session=False)
    )


def set_places(one: Session, wanted: int) -> None:
    """Have so many places; fewer only as far as nobody has them. The session comes locked."""
    rows = sa.select(Seat.seat, Seat.signup_id).where(Seat.session_id == one.id)
    known = session.execute(rows.order_by(Seat.seat)).all()
    if wanted > len(known):
        first = max((seat for seat, _ in known), default=0) + 1
        numbers = range(first, first + wanted - len(known))
        session.execute(sa.insert(Seat), [{"session_id": one.id, "seat": n} for n in numbers])
    elif wanted < len(known):
        free = [seat for seat, signup in known if signup is None]
        gone = len(known) - wanted
        if gone > len(free):
            raise Invalid({"places": [_l(
                "%(number)s people have places: there cannot be fewer.",
                number=len(known) - len(free),
            )]})  # fmt: skip
        session.execute(
            sa.delete(Seat)
            .where(Seat.session_id == one.id, Seat.seat.in_(free[-gone:]), Seat.signup_id.is_(None))
            .execution_options(synchronize_session=False)
        )


def promote(one: Session, *, fills: bool = False) -> int:
    """Give free places to those who wait, in their order; returns to how many. The session comes
    locked, so nobody else is taking any.

    ``fills``: the places were never had; nobody is said to have been passed over.
    """
    if one.state != "published" or clock.now() >= one.start:
        return 0
    scene = queries.scene_of(one)
    hours = queries.offer_hours(scene.activity)
    hurry = clock.now() >= one.start - timedelta(hours=hours)
    given, over = rules.served(queries.queue(one.id), queries.free_seats(one.id), hurry=hurry)
    known = {s.id: s for s in queries.living(one.id, lock=True, states=("waiting",))}
    for key in over if not fills else ():
        known[key].passed = True
        move(known[key], "pass", scene, SYSTEM)
    for key in given:
        if take(known[key]):
            fresh = clock.now() - known[key].at <= rules.FRESH
            move(known[key], "confirm" if fresh else "offer", scene, SYSTEM)
    return len(given)


def move(
    signup: SignUp, verb: str, scene: Scene, actor: Actor, *, reason: str = ""
) -> None:  # fmt: skip
    """What a verb of the house leaves behind; seats go back where nobody comes any more."""
    cell = rules.SIGNUP[signup.state, verb]
    until = _next(cell.clock, scene)
    signup.state, signup.next_at = cell.after, until
    if cell.after not in rules.LIVING:
        give_back(signup)
    written(signup, verb, scene, actor, reason=reason)


def _next(what: str, scene: Scene) -> Any:
    """When the clock looks: when an offer is over."""
    if what not in ("offer", "ask"):
        return None
    least = rules.ASKED_AGAIN if what == "ask" else timedelta()
    hours = queries.offer_hours(scene.activity)
    return rules.offer_until(clock.now(), scene.session.start, hours, least=least)


def written(signup: SignUp, verb: str, scene: Scene, actor: Actor, *, reason: str = "") -> None:
    """Numbered act, audit, fact, notices, the next alarm."""
    casework.append(signup, SignUpAct(signup_id=signup.id), verb, reason, actor=actor)
    audit.record(f"activities.{verb}", "signup", signup.id, actor=actor,
                 unit_path=scene.street_path)  # fmt: skip
    session.flush()
    signup_moved.send(signup.id, verb=verb, state=signup.state)
    if casework.is_quiet():
        return
    row = words.SIGNUP_VERBS[verb]
    notices.done_about(f"signup:{signup.id}", words.OFFERED, words.ASKED)
    if kind := row.notices.get("owner"):
        tell_owner(signup, kind, scene, actor)
    if row.fact is not None:
        one = scene.session
        notices.announce(row.fact.name, {**facts_of(scene), "when": one.start.isoformat(),
                                         "code": one.code, "verb": verb, "state": signup.state,
                                         "party": signup.party})  # fmt: skip
    if signup.next_at:
        casework.set_alarm(JOB, signup.next_at)


def facts_of(scene: Scene) -> dict[str, Any]:
    """What notices say: what, when, where; never who."""
    return {"what": scene.activity.title, "when": scene.session.start, "where": scene.where}


def tell_owner(signup: SignUp, kind: Kind, scene: Scene, actor: Actor) -> None:
    """Whose it is: by notice, or by telephone where there is no account."""
    path, about = f"/activities/sign-ups/{signup.code}", f"signup:{signup.id}"
    facts = facts_of(scene)
    if signup.person_id and signup.person_id != actor.person_id:
        notices.notify([signup.person_id], kind, path=path, about=about, **facts)
    if signup.guest_phone and kind.short:
        notices.tell_number(signup.guest_phone, kind, path=path, about=about,
                            calls=scene.street.id, name=signup.guest_name, **facts)  # fmt: skip

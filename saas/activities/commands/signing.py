"""Signing up, for oneself or for others at the desk; answering an offer; leaving."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from saas import casework
from saas.accounts import queries as accounts
from saas.activities import permissions, queries, rules, words
from saas.activities.commands import seating
from saas.activities.commands.seating import JOB
from saas.activities.models import ONCE, SignUp
from saas.activities.queries import Scene
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import lookup_hash
from saas.kernel.db import constraint_of, session
from saas.kernel.errors import Conflict, Forbidden, Invalid, NotFound, SignInNeeded
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.shortcodes import new_code
from saas.kernel.unit_of_work import after_commit, unit_of_work

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Who wants to come: how many, whether pictures may show them; with a guest's name and number
    somebody at work enters it (``channel``).
    """

    party: int = 1
    photo_consent: str = "no"
    guest_name: str = ""
    guest_phone: str = ""
    channel: str = "online"
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is done with a sign-up: a verb with its words."""

    verb: str
    reason: str = ""


def sign_up(
    scene: Scene, coming: Coming, *, submission: str | None = None, actor: Actor
) -> SignUp:  # fmt: skip
    """Sign up for a session, or for the course that it is a date of: with places, or on the waiting
    list, which is looked at again once this is stored. The same ``submission`` gives what it made.

    Raises `Invalid` by field, `Forbidden`, or `Conflict` where nobody can sign up.
    """
    if again := _already(submission, actor):
        return again
    pool = queries.hold_open(scene.session.pool_id)
    here = scene if pool is scene.session else queries.scene_of(pool)
    if shut := rules.closed_to(clock.now(), pool.opens_at, pool.closes_at, state=pool.state,
                               capacity=pool.capacity):  # fmt: skip
        raise Conflict(words.CLOSED[shut])
    if coming.party > (pool.capacity or 0):
        raise Invalid({"party": [_l("There are %(number)s places in all.", number=pool.capacity)]})
    made = _made(here, coming, actor)
    made.submission = submission
    waits = queries.anybody_waits(pool.id)
    _store(made, here)
    seated = not waits and seating.take(made)
    made.state = "confirmed" if seated else "waiting"
    seating.written(made, "sign" if seated else "wait", here, actor)
    if not seated:
        _look_again(pool.id)
    return made


def _already(submission: str | None, actor: Actor) -> SignUp | None:
    found = queries.signup_filed(submission) if submission else None
    if found is not None and found.by_id != actor.person_id:
        raise NotFound
    return found


def _made(scene: Scene, coming: Coming, actor: Actor) -> SignUp:
    """A new sign-up with whose it is; nothing is stored yet."""
    if not actor.signed_in and actor.kind != "system":
        raise SignInNeeded
    guest = coming.channel != "online" or bool(coming.guest_name.strip())
    if guest and actor.kind != "system" and not permissions.handles(actor, scene):
        raise Forbidden
    if not guest and actor.person_id is None:
        guest = True
    phone = accounts.usable_phone(coming.guest_phone) if guest else None
    if guest and not coming.guest_name.strip():
        raise Invalid({"guest_name": [_l("Please fill this in.")]})
    if guest and phone is None:
        told = _l("Write a telephone number, so that they can be told.")
        raise Invalid({"guest_phone": [accounts.no_phone(told)]})
    return SignUp(
        code=new_code(), session_id=scene.session.id, state="waiting", acts=0,
        person_id=None if guest else actor.person_id, party=coming.party, by_id=actor.person_id,
        guest_name=coming.guest_name.strip() if guest else None, guest_phone=phone,
        guest_hash=lookup_hash(phone) if phone else None, channel=coming.channel,
        photo_consent=coming.photo_consent, at=clock.now(), sample=coming.sample,
    )  # fmt: skip


def _store(made: SignUp, scene: Scene) -> None:
    """Store it as one that waits; whoever means to come already is told so."""
    twice = Conflict(_l("%(what)s: this person is signed up already.",
                        what=say(scene.activity.title)))  # fmt: skip
    if queries.is_signed(made.session_id, made.person_id, made.guest_hash):
        raise twice
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except sa.exc.IntegrityError as error:
        if constraint_of(error) not in ONCE:
            raise
        raise twice from None


def _look_again(session_id: int) -> None:
    """A rival that held places in this moment may have given up: look once this is stored, and in a
    minute in case that cannot be done.
    """
    casework.set_alarm(JOB, clock.now() + timedelta(minutes=1))

    def look() -> None:
        try:
            with unit_of_work():
                seating.promote(queries.lock_session(session_id), fills=True)
        except Exception:  # noqa: BLE001 - it is stored and waits; the clock looks in a minute
            _log.exception("the queue of session %s was not looked at", session_id)

    after_commit(look)


def answer(
    signup: SignUp, deed: Answer, scene: Scene, *, seen: int | None = None, actor: Actor
) -> None:
    """Accept, decline, leave; or take somebody off the list. Session and sign-up come locked from
    their door. Places that come free go on to those who wait, in this same transaction.

    Raises `Conflict`, `Forbidden`, or `Invalid` by field.
    """
    casework.ensure_seen(signup, seen, lambda: _happened(signup))
    one = scene.session
    cell = casework.allowed(
        rules.SIGNUP, signup.state, deed.verb, words=words.OBSTACLE,
        bars=rules.signup_bars(clock.now(), one.start, one.cancel_until),
        parts=permissions.signup_parts(actor, signup, scene),
    )  # fmt: skip
    if missing := casework.not_given(deed, cell.asks, words.MISSING):
        raise Invalid(missing)
    seating.move(signup, deed.verb, scene, actor, reason=deed.reason)
    if cell.after not in rules.LIVING:
        seating.promote(one)


def _happened(signup: SignUp) -> object:
    last = queries.signup_story(signup)[-1]
    return casework.overtaken(words.SIGNUP_VERBS[last.verb].done, last.actor)

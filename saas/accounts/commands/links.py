"""Links with which people set a password: invitations and resets, by QR code or short code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from saas.accounts import permissions, queries, rules
from saas.accounts.commands.passwords import end_links, set_password
from saas.accounts.models import Person, SignInLink
from saas.kernel import audit, clock, shortcodes, throttle
from saas.kernel.context import Actor
from saas.kernel.crypto import keyed_hash, new_token, token_hash
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid
from saas.kernel.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Keys:
    """What opens one link, known only while it is handed over: ``token`` stands in its address,
    ``code`` is typed at the district's own door.
    """

    token: str
    code: str


def new_keys() -> Keys:
    """Keys that nobody has."""
    return Keys(new_token(), shortcodes.new_code())


def short_hash(code: str) -> str:
    """What is kept of a short code, in the district that is set."""
    return keyed_hash("invitation", code)


def invite(person: Person, *, actor: Actor) -> Keys:
    """Fresh keys to a single-use link with which the person sets a first password."""
    return _link(person, "invitation", rules.INVITATION_LASTS, actor)


def reset_password(person: Person, *, actor: Actor) -> Keys:
    """Fresh keys to a single-use link for a new password; every sign-in of the person ends now."""
    ensure_not_above(person, actor)
    person.session_epoch += 1
    person.password_hash = None
    return _link(person, "reset", rules.RESET_LASTS, actor)


def ensure_not_above(person: Person, actor: Actor) -> None:
    """A link is a key to the account: it is not given out for people who may do more."""
    if permissions.is_above(queries.load_actor(person.id), actor):
        raise Forbidden(_l("This person may do more than you here: ask the district."))


def _link(person: Person, purpose: str, lasts: timedelta, actor: Actor) -> Keys:
    if purpose == "invitation":
        ensure_not_above(person, actor)
    if not person.login and not person.phone_hash:
        raise Conflict(_l("Give this person a login or a phone number first."))
    if person.disabled_at:
        raise Conflict(_l("This person is shut out: let them in again first."))
    end_links(person)
    keys = new_keys()
    store_link(person, purpose, token_hash(keys.token), short_hash(keys.code), lasts)
    audit.record(f"accounts.{purpose}", "person", person.id, actor=actor)
    return keys


def store_link(
    person: Person, purpose: str, hashed: str, short: str | None, lasts: timedelta
) -> None:
    """Keep what recognises the keys of a link, never the keys."""
    now = clock.now()
    session.add(
        SignInLink(
            token_hash=hashed,
            short_hash=short,
            person_id=person.id,
            purpose=purpose,
            created_at=now,
            expires_at=now + lasts,
        )
    )
    session.flush()


def use_link(token: str, *, password: str) -> Person:
    """Set the password by a link, once; the person is signed out everywhere else."""
    return _use(queries.living_link(token, lock=True), password)


def use_opened_link(link_id: int, *, password: str) -> Person:
    """The same by a link that was found by its short code."""
    return _use(queries.opened_link(link_id, lock=True), password)


def link_by_code(typed: str, *, address: str) -> SignInLink | None:
    """The living link of a short code as it was typed; None, and one more try counted, for a code
    of nobody.

    Raises `Invalid` at ``code`` for what can be no code at all, which is no try, and `TooMany`
    after too many tries from one address, or at all the codes of the district together.
    """
    code = shortcodes.read_code(typed)
    if code is None:
        raise Invalid({"code": [_l("Look at the slip again: a sign is wrong or missing.")]})
    doors = {address: rules.CODE_TRIES_PER_ADDRESS, "all": rules.CODE_TRIES}
    for who, limit in doors.items():
        throttle.ensure_calm("welcome", who, limit=limit)
    found = queries.link_of_code(short_hash(code))
    if found is None:
        for who in doors:
            throttle.count_try("welcome", who, window=rules.TRY_WINDOW)
    return found


def _use(link: SignInLink, password: str) -> Person:
    person = session.get_one(Person, link.person_id)
    if person.disabled_at:
        raise Conflict(_l("This person is shut out."))
    set_password(person, password)
    audit.record(
        "accounts.set_password", "person", person.id, actor=Actor("person", person.id, person.name)
    )
    return person

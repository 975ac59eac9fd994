"""Passwords: set, changed by oneself, checked at the door."""

from __future__ import annotations

import sqlalchemy as sa

from saas.accounts import queries, rules
from saas.accounts.models import Person, SignInLink
from saas.kernel import audit, clock, throttle
from saas.kernel.context import Actor
from saas.kernel.crypto import check_password, hash_password
from saas.kernel.db import session
from saas.kernel.errors import Invalid
from saas.kernel.i18n import lazy_gettext as _l


def new_hash(password: str) -> str:
    """What is stored of a password that somebody chose. Raises `Invalid` for a bad one."""
    if rules.PASSWORD_MIN <= len(password) <= rules.PASSWORD_MAX:
        return hash_password(password)
    if len(password) < rules.PASSWORD_MIN:
        raise Invalid({"password": [_l("A password needs 10 characters or more.")]})
    raise Invalid({"password": [_l("Longer than 200 characters.")]})


def set_password(person: Person, password: str) -> None:
    """Store a new password and end every sign-in and link. Raises `Invalid` for a short one."""
    person.password_hash = new_hash(password)
    person.session_epoch = (person.session_epoch or 1) + 1
    end_links(person)


def change_own_password(person: Person, *, old: str, new: str, actor: Actor) -> bool:
    """A person's own change; False, and one more try counted, when the old password is wrong.

    Raises `TooMany` after too many wrong ones and `Invalid` for a new one that is too short.
    """
    throttle.ensure_calm("own-password", str(person.id), limit=rules.TRY_LIMIT)
    if not check_password(person.password_hash, old):
        throttle.count_try("own-password", str(person.id), window=rules.TRY_WINDOW)
        return False
    try:
        set_password(person, new)
    except Invalid as error:
        raise Invalid({"new": error.errors["password"]}) from error
    throttle.forget_tries("own-password", str(person.id))
    audit.record("accounts.set_password", "person", person.id, actor=actor)
    return True


def sign_in(*, name: str, password: str, address: str) -> Person | None:
    """The person, or None; who is unknown and who mistyped get the same answer in the same time.

    Raises `TooMany` after too many tries with one name or from one address.
    """
    who = rules.clean_phone(name) or name.lower()
    throttle.ensure_calm("sign-in", who, limit=rules.TRY_LIMIT)
    throttle.ensure_calm("sign-in-from", address, limit=rules.TRY_LIMIT_PER_ADDRESS)
    person = queries.find_for_sign_in(name)
    if check_password(person.password_hash if person else None, password):
        throttle.forget_tries("sign-in", who)
        return person
    throttle.count_try("sign-in", who, window=rules.TRY_WINDOW)
    throttle.count_try("sign-in-from", address, window=rules.TRY_WINDOW)
    return None


def note_sign_in(person: Person) -> None:
    """Remember that a session of this person begins now."""
    person.last_sign_in_at = clock.now()


def end_links(person: Person) -> None:
    """A link that somebody was handed earlier is no key to what the person may do from now on."""
    session.execute(
        sa.update(SignInLink)
        .where(SignInLink.person_id == person.id, SignInLink.used_at.is_(None))
        .values(used_at=clock.now())
    )

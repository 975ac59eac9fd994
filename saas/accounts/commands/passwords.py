"""Passwords: set, changed by oneself, checked at the door."""

from __future__ import annotations

import sqlalchemy as sa

from saas.accounts import queries, rules
from saas.accounts.models import Person, SignInLink
from saas.kernel import audit, clock, throttle
from saas.kernel.context import Actor
from saas.kernel.crypto import check_password
from saas.kernel.db import session
from saas.kernel.errors import Invalid
from saas.signin import commands as signing
from saas.signin.queries import needs_second, second_rules, world_now
from saas.signin.rules import Owner


def set_password(person: Person, password: str) -> None:
    """Store a new password, end every sign-in and link, and forget what was tried with the old one.
    Raises `Invalid` for a bad one.
    """
    own = (person.login or "", person.name, person.phone or "")
    person.password_hash = signing.new_hash(password, own)
    person.session_epoch = (person.session_epoch or 1) + 1
    end_links(person)
    signing.forgive(*names_of(person))


def names_of(person: Person) -> list[str]:
    """By what this person signs in, as tries are counted."""
    return [name for name in (person.login, person.phone) if name]


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


def name_typed(text: str) -> str:
    """A login or a number as tries with it are counted."""
    return rules.clean_phone(text) or text.lower()


def sign_in(*, name: str, password: str, address: str, device: str) -> tuple[Person, int] | None:
    """The person and how many tries with this name were wrong since the last right one, or None;
    who is unknown and who mistyped get the same answer in the same time.

    ``device`` signed in by this name before, or is empty. The try is stored before it is checked.
    Raises `TooMany` as `signing.ensure_may_try` does.
    """
    who = name_typed(name)
    signing.ensure_may_try(who, address=address, device=device)
    person = queries.find_for_sign_in(name)
    if not check_password(person.password_hash if person else None, password) or person is None:
        signing.failed(address=address)
        return None
    return person, signing.passed(who)


def as_owner(person: Person) -> Owner:
    """Somebody whose password was right, and whether a second step is asked for: from the first
    time on that it is, the days of grace run.
    """
    actor = queries.load_actor(person.id)
    required, grace = second_rules()
    required = required and actor is not None and needs_second(actor)
    if required and person.second_due_at is None:
        person.second_due_at = world_now() + grace
    name = person.login or person.name
    return Owner(person.id, person.session_epoch, name, required, person.second_due_at)


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

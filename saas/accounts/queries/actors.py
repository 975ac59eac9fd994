"""Turning a person into an actor, and finding who is at the door."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from saas.accounts import rules
from saas.accounts.models import Holding, Person, Post, Role, SignInLink
from saas.accounts.permissions import SETTINGS
from saas.kernel import clock
from saas.kernel.context import Actor, Grant, Proof
from saas.kernel.crypto import lookup_hash, token_hash
from saas.kernel.db import Prepared, session
from saas.kernel.errors import NotFound
from saas.signin import queries as signing
from saas.signin.models import SignIn
from saas.territory.queries import Unit

#: The root's path is ``/<id>/``.
_ROOT_SLASHES = 2
_HELD = (
    sa.select(
        Person.name,
        Person.login,
        Unit.id,
        Unit.path,
        Unit.name,
        Role.code,
        Role.permissions,
        Post.name,
        Role.resident,
    )
    .select_from(Person)
    .outerjoin(Holding, sa.and_(Holding.person_id == Person.id, Holding.until.is_(None)))
    .outerjoin(Post, sa.and_(Post.id == Holding.post_id, Post.retired_at.is_(None)))
    .outerjoin(
        Role,
        sa.or_(
            Role.code == Post.role,
            sa.and_(Role.resident, Person.home_unit_id.is_not(None)),
        ),
    )
    .outerjoin(
        Unit,
        sa.or_(
            sa.and_(Role.resident, Unit.id == Person.home_unit_id),
            sa.and_(~Role.resident, Unit.id == Post.unit_id),
        ),
    )
    .where(Person.id == sa.bindparam("person_id"), Person.disabled_at.is_(None))
    .order_by(Role.position, Unit.path)
)
_GRANTS = Prepared(_HELD)
_SIGNED_IN = Prepared(
    _HELD.join(SignIn, signing.is_of(SignIn, Person.id, Person.session_epoch)).add_columns(
        *signing.proof_of(SignIn)
    )
)


def _held(permissions: Iterable[str], path: str) -> frozenset[str]:
    """What a role allows at a unit: the settings of a district are one thing, held at its root."""
    at_root = path.count("/") == _ROOT_SLASHES
    return frozenset(name for name in permissions if at_root or name != SETTINGS)


def load_actor(person_id: int) -> Actor | None:
    """The person with all grants in one query; None when disabled."""
    found = _GRANTS.rows({"person_id": person_id})
    return _actor(person_id, found) if found else None


def load_signed_in(person_id: int, key: str) -> Actor | None:
    """The same by the sign-in of this key; None when that is over, or the person disabled."""
    found = _SIGNED_IN.rows({"person_id": person_id, "key_hash": signing.hash_of(key)})
    return replace(_actor(person_id, found), proof=Proof(*found[0][-5:])) if found else None


def _actor(person_id: int, found: Sequence[Any]) -> Actor:
    grants = {
        (row[2], row[5]): Grant(
            unit_id=row[2],
            path=row[3],
            unit=row[4],
            role=row[5],
            permissions=_held(row[6], row[3]),
            post=row[7] or {},
            own_only=row[8],
        )
        for row in found
        if row[2] is not None and row[5] is not None
    }
    name, login = found[0][0], found[0][1] or ""
    return Actor("person", person_id, name, login, tuple(grants.values()))


def find_for_sign_in(name: str) -> Person | None:
    """The person with this login or phone number."""
    phone = rules.clean_phone(name)
    match = Person.login == name.lower()
    if phone:
        match = sa.or_(match, Person.phone_hash == lookup_hash(phone))
    query = sa.select(Person).where(match, Person.disabled_at.is_(None)).order_by(Person.id)
    return session.scalars(query.limit(1)).first()


def living_link(token: str, *, lock: bool = False) -> SignInLink:
    """A link that can still be used; every other token is simply not there.

    ``lock`` holds it to the end, and sees it as it is once others have let it go.
    """
    return _living(SignInLink.token_hash == token_hash(token), lock)


def opened_link(link_id: int, *, lock: bool = False) -> SignInLink:
    """The same by its id, which a session knows of a link that was opened by its code."""
    return _living(SignInLink.id == link_id, lock)


def _living(condition: sa.ColumnElement[bool], lock: bool) -> SignInLink:
    query = sa.select(SignInLink).where(condition)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    link = session.scalar(query)
    if link is None or not rules.link_lives(link.expires_at, link.used_at, clock.now()):
        raise NotFound
    return link


def link_of_code(hashed: str) -> SignInLink | None:
    """The living link whose short code has this hash."""
    link = session.scalar(sa.select(SignInLink).where(SignInLink.short_hash == hashed))
    lives = link and rules.link_lives(link.expires_at, link.used_at, clock.now())
    return link if lives else None

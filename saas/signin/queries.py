"""Which sign-ins are living."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from saas.kernel import clock
from saas.kernel.context import Actor, Proof, Tenant, current_scope
from saas.kernel.crypto import token_hash
from saas.kernel.db import columns_of, session
from saas.kernel.errors import NotFound
from saas.kernel.runtime import wired
from saas.signin import rules
from saas.signin.models import (
    Factor,
    HubSignIn,
    SecondRules,
    SignIn,
    factors,
    sign_ins,
    spares,
)


def world_now() -> datetime:
    """What the world's clock shows: a browser does not live by that of a demo district."""
    return clock.to_world(clock.now())


def is_of(table: type[SignIn] | type[HubSignIn], owner: sa.SQLColumnExpression[int],
          epoch: sa.SQLColumnExpression[int]) -> sa.ColumnElement[bool]:  # fmt: skip
    """A condition to join with: the living sign-in of an owner by the hash of its key, which is
    the bind parameter ``key_hash``.
    """
    return sa.and_(
        table.owner_id == owner,
        table.epoch == epoch,
        table.key_hash == sa.bindparam("key_hash", type_=sa.String),
        sa.or_(table.ends_at.is_(None), table.ends_at > sa.func.now()),
    )


def proof_of(table: type[SignIn] | type[HubSignIn]) -> list[sa.ColumnElement[Any]]:
    """What to select so that it makes a `Proof`."""
    return columns_of(Proof, table)


def hash_of(key: str) -> str:
    """By which the key in a cookie is found."""
    return token_hash(key)


def sign_ins_beside(own_id: int, *, most: int = 30) -> Sequence[SignIn]:
    """Where the owner of a living sign-in is signed in, that one too, the last seen first."""
    table = sign_ins()
    own = session.get_one(table, own_id)
    query = sa.select(table).where(
        table.owner_id == own.owner_id,
        table.epoch == own.epoch,
        table.seen_at > world_now() - rules.SIGN_IN_LASTS,
        sa.or_(table.ends_at.is_(None), table.ends_at > sa.func.now()),
    )
    return session.scalars(query.order_by(table.seen_at.desc(), table.id.desc()).limit(most)).all()


def last_seen() -> datetime | None:
    """When anybody who is signed in was here last, as it was written down."""
    return session.scalar(sa.select(sa.func.max(sign_ins().seen_at)))


def other_sign_in(number: int, own_id: int) -> SignIn:
    """Another one of the same owner by its id; else `NotFound`."""
    table = sign_ins()
    found, own = session.get(table, number), session.get_one(table, own_id)
    if found is None or found.owner_id != own.owner_id:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Ways:
    """How somebody can prove oneself besides the password: apps and passkeys, the oldest first,
    and how many printed codes are left.
    """

    factors: Sequence[Factor] = ()
    spares: int = 0

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.factors or self.spares)

    def passkeys_at(self, host: str) -> list[str]:
        """The ids of the passkeys that a browser can offer at ``host``."""
        return [one.credential or "" for one in self.factors if one.host == host]

    @property
    def has_app(self) -> bool:
        """Whether an app shows codes."""
        return any(one.kind == "app" for one in self.factors)


def ways_of(owner_id: int) -> Ways:
    """What somebody of the plane at work has."""
    table, spare = factors(), spares()
    own = sa.select(table).where(table.owner_id == owner_id).order_by(table.id)
    left = sa.select(sa.func.count()).where(spare.owner_id == owner_id, spare.used_at.is_(None))
    return Ways(session.scalars(own).all(), session.scalar(left) or 0)


def needs_second(actor: Actor) -> bool:
    """Whether somebody may do so much here that a second step is asked for: operators, and holders
    of posts with a permission that its domain calls strong.
    """
    strong = wired().domains.strong
    return actor.kind == "operator" or any(
        not grant.own_only and not grant.permissions.isdisjoint(strong) for grant in actor.grants
    )


def second_rules() -> tuple[bool, timedelta]:
    """Whether the district at work asks for a second step where much may be done, and the days of
    grace. A demo district never asks: there one press lets anybody in as anybody.
    """
    scope = current_scope()
    if isinstance(scope, Tenant) and scope.is_demo:
        return False, timedelta()
    row = None
    if isinstance(scope, Tenant):
        row = session.scalars(sa.select(SecondRules)).first()
    required, days = (row.required, row.grace_days) if row else (True, rules.GRACE_DAYS)
    return required, timedelta(days=days)

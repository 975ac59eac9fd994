"""Which sign-ins are living."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from saas.kernel import clock
from saas.kernel.crypto import token_hash
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.signin import rules
from saas.signin.models import HubSignIn, SignIn, sign_ins


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


def other_sign_in(number: int, own_id: int) -> SignIn:
    """Another one of the same owner by its id; else `NotFound`."""
    table = sign_ins()
    found, own = session.get(table, number), session.get_one(table, own_id)
    if found is None or found.owner_id != own.owner_id:
        raise NotFound
    return found

"""Reading tokens: whom one lets in, and the list of those in reach."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from saas.accounts import permissions, rules
from saas.accounts.models import ApiToken, Person
from saas.accounts.queries.actors import load_actor
from saas.kernel import clock
from saas.kernel.context import Actor, Grant, Label
from saas.kernel.crypto import token_hash
from saas.kernel.db import Prepared, session
from saas.kernel.errors import NotFound
from saas.kernel.paging import count_of, cut
from saas.territory.queries import Unit, within

_BY_HASH = Prepared(
    sa.select(
        ApiToken.id,
        ApiToken.name,
        ApiToken.scopes,
        ApiToken.created_by_id,
        ApiToken.expires_at,
        ApiToken.revoked_at,
        ApiToken.last_used_at,
        Unit.id,
        Unit.path,
        Unit.name,
    )
    .join(Unit, Unit.id == ApiToken.unit_id)
    .where(ApiToken.token_hash == sa.bindparam("token_hash"))
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom a token lets in, and whether this use should be written down."""

    actor: Actor
    unnoted: bool


def caller_by_token(text: str) -> Caller | None:
    """Whom a token lets in; None for one that is unknown here, ended, revoked, or whose maker is
    shut out. It may never do more than its maker may do now.
    """
    found = _BY_HASH.rows({"token_hash": token_hash(text)})
    if not found:
        return None
    token_id, name, scopes, maker_id, expires_at, revoked_at, used_at, *place = found[0]
    now = clock.now()
    maker = load_actor(maker_id) if rules.token_lives(expires_at, revoked_at, now) else None
    if maker is None:
        return None
    unit_id, path, unit = place
    held = frozenset(scope for scope in scopes if maker.may(scope, path))
    grant = Grant(unit_id=unit_id, path=path, permissions=held, role="token", unit=unit)
    actor = Actor("token", token_id, name, grants=(grant,), maker_id=maker_id)
    return Caller(actor, rules.use_to_note(used_at, now))


def scopes_at(unit: Unit, known: Iterable[str], *, actor: Actor) -> list[str]:
    """Those of the ``known`` permissions that ``actor`` could give to a token at ``unit``."""
    return [permission for permission in known if actor.may(permission, unit.path)]


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token in the list. ``state`` is living, ended (by time), revoked or maker_out."""

    id: int
    name: str
    hint: str
    scopes: list[str]
    unit: Label
    maker: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    state: str


def list_tokens(
    paths: Sequence[str], *, number: int = 1, size: int = 30
) -> tuple[list[TokenRow], int]:
    """One page of the tokens of units in reach, the newest first, and how many there are."""
    query = (
        sa.select(ApiToken, Unit.name, Person.name, Person.disabled_at)
        .join(Unit, Unit.id == ApiToken.unit_id)
        .join(Person, Person.id == ApiToken.created_by_id)
        .where(within(paths))
    )
    found = session.execute(cut(query.order_by(ApiToken.id.desc()), number, size)).all()
    return [_shown(*row) for row in found], count_of(query.with_only_columns(ApiToken.id))


def _shown(token: ApiToken, unit: Label, maker: str, maker_out: datetime | None) -> TokenRow:
    return TokenRow(
        token.id,
        token.name,
        token.hint,
        token.scopes,
        unit,
        maker,
        token.created_at,
        token.expires_at,
        token.last_used_at,
        _state(token, maker_out=maker_out is not None),
    )


def _state(token: ApiToken, *, maker_out: bool) -> str:
    if token.revoked_at:
        return "revoked"
    if not rules.token_lives(token.expires_at, None, clock.now()):
        return "ended"
    return "maker_out" if maker_out else "living"


def access_token(token_id: int, *, actor: Actor) -> ApiToken:
    """A token of a unit whose people ``actor`` manages, else `NotFound`."""
    query = (
        sa.select(ApiToken)
        .join(Unit, Unit.id == ApiToken.unit_id)
        .where(ApiToken.id == token_id, within(actor.reach(permissions.MANAGE)))
    )
    token = session.scalar(query)
    if token is None:
        raise NotFound
    return token

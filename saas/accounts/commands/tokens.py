"""Making tokens for the API and taking them back."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from saas.accounts import permissions, rules
from saas.accounts.models import ApiToken
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token, token_hash
from saas.kernel.db import session
from saas.kernel.errors import Forbidden, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory.queries import Unit, find_unit


def add_token(
    *, name: str, unit: Unit, scopes: list[str], days: int, actor: Actor
) -> tuple[ApiToken, str]:
    """A token that reaches ``unit`` and all beneath it, and its text, which is stored nowhere.

    Raises `Invalid` for a scope that ``actor`` does not hold over ``unit``, and `Forbidden` for
    anybody but a person: a token makes no tokens.
    """
    if actor.person_id is None or not actor.may(permissions.MANAGE, unit.path):
        raise Forbidden
    if not scopes or not all(actor.may(scope, unit.path) for scope in scopes):
        raise Invalid({"scopes": [_l("Choose what you may do at this unit yourself.")]})
    text, now = rules.KEY_MARK + new_token(), clock.now()
    token = ApiToken(
        name=name,
        token_hash=token_hash(text),
        hint=text[: rules.TOKEN_HINT],
        scopes=sorted(set(scopes)),
        unit_id=unit.id,
        created_by_id=actor.person_id,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    session.add(token)
    session.flush()
    facts = {"scopes": token.scopes, "days": days}
    audit.record("accounts.add_token", "token", token.id, actor=actor, unit_path=unit.path, **facts)
    return token, text


def revoke_token(token: ApiToken, *, actor: Actor) -> None:
    """End a token now and for good; doing it twice changes nothing."""
    if token.revoked_at:
        return
    token.revoked_at = clock.now()
    unit = find_unit(token.unit_id)
    path = unit.path if unit else None
    audit.record("accounts.revoke_token", "token", token.id, actor=actor, unit_path=path)


def note_use(token_id: int) -> None:
    """Write down that a token was used just now."""
    session.execute(
        sa.update(ApiToken).where(ApiToken.id == token_id).values(last_used_at=clock.now())
    )

"""Doing a request once, however often it is sent.

The first to come claims the key in the transaction of its change. Whoever sends the same key
meanwhile waits at that row: it finds the stored answer when the first commits, and does the work
itself when the first was undone. So nobody is ever told to come back later.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from saas.api.models import ApiAnswer
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import lookup_hash
from saas.kernel.db import session
from saas.kernel.errors import AppError, Conflict
from saas.kernel.i18n import lazy_gettext as _l

KEPT = timedelta(hours=48)
#: So many old answers go with each new one: as many as come, and then some.
_SWEPT = 20


class KeyUsed(AppError):
    """The key belongs to another request."""

    status = 422
    code = "key_used"
    sentence = _l("This Idempotency-Key was sent with another request. Make a new one for this.")


def once(
    key: str, fingerprint: str, *, actor: Actor, status: int, work: Callable[[], dict[str, Any]]
) -> tuple[int, dict[str, Any], bool]:
    """Status and body of the answer, and whether it was there already.

    Keys of two callers never meet. ``work`` returns the body; what it raises undoes the claim, so
    a refused request may be corrected and sent again. Raises `KeyUsed`.
    """
    hashed = lookup_hash(f"api-answer:{actor.kind}:{actor.id}:{key}")
    _sweep()
    claimed = _claim(hashed, fingerprint)
    if claimed is None:
        known = session.scalar(sa.select(ApiAnswer).where(ApiAnswer.key == hashed))
        if known is None:  # it grew old in this very moment
            raise Conflict
        if known.fingerprint != fingerprint:
            raise KeyUsed
        return known.status, known.body, True
    body = work()
    session.execute(
        sa.update(ApiAnswer).where(ApiAnswer.id == claimed).values(status=status, body=body)
    )
    return status, body, False


def _claim(hashed: str, fingerprint: str) -> int | None:
    """The id of our row; None where somebody's living row has the key already."""
    now = clock.now()
    fresh = {"fingerprint": fingerprint, "status": 0, "body": {}, "at": now}
    claim = (
        insert(ApiAnswer)
        .values(key=hashed, **fresh)
        .on_conflict_do_update(index_elements=["key"], set_=fresh, where=ApiAnswer.at <= now - KEPT)
        .returning(ApiAnswer.id)
    )
    return session.scalar(claim)


def _sweep() -> None:
    """Let old answers go, without waiting for others who do the same."""
    old = (
        sa.select(ApiAnswer.id)
        .where(ApiAnswer.at <= clock.now() - KEPT)
        .order_by(ApiAnswer.at)
        .limit(_SWEPT)
        .with_for_update(skip_locked=True)
    )
    session.execute(sa.delete(ApiAnswer).where(ApiAnswer.id.in_(old)))

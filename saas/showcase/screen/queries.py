"""Reading what the hub knows of screens."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from saas.kernel.crypto import token_hash
from saas.kernel.db import session
from saas.showcase.screen.models import Screen
from saas.tenancy.queries import Tenant

#: A screen that was not heard of for so long hangs dark, or has no network.
SILENT: Final = timedelta(minutes=10)


def free_code() -> str:
    """Six digits that no screen shows."""
    while True:
        code = f"{secrets.randbelow(10**6):06}"
        if by_code(code) is None:
            return code


def by_code(code: str) -> Screen | None:
    """The screen that shows this code."""
    return session.scalar(sa.select(Screen).where(Screen.code == code))


def by_token(tenant_id: int, token: str) -> Screen | None:
    """The screen of this district that has this token."""
    query = sa.select(Screen).where(
        Screen.token_hash == token_hash(token), Screen.tenant_id == tenant_id
    )
    return session.scalar(query)


def of_district(tenant_id: int) -> Sequence[Screen]:
    """Its screens, those that were paired."""
    query = sa.select(Screen).where(Screen.tenant_id == tenant_id, Screen.paired_at.is_not(None))
    return session.scalars(query.order_by(Screen.id)).all()


def every() -> Sequence[tuple[Screen, Tenant]]:
    """Every screen with its district, the longest silent first."""
    query = sa.select(Screen, Tenant).join(Tenant, Tenant.id == Screen.tenant_id)
    query = query.where(Screen.paired_at.is_not(None)).order_by(Screen.seen_at.nulls_first())
    return [tuple(row) for row in session.execute(query)]

"""Who did what, in the same transaction as the deed. Rows can only be added.

Values of personal fields are never written here: the entry names the fields that changed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel import clock, writers
from saas.kernel.context import Actor
from saas.kernel.db import APPEND_ONLY, TenantModel, session
from saas.kernel.events import fact

#: That something was done, by the name of the action.
recorded = fact("audit.recorded")


class AuditEntry(TenantModel):
    """One deed in a district."""

    __tablename__ = "audit_entries"
    __table_args__ = (sa.Index(None, "thing", "thing_id"), APPEND_ONLY)

    at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True), index=True)
    actor_kind: Mapped[str] = mapped_column(sa.String(20))
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(sa.String(100))
    action: Mapped[str] = mapped_column(sa.String(60), index=True)
    thing: Mapped[str] = mapped_column(sa.String(40))
    thing_id: Mapped[int | None]
    unit_path: Mapped[str | None] = mapped_column(sa.Text)
    facts: Mapped[dict[str, Any]]


def record(
    action: str,
    thing: str,
    thing_id: int | None,
    *,
    actor: Actor,
    unit_path: str | None = None,
    **facts: Any,
) -> None:
    """Add an entry. ``action`` is domain.verb, ``facts`` are JSON values without personal data."""
    writers.join()
    session.add(
        AuditEntry(
            at=clock.now(),
            actor_kind=actor.kind,
            actor_id=actor.id,
            actor_name=actor.name,
            action=action,
            thing=thing,
            thing_id=thing_id,
            unit_path=unit_path,
            facts=facts,
        )
    )
    recorded.send(action)


def done_since(moment: datetime) -> dict[str, datetime]:
    """Every action that was recorded after a moment → when last."""
    query = sa.select(AuditEntry.action, sa.func.max(AuditEntry.at))
    found = session.execute(query.where(AuditEntry.at > moment).group_by(AuditEntry.action))
    return {action: at for action, at in found}


def last(thing: str, thing_id: int | None, *actions: str) -> AuditEntry | None:
    """The newest entry about a thing; of ``actions`` alone, where they are given."""
    query = sa.select(AuditEntry).where(AuditEntry.thing == thing, AuditEntry.thing_id == thing_id)
    if actions:
        query = query.where(AuditEntry.action.in_(actions))
    return session.scalar(query.order_by(AuditEntry.id.desc()).limit(1))

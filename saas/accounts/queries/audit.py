"""Reading what was done, within the reach of who asks."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement

from saas.accounts.models import ApiToken, Person, Post
from saas.kernel.audit import AuditEntry
from saas.kernel.db import session
from saas.kernel.naming import by_id
from saas.territory.queries import Unit, covers_all


def audit_within(paths: Sequence[str]) -> sa.Select[tuple[AuditEntry]]:
    """What was done beneath ``paths``, in no order."""
    return sa.select(AuditEntry).where(_seen_from(paths))


def _seen_from(paths: Sequence[str]) -> ColumnElement[bool]:
    """From the root all is seen; from elsewhere what was done at a place beneath."""
    if covers_all(paths):
        return sa.true()
    return sa.or_(
        sa.false(), *(AuditEntry.unit_path.startswith(path, autoescape=True) for path in paths)
    )


def audited_things(paths: Sequence[str]) -> list[tuple[str, int]]:
    """The kinds of things that were acted on, with the number of entries of each."""
    query = (
        sa.select(AuditEntry.thing, sa.func.count())
        .where(_seen_from(paths))
        .group_by(AuditEntry.thing)
        .order_by(AuditEntry.thing)
    )
    return [(thing, number) for thing, number in session.execute(query)]


def audited_actions(paths: Sequence[str], thing: str) -> list[tuple[str, int]]:
    """What was done to things of this kind, with the number of entries of each."""
    query = (
        sa.select(AuditEntry.action, sa.func.count())
        .where(_seen_from(paths), AuditEntry.thing == thing)
        .group_by(AuditEntry.action)
        .order_by(AuditEntry.action)
    )
    return [(action, number) for action, number in session.execute(query)]


#: What people, posts and tokens are called, many at once; a post opens by its unit.
named_people = by_id(sa.select(Person.id, Person.name, Person.id.label("person_id")))
named_posts = by_id(sa.select(Post.id, Post.name, Unit.code).join(Unit, Unit.id == Post.unit_id))
named_tokens = by_id(sa.select(ApiToken.id, ApiToken.name))

"""Reading what was done, within the reach of who asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement

from saas.accounts.models import ApiToken, Person, Post
from saas.kernel.audit import AuditEntry
from saas.kernel.context import Label
from saas.kernel.db import session
from saas.kernel.paging import page_of
from saas.territory.queries import Unit, covers_all


def audit_entries(
    paths: Sequence[str],
    *,
    thing: str = "",
    thing_id: int | None = None,
    who: str = "",
    number: int = 1,
    size: int = 50,
) -> tuple[Sequence[AuditEntry], int]:
    """One page of what was done beneath ``paths``, newest first, and how many in all."""
    query = sa.select(AuditEntry).where(_seen_from(paths))
    if thing:
        query = query.where(AuditEntry.thing == thing)
    if thing_id:
        query = query.where(AuditEntry.thing_id == thing_id)
    if who:
        query = query.where(AuditEntry.actor_name.icontains(who, autoescape=True))
    return page_of(query.order_by(AuditEntry.id.desc()), number, size)


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


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry is about, as people know it; ``unit_code`` or ``person_id`` opens it."""

    name: Label
    unit_code: str | None = None
    person_id: int | None = None


def subjects(entries: Sequence[AuditEntry]) -> dict[tuple[str, int | None], Subject]:
    """What the entries of one page are about; unknown kinds of things are left out."""
    ids: dict[str, set[int]] = {}
    for entry in entries:
        if entry.thing_id is not None:
            ids.setdefault(entry.thing, set()).add(entry.thing_id)
    units = sa.select(Unit.id, Unit.name, Unit.code).where(Unit.id.in_(ids.get("unit", ())))
    people = sa.select(Person.id, Person.name).where(Person.id.in_(ids.get("person", ())))
    posts = (
        sa.select(Post.id, Post.name, Unit.code)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Post.id.in_(ids.get("post", ())))
    )
    tokens = sa.select(ApiToken.id, ApiToken.name).where(ApiToken.id.in_(ids.get("token", ())))
    found: dict[tuple[str, int | None], Subject] = {}
    for unit_id, name, code in session.execute(units):
        found["unit", unit_id] = Subject(name, unit_code=code)
    for person_id, own_name in session.execute(people):
        found["person", person_id] = Subject({"zh": own_name}, person_id=person_id)
    for token_id, own_name in session.execute(tokens):
        found["token", token_id] = Subject({"zh": own_name})
    for post_id, name, code in session.execute(posts):
        found["post", post_id] = Subject(name, unit_code=code)
    return found

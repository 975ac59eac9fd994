"""Reading who may look in and who has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from saas.accounts import queries as people
from saas.accounts.queries import Administrator, Person
from saas.hosting import rules
from saas.hosting.models import SupportEntry, SupportGrant
from saas.kernel import clock
from saas.kernel.context import Actor, Grant
from saas.kernel.crypto import token_hash
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.runtime import wired
from saas.packages.model import queries as model
from saas.signin.queries import world_now
from saas.territory import queries as units


@dataclass(frozen=True, slots=True)
class Look:
    """An operator who is in: the entry, until when at most, who granted it."""

    entry: SupportEntry
    until: datetime
    granted_by: str


def _living() -> sa.ColumnElement[bool]:
    return sa.and_(SupportGrant.ended_at.is_(None), SupportGrant.ends_at > world_now())


def living_grant() -> SupportGrant | None:
    """The grant by which operators may look in now."""
    query = sa.select(SupportGrant).where(_living()).order_by(SupportGrant.id.desc())
    return session.scalars(query.limit(1)).first()


def grants(*, most: int = 30) -> Sequence[tuple[SupportGrant, str]]:
    """The last grants with the names of those who gave them, the newest first."""
    query = (
        sa.select(SupportGrant, Person.name)
        .join(Person, Person.id == SupportGrant.granted_by_id)
        .order_by(SupportGrant.id.desc())
        .limit(most)
    )
    return [(grant, name) for grant, name in session.execute(query)]


def entries_of(grant_ids: Sequence[int]) -> dict[int, list[SupportEntry]]:
    """Who came in by these grants, by grant, in order."""
    query = sa.select(SupportEntry).where(
        SupportEntry.grant_id.in_(grant_ids), SupportEntry.entered_at.is_not(None)
    )
    found: dict[int, list[SupportEntry]] = {}
    for entry in session.scalars(query.order_by(SupportEntry.id)):
        found.setdefault(entry.grant_id, []).append(entry)
    return found


def access_ticket(token: str, *, lock: bool = False) -> tuple[SupportEntry, SupportGrant]:
    """A ticket that can still be used; every other one is simply not there."""
    query = sa.select(SupportEntry, SupportGrant).join(SupportGrant).where(
        SupportEntry.key_hash == token_hash(token),
        SupportEntry.entered_at.is_(None),
        SupportEntry.ticket_until > world_now(),
        _living(),
    )  # fmt: skip
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = session.execute(query).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


def look_by_key(key: str) -> Look | None:
    """Who looks on with this key; None once the grant, or the entry, is over."""
    query = (
        sa.select(SupportEntry, SupportGrant.ends_at, Person.name)
        .join(SupportGrant, SupportGrant.id == SupportEntry.grant_id)
        .join(Person, Person.id == SupportGrant.granted_by_id)
        .where(
            SupportEntry.key_hash == token_hash(key),
            SupportEntry.entered_at.is_not(None),
            SupportEntry.ended_at.is_(None),
            _living(),
        )
    )
    found = session.execute(query).first()
    return Look(*found) if found else None


def as_actor(look: Look) -> Actor:
    """One who only looks on. The id is below zero: it is no person's, whatever asks by it."""
    root, domains = units.root(), wired().domains
    may = rules.looking_permissions(domains.permissions, domains.strong)
    post = dict.fromkeys(("zh", "en"), _("Support view"))  # said to nobody but this reader
    own = (Grant(root.id, root.path, may, "support", post=post, unit=root.name),) if root else ()
    entry = look.entry
    return Actor("support", -entry.id, entry.operator_name, entry.operator_login, own)


def open_entries(grant_ids: Sequence[int]) -> Sequence[SupportEntry]:
    """Entries by these grants that nobody has ended."""
    query = sa.select(SupportEntry).where(
        SupportEntry.grant_id.in_(grant_ids), SupportEntry.ended_at.is_(None)
    )
    return session.scalars(query).all()


def open_grants() -> Sequence[SupportGrant]:
    """Grants that nobody has ended, those that ran out meanwhile among them."""
    query = sa.select(SupportGrant).where(SupportGrant.ended_at.is_(None))
    return session.scalars(query.order_by(SupportGrant.id)).all()


def administrators() -> list[Administrator]:
    """Who administers the district at work, and when last in."""
    return people.administrators()


def is_administered() -> bool:
    """Whether somebody who administers was in lately."""
    since = clock.now() - rules.ADMINISTERED
    return any(one.last_sign_in_at and one.last_sign_in_at > since for one in administrators())


def editions() -> tuple[str | None, list[str]]:
    """What the district at work runs, and what it could take, the newest first."""
    found = model.installed_edition()
    return found, [f"{key}@{version}" for key, version in model.newer()] if found else []


def find_grant(grant_id: int) -> SupportGrant | None:
    """A grant by its id."""
    return session.get(SupportGrant, grant_id)

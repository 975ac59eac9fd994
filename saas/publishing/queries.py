"""Every read of public pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from saas import attachments
from saas.accounts import queries as people
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.domain import Named
from saas.kernel.errors import NotFound
from saas.publishing.models import Act, Edition, PublicPage
from saas.publishing.permissions import KEEP


def every() -> Sequence[PublicPage]:
    """All of them, for who writes them."""
    return session.scalars(sa.select(PublicPage).order_by(PublicPage.id)).all()


def access_page(code: str, *, actor: Actor, lock: bool = False) -> PublicPage:
    """One for who writes pages."""
    query = sa.select(PublicPage).where(PublicPage.code == code)
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None or not (actor.kind == "system" or actor.may(KEEP)):
        raise NotFound
    return found


def live() -> list[Edition]:
    """What everybody can read."""
    on = sa.and_(Edition.page_id == PublicPage.id, Edition.number == PublicPage.live)
    query = sa.select(Edition).join(PublicPage, on).order_by(PublicPage.id)
    return list(session.scalars(query))


def codes() -> dict[int, str]:
    """Codes of pages by their ids."""
    return {one.id: one.code for one in every()}


def live_page(code: str) -> tuple[PublicPage, Edition]:
    """A page with what everybody reads of it."""
    page = session.scalar(sa.select(PublicPage).where(PublicPage.code == code))
    if page is None or page.live is None:
        raise NotFound
    return page, edition(page, page.live)


def edition(page: PublicPage, number: int) -> Edition:
    """One edition of a page."""
    found = session.scalar(
        sa.select(Edition).where(Edition.page_id == page.id, Edition.number == number)
    )
    if found is None:
        raise NotFound
    return found


def editions(page: PublicPage) -> Sequence[Edition]:
    """All editions, the latest first."""
    query = sa.select(Edition).where(Edition.page_id == page.id)
    return session.scalars(query.order_by(Edition.number.desc())).all()


def last_edition(page: PublicPage) -> Edition | None:
    """What was handed in last."""
    return next(iter(editions(page)), None)


def handed_in_by(page: PublicPage) -> int | None:
    """Who handed in what is looked at now."""
    last = last_edition(page)
    return last.by_id if last else None


def pictures(page: PublicPage) -> dict[str, list[Any]]:
    """Its pictures by their place."""
    found: dict[str, list[Any]] = {}
    for one in attachments.of("public_page", page.id):
        found.setdefault(one.place, []).append(one)
    return found


@dataclass(frozen=True, slots=True)
class StoryAct:
    """An act with the name of who did it."""

    verb: str
    at: datetime
    actor: str | None
    reason: str | None


def story_of(page: PublicPage) -> list[StoryAct]:
    """Its acts in order."""
    query = sa.select(Act).where(Act.page_id == page.id).order_by(Act.number)
    found = session.scalars(query).all()
    known = people.names_of([act.actor_id for act in found if act.actor_id])
    return [StoryAct(a.verb, a.at, known.get(a.actor_id or 0), a.reason) for a in found]


def names(ids: Collection[int]) -> Mapping[int, Named]:
    """Pages by their ids, for the audit."""
    found = session.scalars(sa.select(PublicPage).where(PublicPage.id.in_(ids)))
    return {one.id: (one.title, {"code": one.code}) for one in found}

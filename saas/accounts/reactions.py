"""What posts do when the tree changes."""

from __future__ import annotations

import sqlalchemy as sa

from saas.accounts import queries
from saas.accounts.models import ApiToken, Person, Post
from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import ngettext
from saas.territory.events import unit_counting, unit_merged, unit_retiring


@unit_merged.connect
def _bring_along(unit_id: int, *, into_id: int) -> None:
    session.execute(sa.update(Post).where(Post.unit_id == unit_id).values(unit_id=into_id))
    session.execute(
        sa.update(Person).where(Person.home_unit_id == unit_id).values(home_unit_id=into_id)
    )
    session.execute(sa.update(ApiToken).where(ApiToken.unit_id == unit_id).values(unit_id=into_id))


@unit_retiring.connect
def _retire_vacant_posts(unit_id: int) -> None:
    if any(post.person_id for post in queries.posts_at(unit_id)):
        raise Conflict(_l("Somebody still holds a post here: end the holding first."))
    session.execute(
        sa.update(Post)
        .where(Post.unit_id == unit_id, Post.retired_at.is_(None))
        .values(retired_at=clock.now())
    )


@unit_counting.connect
def _count_posts_and_homes(unit_id: int) -> list[str]:
    """What hangs on a unit by way of people: its posts and those who live there."""
    posts = queries.count_posts([unit_id]).get(unit_id, 0)
    homes = queries.count_residents(unit_id)
    lines = []
    if posts:
        lines.append(ngettext("%(num)s post", "%(num)s posts", posts))
    if homes:
        lines.append(
            ngettext(
                "%(num)s resident has a home here", "%(num)s residents have their home here", homes
            )
        )
    return lines

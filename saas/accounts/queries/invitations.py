"""Reading who was invited, by street, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from saas.accounts.models import Holding, Person, Post, Role, SignInLink
from saas.accounts.queries.posts import HeldPost, posts_of
from saas.kernel import clock
from saas.kernel.context import Label
from saas.kernel.db import session
from saas.territory.queries import Unit

#: Slashes in the path of the district.
_ROOT = 2


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody with a post. ``state``: none (nothing was made out), open, over or used; ``at``:
    when the invitation was made out or, for one that is used, when the person was last here.
    """

    person: Person
    posts: Sequence[HeldPost]
    street: Label
    state: str
    at: datetime | None
    until: datetime | None


def streets_of(person_ids: Sequence[int]) -> dict[int, Label]:
    """The street that each of these people works in, in the order of the units; the district for
    who works at the whole of it. Of several posts the first counts.
    """
    paths = dict[int, str]()
    query = (
        sa.select(Holding.person_id, Unit.path)
        .join(Post, Post.id == Holding.post_id)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Holding.until.is_(None), Holding.person_id.in_(set(person_ids)))
        .order_by(Unit.path, Post.id)
    )
    for person_id, path in session.execute(query):
        paths.setdefault(person_id, path)
    tops = {person_id: _top(path) for person_id, path in paths.items()}
    named = sa.select(Unit.path, Unit.name).where(Unit.path.in_(set(tops.values())))
    names = {path: name for path, name in session.execute(named)}
    return {person_id: names[top] for person_id, top in tops.items()}


def _top(path: str) -> str:
    """The path of the unit directly beneath the district on the way to one, or the district's."""
    return "/".join(path.split("/")[:3]) + "/" if path.count("/") > _ROOT else path


def invited_staff() -> list[Invited]:
    """Everybody of staff with a post who may sign in, by street."""
    held = sa.select(Holding.person_id).join(Post, Post.id == Holding.post_id)
    staff = held.join(Role, Role.code == Post.role).where(
        Holding.until.is_(None), Post.retired_at.is_(None), Role.resident.is_(False)
    )
    query = sa.select(Person).where(Person.id.in_(staff), Person.disabled_at.is_(None))
    people = {person.id: person for person in session.scalars(query)}
    ids = list(people)
    posts, places, links = posts_of(ids), streets_of(ids), _last_links(ids)
    return [
        _invited(people[person_id], posts.get(person_id, []), place, links.get(person_id))
        for person_id, place in places.items()
    ]


def _last_links(person_ids: Sequence[int]) -> dict[int, SignInLink]:
    query = (
        sa.select(SignInLink).where(SignInLink.person_id.in_(person_ids)).order_by(SignInLink.id)
    )
    return {link.person_id: link for link in session.scalars(query)}


def _invited(
    person: Person, posts: Sequence[HeldPost], street: Label, link: SignInLink | None
) -> Invited:
    if person.password_hash:
        return Invited(person, posts, street, "used", person.last_sign_in_at, None)
    if link is None:
        return Invited(person, posts, street, "none", None, None)
    lives = link.used_at is None and clock.now() < link.expires_at
    state = "open" if lives else "over"
    return Invited(person, posts, street, state, link.created_at, link.expires_at)

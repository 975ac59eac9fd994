"""Reading posts, roles and who holds what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from saas.accounts import permissions
from saas.accounts.models import Holding, Person, Post, Role, SignInLink
from saas.kernel import clock
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.paging import count_of, cut, page_of
from saas.territory.queries import Unit, within


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post in a list: where it is, who holds it now."""

    id: int
    name: Label
    role: str
    role_name: Label
    unit_code: str
    unit_name: Label
    person_id: int | None
    person_name: str | None


_HELD_POSTS = (
    sa.select(
        Post.id, Post.name, Role.code, Role.name, Unit.code, Unit.name, Person.id, Person.name
    )
    .join(Role, Role.code == Post.role)
    .join(Unit, Unit.id == Post.unit_id)
    .outerjoin(Holding, sa.and_(Holding.post_id == Post.id, Holding.until.is_(None)))
    .outerjoin(Person, Person.id == Holding.person_id)
    .where(Post.retired_at.is_(None))
    .order_by(Unit.path, Role.position, Post.id)
)


def posts_of(person_ids: Sequence[int]) -> dict[int, list[HeldPost]]:
    """The posts that each of these people holds now."""
    held: dict[int, list[HeldPost]] = {}
    for row in session.execute(_HELD_POSTS.where(Person.id.in_(set(person_ids)))):
        held.setdefault(row[6], []).append(HeldPost(*row))
    return held


def posts_of_staff() -> list[HeldPost]:
    """Every post of staff at a unit in use, held now by somebody who may sign in."""
    query = _HELD_POSTS.where(
        Person.disabled_at.is_(None), Role.resident.is_(False), Unit.retired_at.is_(None)
    )
    return [HeldPost(*row) for row in session.execute(query.where(Person.id.is_not(None)))]


def posts_at(unit_id: int) -> list[HeldPost]:
    """The posts at a unit with their holders; a vacant one has no person."""
    return [HeldPost(*r) for r in session.execute(_HELD_POSTS.where(Unit.id == unit_id))]


def holders_at(unit_ids: Sequence[int], permission: str) -> dict[int, list[str]]:
    """Unit id to the names of those who may do ``permission`` by a post at that very unit."""
    names: dict[int, list[str]] = {}
    for unit_id, _, name in session.execute(_holders(unit_ids, permission)):
        names.setdefault(unit_id, []).append(name)
    return names


def holder_ids(unit_ids: Sequence[int], permission: str) -> dict[int, list[int]]:
    """Unit id to the ids of the same people, empty for a unit where nobody is."""
    found: dict[int, list[int]] = {unit_id: [] for unit_id in unit_ids}
    for unit_id, person_id, _ in session.execute(_holders(unit_ids, permission)):
        found[unit_id].append(person_id)
    return found


def _holders(unit_ids: Sequence[int], permission: str) -> sa.Select[tuple[int, int, str]]:
    return (
        sa.select(Post.unit_id, Person.id, Person.name)
        .join(Holding, sa.and_(Holding.post_id == Post.id, Holding.until.is_(None)))
        .join(Person, sa.and_(Person.id == Holding.person_id, Person.disabled_at.is_(None)))
        .join(Role, Role.code == Post.role)
        .where(
            Post.unit_id.in_(set(unit_ids)),
            Post.retired_at.is_(None),
            Role.permissions.contains([permission]),
        )
        .order_by(Person.id)
        .distinct()
    )


def roles() -> Sequence[Role]:
    """Every role, the most powerful first."""
    return session.scalars(sa.select(Role).order_by(Role.position)).all()


def role(code: str) -> Role:
    """A role by code, or `NotFound`."""
    found = session.scalar(sa.select(Role).where(Role.code == code))
    if found is None:
        raise NotFound
    return found


def access_post(post_id: int, *, actor: Actor) -> Post:
    """A living post in the reach of those who manage people, else `NotFound`."""
    post = session.get(Post, post_id)
    unit = session.get(Unit, post.unit_id) if post and not post.retired_at else None
    if post is None or unit is None or not actor.may(permissions.MANAGE, unit.path):
        raise NotFound
    return post


def role_names() -> dict[str, Label]:
    """Role code to its name."""
    return {code: name for code, name in session.execute(sa.select(Role.code, Role.name))}


@dataclass(frozen=True, slots=True)
class PastPost:
    """A post that somebody held once, and from when to when."""

    name: Label
    role_name: Label
    unit_code: str
    unit_name: Label
    since: datetime
    until: datetime | None


def past_posts(person_id: int) -> list[PastPost]:
    """What a person held and holds no more, the latest first."""
    query = (
        sa.select(Post.name, Role.name, Unit.code, Unit.name, Holding.since, Holding.until)
        .select_from(Holding)
        .join(Post, Post.id == Holding.post_id)
        .join(Role, Role.code == Post.role)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Holding.person_id == person_id, Holding.until.is_not(None))
        .order_by(Holding.until.desc(), Holding.id.desc())
    )
    return [PastPost(*row) for row in session.execute(query)]


def vacant_posts(
    paths: Sequence[str], *, number: int = 1, size: int = 30
) -> tuple[list[HeldPost], int]:
    """One page of the posts in reach that nobody holds, and how many in all."""
    query = _HELD_POSTS.where(Holding.id.is_(None), within(paths))
    found = session.execute(cut(query, number, size))
    return [HeldPost(*row) for row in found], count_of(query.with_only_columns(Post.id))


def bare_units(paths: Sequence[str], *, size: int = 50) -> tuple[Sequence[Unit], int]:
    """Units in reach where a post could be and none is, and how many in all."""
    kinds = sa.select(sa.func.jsonb_array_elements_text(Role.at)).where(~Role.resident)
    posted = sa.select(Post.unit_id).where(Post.retired_at.is_(None))
    query = sa.select(Unit).where(
        within(paths), Unit.retired_at.is_(None), Unit.kind.in_(kinds), Unit.id.not_in(posted)
    )
    return page_of(query.order_by(Unit.path), 1, size)


def count_vacant(paths: Sequence[str]) -> int:
    """How many posts in reach nobody holds, and units where there is none."""
    return vacant_posts(paths, size=0)[1] + bare_units(paths, size=0)[1]


def roles_at(unit: Unit, *, actor: Actor) -> list[Role]:
    """The roles that ``actor`` could give at ``unit``: they fit its kind and exceed nobody."""
    return [role for role in _within_reach(unit, actor) if not role.resident]


def homes_at(unit: Unit, *, actor: Actor) -> list[Role]:
    """What somebody becomes by living at ``unit``: empty where nobody has a home."""
    return [role for role in _within_reach(unit, actor) if role.resident]


def is_home(unit: Unit) -> bool:
    """Whether people live at units of this kind, as the roles of residents have it."""
    kinds = [role.at for role in roles() if role.resident]
    return unit.retired_at is None and any(not at or unit.kind in at for at in kinds)


def _within_reach(unit: Unit, actor: Actor) -> list[Role]:
    return [
        role
        for role in roles()
        if (not role.at or unit.kind in role.at)
        and all(actor.may(permission, unit.path) for permission in role.permissions)
    ]


@dataclass(frozen=True, slots=True)
class Administrator:
    """Somebody who administers the district, since when, and when last signed in."""

    id: int
    name: str
    since: datetime
    last_sign_in_at: datetime | None


def administrators() -> list[Administrator]:
    """Those who hold a post that administers, the first of them first."""
    query = (
        sa.select(Person.id, Person.name, sa.func.min(Holding.since), Person.last_sign_in_at)
        .join(Holding, sa.and_(Holding.person_id == Person.id, Holding.until.is_(None)))
        .join(Post, sa.and_(Post.id == Holding.post_id, Post.retired_at.is_(None)))
        .join(Role, sa.and_(Role.code == Post.role, Role.administers))
        .where(Person.disabled_at.is_(None))
        .group_by(Person.id)
        .order_by(sa.func.min(Holding.since), Person.id)
    )
    return [Administrator(*row) for row in session.execute(query)]


def names_of(person_ids: Sequence[int]) -> dict[int, str]:
    """Person id to name."""
    query = sa.select(Person.id, Person.name).where(Person.id.in_(set(person_ids)))
    return {person_id: name for person_id, name in session.execute(query)}


def waiting_staff(*, unasked: bool = False) -> Sequence[Person]:
    """People with a post who have never set a password: an invitation lets them in.

    ``unasked``: only those who hold no invitation that still works.
    """
    held = sa.select(Holding.id).where(Holding.person_id == Person.id, Holding.until.is_(None))
    query = sa.select(Person).where(
        held.exists(), Person.password_hash.is_(None), Person.disabled_at.is_(None)
    )
    if unasked:
        living = sa.select(SignInLink.id).where(
            SignInLink.person_id == Person.id,
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > clock.now(),
        )
        query = query.where(~living.exists())
    return session.scalars(query.order_by(Person.id)).all()


def count_posts(unit_ids: Sequence[int]) -> dict[int, int]:
    """Unit id to how many living posts it has."""
    query = (
        sa.select(Post.unit_id, sa.func.count())
        .where(Post.unit_id.in_(set(unit_ids)), Post.retired_at.is_(None))
        .group_by(Post.unit_id)
    )
    return {unit_id: number for unit_id, number in session.execute(query)}


def holders_beneath(path: str, permission: str) -> list[HeldPost]:
    """Held posts at or beneath ``path`` that give ``permission``, with their holders."""
    query = _HELD_POSTS.where(
        within([path]),
        Role.permissions.contains([permission]),
        Person.id.is_not(None),
        Person.disabled_at.is_(None),
    )
    return [HeldPost(*row) for row in session.execute(query)]


def count_posts_by_role() -> dict[str, int]:
    """Role code to how many posts carry it, retired ones too; roles without one are not named."""
    query = sa.select(Post.role, sa.func.count()).group_by(Post.role)
    return {role: number for role, number in session.execute(query)}


def count_filled_posts(kind: str) -> dict[str, int]:
    """Code of each unit of a kind to how many of its living posts somebody holds."""
    query = (
        sa.select(Unit.code, sa.func.count(sa.distinct(Post.id)))
        .join(Post, Post.unit_id == Unit.id)
        .join(Holding, sa.and_(Holding.post_id == Post.id, Holding.until.is_(None)))
        .where(Unit.kind == kind, Post.retired_at.is_(None))
        .group_by(Unit.code)
    )
    return {code: number for code, number in session.execute(query)}

"""Reading people and posts, and turning a person into an actor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from saas.accounts import permissions, rules
from saas.accounts.models import Holding, Post, Role, SignInLink
from saas.accounts.models import Person as Person  # other domains join and type with it
from saas.kernel import clock
from saas.kernel.audit import AuditEntry
from saas.kernel.context import Actor, Grant, Label
from saas.kernel.crypto import lookup_hash, masked_phone, token_hash
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.territory.queries import Unit, beneath


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


_GRANTS = (
    sa.select(
        Person.id,
        Person.name,
        Person.login,
        Person.session_epoch,
        Unit.id,
        Unit.path,
        Unit.name,
        Role.code,
        Role.permissions,
        Post.name,
        Role.resident,
    )
    .select_from(Person)
    .outerjoin(Holding, sa.and_(Holding.person_id == Person.id, Holding.until.is_(None)))
    .outerjoin(Post, sa.and_(Post.id == Holding.post_id, Post.retired_at.is_(None)))
    .outerjoin(
        Role,
        sa.or_(
            Role.code == Post.role,
            sa.and_(Role.resident, Person.home_unit_id.is_not(None)),
        ),
    )
    .outerjoin(
        Unit,
        sa.or_(
            sa.and_(Role.resident, Unit.id == Person.home_unit_id),
            sa.and_(~Role.resident, Unit.id == Post.unit_id),
        ),
    )
    .where(Person.id == sa.bindparam("person_id"), Person.disabled_at.is_(None))
    .order_by(Role.position, Unit.path)
)


def load_actor(person_id: int, epoch: int | None = None) -> Actor | None:
    """The person with all grants in one query; None when disabled or signed out since."""
    rows = session.execute(_GRANTS, {"person_id": person_id}).all()
    if not rows or (epoch is not None and rows[0][3] != epoch):
        return None
    grants = {
        (row[4], row[7]): Grant(
            unit_id=row[4],
            path=row[5],
            unit=row[6],
            role=row[7],
            permissions=frozenset(row[8]),
            post=row[9] or {},
            own_only=row[10],
        )
        for row in rows
        if row[4] is not None and row[7] is not None
    }
    name, login = rows[0][1], rows[0][2] or ""
    return Actor("person", person_id, name, login, tuple(grants.values()))


def find_for_sign_in(name: str) -> Person | None:
    """The person with this login or phone number."""
    phone = rules.clean_phone(name)
    match = Person.login == name.lower()
    if phone:
        match = sa.or_(match, Person.phone_hash == lookup_hash(phone))
    query = sa.select(Person).where(match, Person.disabled_at.is_(None)).order_by(Person.id)
    return session.scalars(query.limit(1)).first()


def living_link(token: str) -> SignInLink:
    """A link that can still be used; every other token is simply not there."""
    link = session.scalar(sa.select(SignInLink).where(SignInLink.token_hash == token_hash(token)))
    if link is None or not rules.link_lives(link.expires_at, link.used_at, clock.now()):
        raise NotFound
    return link


def access_person(person_id: int, *, actor: Actor, permission: str = permissions.VIEW) -> Person:
    """A person whose posts or home lie in the actor's reach, else `NotFound`."""
    person = session.get(Person, person_id)
    if person is None or not _in_reach(person, actor.reach(permission)):
        raise NotFound
    return person


def _in_reach(person: Person, paths: Sequence[str]) -> bool:
    if not paths:
        return False
    places = (
        sa.select(Unit.path)
        .outerjoin(Post, Post.unit_id == Unit.id)
        .outerjoin(Holding, sa.and_(Holding.post_id == Post.id, Holding.until.is_(None)))
        .where(sa.or_(Holding.person_id == person.id, Unit.id == (person.home_unit_id or 0)))
    )
    found = list(session.scalars(places))
    # Somebody without any place belongs to the district as a whole.
    return any(p.startswith(path) for p in found or [_root_path()] for path in paths)


def _root_path() -> str:
    return session.scalar(sa.select(Unit.path).where(Unit.parent_id.is_(None))) or "/"


def list_people(
    paths: Sequence[str], search: str = "", *, number: int = 1, size: int = 30
) -> tuple[Sequence[Person], int]:
    """One page of people with a post or home beneath any of ``paths``, and how many in all."""
    reach = sa.or_(*(beneath(path) for path in paths)) if paths else sa.false()
    held = (
        sa.select(Holding.person_id)
        .join(Post, Post.id == Holding.post_id)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Holding.until.is_(None), reach)
    )
    home = sa.select(Unit.id).where(reach)
    query = sa.select(Person).where(sa.or_(Person.id.in_(held), Person.home_unit_id.in_(home)))
    if search:
        like = f"%{search.replace('%', '').replace('_', '')}%"
        phone = rules.clean_phone(search)
        query = query.where(
            sa.or_(
                Person.name.ilike(like),
                Person.login.ilike(like),
                Person.phone_hash == lookup_hash(phone) if phone else sa.false(),
            )
        )
    total = session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    page = query.order_by(Person.disabled_at.is_not(None), Person.id)
    return session.scalars(page.limit(size).offset((number - 1) * size)).all(), total


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


def posts_at(unit_id: int) -> list[HeldPost]:
    """The posts at a unit with their holders; a vacant one has no person."""
    return [HeldPost(*r) for r in session.execute(_HELD_POSTS.where(Unit.id == unit_id))]


def holders_at(unit_ids: Sequence[int], permission: str) -> dict[int, list[str]]:
    """Unit id to the names of those who may do ``permission`` by a post at that very unit."""
    query = (
        sa.select(Post.unit_id, Person.name)
        .join(Holding, sa.and_(Holding.post_id == Post.id, Holding.until.is_(None)))
        .join(Person, sa.and_(Person.id == Holding.person_id, Person.disabled_at.is_(None)))
        .join(Role, Role.code == Post.role)
        .where(
            Post.unit_id.in_(set(unit_ids)),
            Post.retired_at.is_(None),
            Role.permissions.contains([permission]),
        )
        .order_by(Person.id)
    )
    names: dict[int, list[str]] = {}
    for unit_id, name in session.execute(query):
        names.setdefault(unit_id, []).append(name)
    return names


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


def demo_entries() -> Sequence[Person]:
    """The people as whom a visitor may enter a demo district, in the order to show."""
    query = sa.select(Person).where(Person.demo_entry.is_not(None), Person.disabled_at.is_(None))
    return session.scalars(query.order_by(Person.demo_entry)).all()


def person_names(ids: Sequence[int]) -> dict[int, str]:
    """Person id to name, for lists."""
    rows = session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(set(ids))))
    return {person_id: name for person_id, name in rows}


def phone_shown(person: Person) -> str:
    """The masked phone number."""
    return masked_phone(person.phone)


def find_person(person_id: int) -> Person | None:
    """A person by id, for commands that have checked their right already."""
    return session.get(Person, person_id)


def person_by_login(login: str) -> Person | None:
    """A person by login name."""
    return session.scalar(sa.select(Person).where(Person.login == login))


def audit_entries(
    *, thing: str = "", number: int = 1, size: int = 50
) -> tuple[Sequence[AuditEntry], int]:
    """One page of what was done in the district, newest first, and how many in all."""
    query = sa.select(AuditEntry)
    if thing:
        query = query.where(AuditEntry.thing == thing)
    total = session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    page = query.order_by(AuditEntry.id.desc()).limit(size).offset((number - 1) * size)
    return session.scalars(page).all(), total


def role_names() -> dict[str, Label]:
    """Role code to its name."""
    return {code: name for code, name in session.execute(sa.select(Role.code, Role.name))}


def demo_entries_with_roles() -> list[tuple[Person, str]]:
    """The sample people to enter as, each with the role that they show, in the order to show."""
    resident = sa.select(Role.code).where(Role.resident).limit(1).scalar_subquery()
    query = (
        sa.select(Person, sa.func.coalesce(sa.func.min(Post.role), resident))
        .outerjoin(Holding, sa.and_(Holding.person_id == Person.id, Holding.until.is_(None)))
        .outerjoin(Post, sa.and_(Post.id == Holding.post_id, Post.retired_at.is_(None)))
        .where(Person.demo_entry.is_not(None), Person.disabled_at.is_(None))
        .group_by(Person.id)
        .order_by(Person.demo_entry)
    )
    return [(person, role) for person, role in session.execute(query)]

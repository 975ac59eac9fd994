"""The register as lists: what is in reach, what everybody finds, what counts as living."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from saas import attachments
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.folding import has_words
from saas.kernel.naming import by_id
from saas.kernel.paging import page_of
from saas.organisations import permissions, rules
from saas.organisations.models import Organisation, Sign
from saas.territory import queries as territory
from saas.territory.queries import Unit


def within_reach(actor: Actor) -> sa.Select[Any]:
    """What ``actor`` may see at work, in no order: (organisation, its home)."""
    drafts = sa.or_(Organisation.state != "draft", territory.within(actor.reach(permissions.EDIT)))
    return (
        sa.select(Organisation)
        .join(Unit, Unit.id == Organisation.home_unit_id)
        .where(territory.within(actor.reach(permissions.VIEW)), drafts)
    )


def in_reach(actor: Actor, permission: str, most: int) -> Sequence[Organisation]:
    """What is in the register where ``actor`` holds a permission."""
    query = sa.select(Organisation).join(Unit, Unit.id == Organisation.home_unit_id)
    query = query.where(is_living(), territory.within(actor.reach(permission)))
    return session.scalars(query.order_by(Organisation.id).limit(most)).all()


def called(words: str, actor: Actor, limit: int) -> Sequence[Organisation]:
    """Those in reach that are called so."""
    query = within_reach(actor).where(named(words)).order_by(Organisation.id)
    return session.scalars(query.limit(limit)).all()


def named(words: str) -> Any:
    """That these words stand in the name, the code or the credit code."""
    return has_words(words, Organisation.name["zh"].astext, Organisation.name["en"].astext,
                     Organisation.code, Organisation.uscc)  # fmt: skip


def _has_signs() -> Any:
    return sa.exists(sa.select(Sign.id).where(Sign.organisation_id == Organisation.id))


def stands_as(how: str) -> Any:
    """A condition by how it stands: a state, or ``never`` for one that is active and never met."""
    if how in ("never", "active"):
        met = _has_signs()
        return sa.and_(Organisation.state == "active", met if how == "active" else ~met)
    return Organisation.state == how


def brought_in(yes: str) -> Any:
    """A condition: brought in from outside, or grown here."""
    return Organisation.batch.is_not(None) if yes == "yes" else Organisation.batch.is_(None)


def count_types(actor: Actor) -> dict[str, int]:
    """How many of each type are in reach and have not left."""
    each = within_reach(actor).where(Organisation.state != "left").subquery()
    query = sa.select(each.c.type, sa.func.count()).group_by(each.c.type)
    return {code: number for code, number in session.execute(query)}


def all_living() -> Sequence[Organisation]:
    """Everything that grew here and is in the register, for the picture."""
    query = sa.select(Organisation).where(is_living(), Organisation.batch.is_(None))
    return session.scalars(query.order_by(Organisation.type, Organisation.id)).all()


def faces(groups: Sequence[Organisation]) -> dict[int, int]:
    """Organisation → position of its first picture."""
    return attachments.first_of("organisation", [group.id for group in groups], picture=True)


def is_living() -> Any:
    """A condition: in the register, as figures count it."""
    return Organisation.state.in_(sorted(rules.LIVING))


def last_signs(ids: Collection[int]) -> dict[int, date]:
    """The day of the last sign of life, of those that ever showed one."""
    query = sa.select(Sign.organisation_id, sa.func.max(Sign.on)).where(
        Sign.organisation_id.in_(ids)
    )
    return {one: day for one, day in session.execute(query.group_by(Sign.organisation_id))}


def found_near(
    home_path: str | None, *, words: str = "", kind: str = "", stage: str = "",
    number: int = 1, size: int = 20,
) -> tuple[Sequence[Organisation], int]:  # fmt: skip
    """What everybody can join or look at, the nearest to a home first: those of the same courtyard,
    then of the units above it one by one.
    """
    query = sa.select(Organisation).join(Unit, Unit.id == Organisation.home_unit_id)
    query = query.where(Organisation.state.in_(rules.OPEN) if not stage else is_living())
    if words:
        query = query.where(named(words))
    if kind:
        query = query.where(Organisation.type == kind)
    if stage:
        query = query.where(Organisation.stage == stage)
    order: list[Any] = [Organisation.id]
    if home_path:
        parts = home_path.strip("/").split("/")
        steps = ["/" + "/".join(parts[:n]) + "/" for n in range(len(parts), 0, -1)]
        near = sa.case(*((territory.beneath(path), n) for n, path in enumerate(steps)), else_=99)
        order.insert(0, near)
    return page_of(query.order_by(*order), number, size)


def by_codes(codes: Iterable[str]) -> dict[str, Organisation]:
    """Organisations by their codes, as far as there are."""
    query = sa.select(Organisation).where(Organisation.code.in_(list(codes)))
    return {row.code: row for row in session.scalars(query)}


def registered(code: str) -> Organisation | None:
    """One that is in the register, by its code as somebody typed it."""
    found = by_codes([code.strip()]).get(code.strip())
    return found if found and found.state in rules.LIVING else None


def is_known_uscc(code: str, but: Organisation | None = None) -> bool:
    """Whether another organisation has this credit code."""
    query = sa.select(Organisation.id).where(
        Organisation.uscc == code, Organisation.state != "left"
    )
    return any(found != (but.id if but else None) for found in session.scalars(query))


names = by_id(sa.select(Organisation.id, Organisation.name, Organisation.code))


def living_at(unit_id: int) -> int:
    """How many that have not left are at home in a unit."""
    query = sa.select(sa.func.count()).select_from(Organisation)
    gone = ("left", "refused")
    where = (Organisation.home_unit_id == unit_id, Organisation.state.not_in(gone))
    return session.scalars(query.where(*where)).one()


def lock_living_at(unit_id: int) -> Sequence[Organisation]:
    """The same, locked."""
    query = sa.select(Organisation).where(
        Organisation.home_unit_id == unit_id, Organisation.state != "left"
    )
    return session.scalars(query.order_by(Organisation.id).with_for_update()).all()

"""What is kept of one organisation beside its acts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from saas.accounts import queries as people
from saas.kernel import clock
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.organisations.models import (
    Area,
    Branch,
    Credential,
    Link,
    Member,
    Mentorship,
    Organisation,
    Post,
    Roll,
    Session,
    Sign,
)


def _of(table: Any, group: Organisation, *order: Any) -> Sequence[Any]:
    query = sa.select(table).where(table.organisation_id == group.id)
    return session.scalars(query.order_by(*order, table.id.desc()).limit(200)).all()


def credentials_of(group: Organisation) -> Sequence[Credential]:
    """Its papers, the newest first."""
    return _of(Credential, group, Credential.valid_from.desc())


def credential_of(group: Organisation, kind: str) -> Credential | None:
    """The newest paper of a kind."""
    return next((row for row in credentials_of(group) if row.kind == kind), None)


def posts_of(group: Organisation) -> Sequence[Post]:
    """Who holds what, those who left at the end."""
    return _of(Post, group, Post.until.desc().nulls_first(), Post.role)


def rolls_of(group: Organisation) -> Sequence[Roll]:
    """Its counts, the newest first."""
    return _of(Roll, group, Roll.as_of.desc())


def members_of(group: Organisation) -> Sequence[Member]:
    """Who belongs to it by name now."""
    query = sa.select(Member).where(Member.organisation_id == group.id, Member.left_on.is_(None))
    return session.scalars(query.order_by(Member.id)).all()


def membership(group: Organisation, person_id: int | None) -> Member | None:
    """That somebody with an account belongs to it now."""
    query = sa.select(Member).where(
        Member.organisation_id == group.id,
        Member.person_id == person_id,
        Member.left_on.is_(None),
    )
    return session.scalar(query) if person_id else None


def signs_of(group: Organisation) -> Sequence[Sign]:
    """Its signs of life, the newest first."""
    return _of(Sign, group, Sign.on.desc())


def person_names(rows: Iterable[Any]) -> dict[int, str]:
    """Names of the people with an account that rows speak of."""
    return people.names_of(sorted({row.person_id for row in rows if row.person_id}))


@dataclass(frozen=True, slots=True)
class Mentor:
    """A mentorship with who it is, and the hours: agreed, given, confirmed by both."""

    row: Mentorship
    name: str | Label
    given: float
    confirmed: float


def mentors_of(group: Organisation) -> list[Mentor]:
    """Its mentors, those of today first."""
    rows = _of(Mentorship, group, Mentorship.until.desc().nulls_first())
    names, hours = person_names(rows), hours_of([row.id for row in rows])
    groups = {
        one.id: one.name
        for one in session.scalars(
            sa.select(Organisation).where(
                Organisation.id.in_([r.mentor_id for r in rows if r.mentor_id])
            )
        )
    }
    return [
        Mentor(row, groups[row.mentor_id] if row.mentor_id else names.get(row.person_id, "?"),
               *hours.get(row.id, (0, 0)))
        for row in rows
    ]  # fmt: skip


def hours_of(ids: Sequence[int]) -> dict[int, tuple[float, float]]:
    """Hours given and confirmed, by mentorship."""
    both = sa.and_(Session.mentor_at.is_not(None), Session.group_at.is_not(None))
    total = sa.func.coalesce(sa.func.sum(Session.minutes), 0)
    query = sa.select(Session.mentorship_id, total,
                      sa.func.coalesce(sa.func.sum(Session.minutes).filter(both), 0)).where(
        Session.mentorship_id.in_(ids)).group_by(Session.mentorship_id)  # fmt: skip
    return {key: (round(a / 60, 1), round(b / 60, 1)) for key, a, b in session.execute(query)}


def sessions_of(ids: Sequence[int]) -> Sequence[Session]:
    """Sessions of these mentorships, the newest first."""
    query = sa.select(Session).where(Session.mentorship_id.in_(ids))
    return session.scalars(query.order_by(Session.on.desc(), Session.id.desc()).limit(100)).all()


def mentorship(group: Organisation, mentorship_id: int | None) -> Mentorship | None:
    """One of today's mentorships of an organisation."""
    query = sa.select(Mentorship).where(
        Mentorship.organisation_id == group.id,
        Mentorship.id == mentorship_id,
        sa.or_(Mentorship.until.is_(None), Mentorship.until >= clock.today()),
    )
    return session.scalar(query)


def session_row(group: Organisation, session_id: int) -> tuple[Session, Mentorship]:
    """One session of an organisation, locked, or `NotFound`."""
    query = (
        sa.select(Session, Mentorship)
        .join(Mentorship, Mentorship.id == Session.mentorship_id)
        .where(Session.id == session_id, Mentorship.organisation_id == group.id)
        .with_for_update(of=Session)
    )
    found = session.execute(query).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


def areas_of(group: Organisation) -> Sequence[Area]:
    """Where else it serves."""
    return _of(Area, group, Area.id)


def branch_of(group: Organisation) -> Branch | None:
    """Its Party branch."""
    return session.get(Branch, group.branch_id) if group.branch_id else None


def is_member(group: Organisation, actor: Actor) -> bool:
    """Whether the reader has joined it."""
    return membership(group, actor.person_id) is not None


def mentored_by(actor: Actor) -> list[tuple[Organisation, Mentorship, Sequence[Session]]]:
    """Groups that the reader mentors today, each with its sessions."""
    today = sa.or_(Mentorship.until.is_(None), Mentorship.until >= clock.today())
    led = sa.select(Post.organisation_id).where(
        Post.person_id == actor.person_id, Post.until.is_(None), Post.role != "finance"
    )
    query = (
        sa.select(Organisation, Mentorship)
        .join(Mentorship, Mentorship.organisation_id == Organisation.id)
        .where(
            sa.or_(Mentorship.person_id == actor.person_id, Mentorship.mentor_id.in_(led)), today
        )
        .order_by(Organisation.id)
    )
    found = session.execute(query).all() if actor.person_id else []
    held = sessions_of([row.id for _, row in found])
    return [(g, row, [s for s in held if s.mentorship_id == row.id]) for g, row in found]


def links_of(group: Organisation) -> list[tuple[Link, Organisation, bool]]:
    """Its links, with the other one and whether this one leads."""
    query = (
        sa.select(Link, Organisation)
        .join(Organisation, sa.or_(Organisation.id == Link.other_id,
                                   Organisation.id == Link.organisation_id))
        .where(sa.or_(Link.organisation_id == group.id, Link.other_id == group.id),
               Organisation.id != group.id)
        .order_by(Link.id)
    )  # fmt: skip
    return [
        (link, other, link.organisation_id == group.id) for link, other in session.execute(query)
    ]

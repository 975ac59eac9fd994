"""Conditions on sessions, and reading many of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Range

from saas.activities import permissions, rules
from saas.activities.models import Activity, Session
from saas.activities.queries.sessions import Scene, activities_by_id, scenes
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.folding import has_words
from saas.kernel.naming import Named
from saas.organisations import queries as organisations
from saas.rooms import queries as rooms
from saas.rooms.queries import Room
from saas.territory import queries as territory
from saas.territory.queries import Unit

Condition = sa.ColumnElement[bool]


def reached(actor: Actor) -> Condition:
    """A condition: a session where ``actor`` works."""
    paths = actor.reach(permissions.HANDLE)
    here = sa.select(Unit.id).where(
        sa.or_(
            territory.within(paths),
            territory.within(actor.reach(permissions.SET_UP)),
            *(sa.literal(path).startswith(Unit.path) for path in paths),
        )
    )
    groups = [group.id for group in organisations.own_groups(actor)]
    mine = sa.select(Activity.id).where(Activity.organisation_id.in_(groups))
    return sa.or_(
        Session.unit_id.in_(here), Session.room_id.in_(rooms.kept_by(actor)),
        Session.activity_id.in_(mine) if groups else sa.false(),
    )  # fmt: skip


def within_reach(actor: Actor) -> sa.Select[tuple[Session]]:
    """Everything where ``actor`` works."""
    return sa.select(Session).where(reached(actor))


def between(start: datetime, end: datetime) -> Condition:
    """A condition: something of it is in this time."""
    during: Condition = Session.during.overlaps(Range(start, end))
    return during


def on_show(start: datetime, end: datetime) -> Condition:
    """A condition: everybody may see it, and it begins or goes on between."""
    public = sa.select(Activity.id).where(Activity.public)
    return sa.and_(between(start, end), Session.state.in_(rules.SHOWN),
                   Session.activity_id.in_(public))  # fmt: skip


def in_street(street: Unit | None) -> Condition:
    """A condition: of this street, where one is given."""
    return sa.true() if street is None else Session.unit_id == street.id


def took_place() -> Condition:
    """A condition: neither a draft nor cancelled."""
    return Session.state.in_(("published", "running", "held", "closed"))


def rows_of(condition: Condition, limit: int) -> Sequence[Session]:
    """The first of them, by time."""
    query = sa.select(Session).where(condition).order_by(Session.starts_at, Session.id)
    return session.scalars(query.limit(limit)).all()


def count(condition: Condition) -> int:
    """How many there are."""
    return session.scalar(sa.select(sa.func.count()).select_from(Session).where(condition)) or 0


def coming(
    street: Unit | None = None, room: Room | None = None, group: int | None = None,
    days: int = 60, limit: int = 200,
) -> list[Scene]:  # fmt: skip
    """What everybody can come to from now on: of a street, in a room, by an organisation, where
    these are given.
    """
    now = clock.now()
    found = on_show(now, clock.begin_of(clock.today() + timedelta(days=days)))
    found &= in_street(street)
    if room is not None:
        found &= Session.room_id == room.id
    if group is not None:
        mine = sa.select(Activity.id).where(Activity.organisation_id == group)
        found &= Session.activity_id.in_(mine)
    return scenes(rows_of(found, limit))


def names(ids: Collection[int]) -> Mapping[int, Named]:
    """Sessions by their ids: what and on which day."""
    found = scenes(session.scalars(sa.select(Session).where(Session.id.in_(ids))).all())
    zone = clock.zone()
    return {
        one.session.id: (
            {tongue: f"{title} {one.session.start.astimezone(zone):%Y-%m-%d}"
             for tongue, title in one.activity.title.items()},
            {"code": one.session.code},
        )
        for one in found
    }  # fmt: skip


def activities_called(street: Unit) -> dict[tuple[str, str, str], str]:
    """The codes of a street's activities, by title, kind and tag."""
    query = sa.select(Activity.title, Activity.kind, Activity.tag, Activity.code)
    found = session.execute(query.where(Activity.unit_id == street.id).order_by(Activity.id.desc()))
    return {(title["zh"], kind, tag or ""): code for title, kind, tag, code in found}


def activity_names(ids: Collection[int]) -> Mapping[int, Named]:
    """Activities by their ids."""
    found = activities_by_id(ids)
    return {key: (one.title, {"code": one.code}) for key, one in found.items()}


def last_closed(limit: int) -> Sequence[Session]:
    """The last that were closed."""
    query = sa.select(Session).where(Session.state == "closed")
    return session.scalars(query.order_by(Session.starts_at.desc()).limit(limit)).all()


def of_samples() -> Condition:
    """A condition: part of a demo."""
    return Session.sample.is_(True)


def called_from_today(text: str) -> Condition:
    """A condition: everybody may see it, it is called so, and it is not over yet."""
    titles = (Activity.title[tongue].astext for tongue in ("zh", "en"))
    named = sa.select(Activity.id).where(has_words(text, *titles))
    start = clock.begin_of(clock.today())
    shown = on_show(start, start + timedelta(days=400))
    return sa.and_(shown, Session.activity_id.in_(named))


def drafts() -> Condition:
    """A condition: nobody has published it, and it is to come."""
    return sa.and_(Session.state == "draft", Session.starts_at > clock.now())


def held_by_groups(ids: Collection[int], since: date | None) -> Mapping[int, int]:
    """How many sessions each of these organisations has held, since a day."""
    query = (
        sa.select(Activity.organisation_id, sa.func.count())
        .join(Session, Session.activity_id == Activity.id)
        .where(Activity.organisation_id.in_(ids), Session.begun)
        .group_by(Activity.organisation_id)
    )
    if since is not None:
        query = query.where(Session.starts_at >= clock.begin_of(since))
    return {key: number for key, number in session.execute(query) if key is not None}


def of_own_groups(actor: Actor) -> list[Scene]:
    """What organisations of the actor do from today on, drafts too."""
    groups = [group.id for group in organisations.own_groups(actor)]
    if not groups:
        return []
    mine = sa.select(Activity.id).where(Activity.organisation_id.in_(groups))
    comes = Session.starts_at >= clock.begin_of(clock.today())
    return scenes(rows_of(sa.and_(comes, Session.activity_id.in_(mine)), 100))

"""Finding the files of a thing. Who may see them, the door of the thing has decided."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from saas.attachments.models import Attachment
from saas.kernel.db import session
from saas.kernel.errors import NotFound

_IN_USE = Attachment.retired_at.is_(None)


def _of(thing: str, thing_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(Attachment.thing == thing, Attachment.thing_id == thing_id)


def of(thing: str, thing_id: int) -> Sequence[Attachment]:
    """The files of a thing in their order."""
    query = sa.select(Attachment).where(_of(thing, thing_id), _IN_USE)
    return session.scalars(query.order_by(Attachment.position)).all()


def one(thing: str, thing_id: int, position: int) -> Attachment:
    """The file of a thing at a position, else `NotFound`."""
    query = sa.select(Attachment).where(_of(thing, thing_id), Attachment.position == position)
    found = session.scalar(query.where(_IN_USE)) if 0 < position < 2**31 else None
    if found is None:
        raise NotFound
    return found


def by_key(thing: str, thing_id: int, key: str) -> Attachment | None:
    """The file of a thing that lies under a key."""
    query = sa.select(Attachment).where(_of(thing, thing_id), Attachment.key == key, _IN_USE)
    return session.scalar(query)


def last_position(thing: str, thing_id: int) -> int:
    """The last position that was given, 0 for none."""
    query = sa.select(sa.func.max(Attachment.position)).where(_of(thing, thing_id))
    return session.scalar(query) or 0


def keys_of(keys: Collection[str]) -> set[str]:
    """Those of ``keys`` under which something is in use."""
    query = sa.select(Attachment.key).where(Attachment.key.in_(keys), _IN_USE)
    return set(session.scalars(query))


def used_bytes() -> int:
    """How much the files of the district hold together."""
    query = sa.select(sa.func.coalesce(sa.func.sum(Attachment.size), 0)).where(_IN_USE)
    return int(session.scalars(query).one())


def first_of(thing: str, thing_ids: Collection[int], *, picture: bool = False) -> dict[int, int]:
    """Thing → position of its first file, of those that have one; or of its first picture."""
    query = (
        sa.select(Attachment.thing_id, sa.func.min(Attachment.position))
        .where(Attachment.thing == thing, Attachment.thing_id.in_(thing_ids), _IN_USE)
        .where(Attachment.kind == "jpeg" if picture else sa.true())
        .group_by(Attachment.thing_id)
    )
    return {one: position for one, position in session.execute(query)}

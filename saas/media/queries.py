"""Every read of the media ledger."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from saas.kernel.context import Actor
from saas.kernel.db import rows, session
from saas.kernel.errors import NotFound
from saas.kernel.folding import has_words
from saas.kernel.naming import Named
from saas.media import permissions, rules
from saas.media.models import Coverage, Outlet
from saas.territory import queries as territory
from saas.territory.queries import Unit

Condition = sa.ColumnElement[bool]
#: The first day of the month of an item.
_MONTH = sa.cast(sa.func.date_trunc("month", Coverage.published_on), sa.Date)


def outlets() -> dict[int, Outlet]:
    """Every outlet by its id, in order; retired ones too."""
    found = session.scalars(sa.select(Outlet).order_by(Outlet.position, Outlet.id))
    return {one.id: one for one in found}


def hosts() -> dict[str, str]:
    """Host → code of the outlet whose it is."""
    return {one.host: one.code for one in outlets().values() if one.host}


def within(actor: Actor) -> sa.Select[tuple[Coverage]]:
    """Everything in the actor's reach."""
    here = sa.select(Unit.id).where(territory.within(actor.reach(permissions.KEEP)))
    return sa.select(Coverage).where(Coverage.unit_id.in_(here))


def access_coverage(number: int, *, actor: Actor, lock: bool = False) -> Coverage:
    """One for who keeps the ledger there, else `NotFound`."""
    query = sa.select(Coverage).where(Coverage.id == number)
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None or not permissions.keeps(actor, unit_of(found).path):
        raise NotFound
    return found


def public_coverage(number: int) -> Coverage | None:
    """One that counts, for everybody."""
    return session.scalar(sa.select(Coverage).where(Coverage.id == number, Coverage.counted))


def unit_of(coverage: Coverage) -> Unit:
    """The place that it is about."""
    return session.get_one(Unit, coverage.unit_id)


def same_address(outlet_id: int, url: str) -> Coverage | None:
    """The item of this address that is there already."""
    query = sa.select(Coverage).where(Coverage.outlet_id == outlet_id, Coverage.url == url)
    return session.scalar(query) if url else None


def by_ids(ids: Collection[int]) -> dict[int, Coverage]:
    """Items by their ids."""
    query = sa.select(Coverage).where(Coverage.id.in_(ids))
    return {one.id: one for one in session.scalars(query)} if ids else {}


def originals(*, but: int | None = None) -> Sequence[Coverage]:
    """What can have been repeated, the newest first."""
    query = sa.select(Coverage).where(Coverage.reprint_of_id.is_(None), Coverage.id != (but or 0))
    return session.scalars(query.order_by(Coverage.published_on.desc()).limit(200)).all()


def in_tier(tier: str) -> Condition:
    """A condition: the outlet is of a tier."""
    return Coverage.outlet_id.in_(sa.select(Outlet.id).where(Outlet.tier == tier))


def in_month(first: date) -> Condition:
    """A condition: published in the month that begins so."""
    return sa.func.coalesce(_MONTH).in_([first])


def is_kind(kind: str) -> Condition:
    """A condition: original or reprint."""
    original = Coverage.reprint_of_id.is_(None)
    return original if kind == "original" else ~original


def called(words: str) -> Condition:
    """A condition: the title or the address has these words."""
    return has_words(words, Coverage.title, Coverage.url)


def public(*where: Condition, limit: int = 500) -> Sequence[Coverage]:
    """What counts, the newest first."""
    query = sa.select(Coverage).where(Coverage.counted, *where)
    order = (Coverage.published_on.desc(), Coverage.id.desc())
    return session.scalars(query.order_by(*order).limit(limit)).all()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items, and how many of them are reprints, by month and by tier."""

    months: Mapping[date, tuple[int, int]]
    tiers: Mapping[str, tuple[int, int]]


def tally() -> Tally:
    """What counts, in one pass."""
    counted = sa.func.count(), sa.func.count().filter(Coverage.reprint_of_id.is_not(None))
    query = sa.select(_MONTH, Outlet.tier, *counted).join(Outlet, Outlet.id == Coverage.outlet_id)
    months: dict[date, tuple[int, int]] = {}
    tiers = dict.fromkeys(rules.TIERS, (0, 0))
    for month, tier, all_, again in rows(query.where(Coverage.counted).group_by(sa.text("1, 2"))):
        before = months.get(month, (0, 0))
        months[month] = before[0] + all_, before[1] + again
        tiers[tier] = tiers[tier][0] + all_, tiers[tier][1] + again
    return Tally(dict(sorted(months.items())), tiers)


def count(*where: Condition) -> int:
    """How many items there are of a kind."""
    return session.scalar(sa.select(sa.func.count()).select_from(Coverage).where(*where)) or 0


def months() -> list[date]:
    """Every month of which there is something, the latest first."""
    return [row[0] for row in rows(sa.select(_MONTH).distinct().order_by(_MONTH.desc()))]


def names(ids: Collection[int]) -> Mapping[int, Named]:
    """Items by their ids."""
    return {key: ({"zh": one.title}, {"number": str(key)}) for key, one in by_ids(ids).items()}

"""Reading a district's own editions, the draft of the next one, and what was put on show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.themes.models import CultureChoice, CultureDraft, CultureEdition
from saas.themes.queries import packs
from saas.themes.rules.compare import Change, changes
from saas.themes.schemas import Fault, Pack, content
from saas.themes.schemas.pack import DRAFT

#: How an edition is written in ``based_on``.
OWN = "#{}"


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition in a list, without what is in it."""

    number: int
    based_on: str
    note: str
    mark: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """What was put on show, when and by whom: an edition by number, or a shipped pack by code."""

    number: int | None
    shipped: str | None
    chosen_by: str
    chosen_at: datetime


def editions() -> list[EditionLine]:
    """Every edition of the district, the newest first."""
    query = sa.select(
        CultureEdition.number,
        CultureEdition.based_on,
        CultureEdition.note,
        CultureEdition.mark,
        CultureEdition.made_by,
        CultureEdition.made_at,
    ).order_by(CultureEdition.number.desc())
    return [EditionLine(*row) for row in session.execute(query)]


def access_edition(number: int) -> CultureEdition:
    """An edition of this district by its number, else `NotFound`."""
    found = session.scalar(sa.select(CultureEdition).where(CultureEdition.number == number))
    if found is None:
        raise NotFound
    return found


def read_edition(row: CultureEdition) -> Pack:
    """An edition as the pack that is shown.

    Rules may have become stricter since it was made: what was applied goes on being shown.
    """
    return replace(packs.sketched(row.content, row.drawings), edition=row.number)


def edition_of(choice: CultureChoice) -> CultureEdition | None:
    """The edition that was put on show; None for a pack that ships."""
    return session.get(CultureEdition, choice.edition_id) if choice.edition_id else None


def last_choice() -> CultureChoice | None:
    """What was put on show last."""
    return session.scalar(sa.select(CultureChoice).order_by(CultureChoice.id.desc()).limit(1))


def choices(limit: int = 20) -> Sequence[ChoiceLine]:
    """What was put on show, the newest first."""
    query = (
        sa.select(
            CultureEdition.number,
            CultureChoice.shipped,
            CultureChoice.chosen_by,
            CultureChoice.chosen_at,
        )
        .join_from(
            CultureChoice, CultureEdition, CultureChoice.edition_id == CultureEdition.id,
            isouter=True,
        )
        .order_by(CultureChoice.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [ChoiceLine(*row) for row in session.execute(query)]


def draft(*, lock: bool = False) -> CultureDraft | None:
    """The draft of the district's next edition; ``lock`` holds it to the end."""
    query = sa.select(CultureDraft)
    return session.scalar(query.with_for_update() if lock else query)


def access_draft() -> CultureDraft:
    """The draft, else `NotFound`."""
    found = draft()
    if found is None:
        raise NotFound
    return found


def source(based_on: str) -> Pack:
    """The pack that ``daan@1.0.0`` or ``#3`` names; a shipped one as it ships now.

    Raises `NotFound` where there is none.
    """
    if based_on.startswith(OWN[0]) and based_on[1:].isdigit() and len(based_on) < 10:
        return read_edition(access_edition(int(based_on[1:])))
    code = based_on.partition("@")[0]
    if code not in packs.shipped_codes():
        raise NotFound
    return packs.pack(code)


def drafted() -> Pack:
    """The draft as a pack to look at; see `packs.sketched`."""
    found = access_draft()
    return replace(packs.sketched(found.content, found.drawings), edition=DRAFT)


def draft_faults() -> list[Fault]:
    """Everything that keeps the draft from becoming an edition."""
    found = access_draft()
    try:
        packs.read_pack(found.content, found.drawings)
    except packs.BadPack as bad:
        return bad.faults
    return []


def difference(before: Pack, after: Pack) -> list[Change]:
    """What is different between two packs."""
    return changes(content(before), content(after), before.drawings, after.drawings)

"""The measures that there are, and what was claimed of them."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from saas.figures.facts import Measure
from saas.figures.models import Claim
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.runtime import wired


def measures() -> dict[str, Measure]:
    """Every measure that a domain declares, by code, in floor order."""
    declared = (one for domain in wired().domains for one in domain.measures)
    return {one.code: one for one in declared if isinstance(one, Measure)}


def public_measures() -> list[Measure]:
    """Those that stand on the public page."""
    return [one for one in measures().values() if one.public]


def claims() -> Sequence[Claim]:
    """Every claim, those in use first, then the newest."""
    order = (Claim.retired_at.is_not(None), Claim.stated_on.desc(), Claim.id)
    return session.scalars(sa.select(Claim).order_by(*order)).all()


def claims_in_use() -> dict[str, Claim]:
    """Measure code to its claim."""
    query = sa.select(Claim).where(Claim.retired_at.is_(None))
    return {claim.measure: claim for claim in session.scalars(query)}


def claim(claim_id: int) -> Claim:
    """A claim, or `NotFound`."""
    found = session.get(Claim, claim_id)
    if found is None:
        raise NotFound
    return found

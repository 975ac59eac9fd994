"""What campaigns do about the fund's facts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from saas.campaigns.models import Lot
from saas.funds.events import given_back
from saas.kernel import audit
from saas.kernel.context import SYSTEM
from saas.kernel.db import session


@given_back.connect
def _unpaid(gift_id: int, **_more: Any) -> None:
    """A lot whose price went back is to be paid again, unless who won has it already, or is being
    handed it in this moment.
    """
    query = sa.select(Lot).where(Lot.gift_id == gift_id, Lot.handed_at.is_(None))
    lot = session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if lot is not None:
        lot.gift_id = lot.price = None
        session.flush()
        audit.record("campaigns.unpay", "lot", lot.id, actor=SYSTEM)

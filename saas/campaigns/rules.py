"""What may be done with a campaign, a lot and a pledge: decided from values alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from saas.casework import Cell

STATES: Final = ("draft", "checked", "published", "ended", "accounted", "cancelled")
#: Everybody can read of it.
SHOWN: Final = ("published", "ended", "accounted")
#: A share by contract is no gift; a shop gives monthly, a citizen once.
PLEDGES: Final = ("contract", "shop", "citizen")
#: What the desk does with a lot, and where it stands then.
LOT_TABLE: Final = {("void", "open"), ("void", "sold"), ("pay", "sold"), ("hand", "paid")}

TABLE: Final[Mapping[tuple[str, str], Cell]] = {
    ("draft", "check"): Cell("checked", by="office", unless=("own",)),
    ("checked", "publish"): Cell("published", by="office", unless=("over",)),
    ("published", "end"): Cell("ended", by="office", unless=("bidding",)),
    ("ended", "account"): Cell("accounted", by="office", asks=("reason",), unless=("moving",)),
    ("accounted", "account"): Cell("accounted", by="office", asks=("reason",), unless=("moving",)),
    **{(state, "cancel"): Cell("cancelled", by="office", asks=("reason",))
       for state in ("draft", "checked")},
}  # fmt: skip


def standing(bids: Iterable[Any]) -> Any | None:
    """The highest bid that stands: what was made void, and the rows that say so, are left out."""
    rows = list(bids)
    void = {one.voids for one in rows}
    return next((o for o in reversed(rows) if not o.voids and o.number not in void), None)


def least_bid(lot: Any, bids: Iterable[Any]) -> Decimal:
    """What the next bid must be at least."""
    top = standing(bids)
    return Decimal(top.after + lot.step if top else lot.start)


def closes_after(lot: Any, at: datetime) -> datetime | None:
    """When a lot closes after a valid bid in its last minutes; None where that changes nothing,
    since it came earlier or was extended as often as may be.
    """
    window = timedelta(minutes=lot.minutes)
    late = lot.closes_at - at <= window and lot.extended < lot.most
    return lot.closes_at + window if late else None


def lot_state(lot: Any, top: Any | None, now: datetime) -> str:
    """Where a lot stands."""
    if now < lot.opens_at:
        return "listed"
    if now < lot.closes_at:
        return "open"
    if top is None:
        return "unsold"
    return "handed" if lot.handed_at else "paid" if lot.gift_id else "sold"


def months_begun(since: date, until: date | None, today: date) -> int:
    """How many months of a pledge have begun."""
    last = min(today, until) if until else today
    return max(
        (last.year - since.year) * 12 + last.month - since.month + (last.day >= since.day), 0
    )


def promised(pledge: Any, turnovers: Iterable[Decimal], today: date) -> Decimal:
    """What is due of a pledge until today: a share of what was declared, to the fen; so much for
    each month; or all of it once.
    """
    last = pledge.ended_on or pledge.until
    if pledge.kind == "contract":
        shares = (Decimal(one) * pledge.percent / 100 for one in turnovers)
        return sum((s.quantize(Decimal("0.01"), ROUND_HALF_UP) for s in shares), Decimal())
    months = months_begun(pledge.since, last, today)
    return Decimal(pledge.amount * (min(months, 1) if pledge.kind == "citizen" else months))


def is_good(card: Any, today: date) -> bool:
    """Whether a card of a fundraiser is good."""
    return card.stopped_on is None and card.since <= today <= card.until

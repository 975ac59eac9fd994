"""What may be done with gifts and payouts: decided from values alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from dateutil.relativedelta import relativedelta

from saas.casework import Cell, everywhere

NOTHING: Final = Decimal()
BOOKS: Final = ("charity", "public")
#: Money of every purpose that nobody narrowed down.
FREE: Final = "free"
WAYS: Final = ("point", "box", "event", "bank")
SHOWN: Final = ("name", "initial", "anonymous")
#: Where a gift stands, and what it can have been before.
GIFT_STATES: Final = ("held", "banked", "confirmed", "reversed")
BEFORE: Final[
    Mapping[str, tuple[str | None, ...]]] = {"held": (None,), "banked": (None, "held"),
    "confirmed": ("banked",), "reversed": ("held", "banked", "confirmed"),
}  # fmt: skip
PAYOUT_STATES: Final = ("asked", "resolved", "checked", "sent", "posted", "returned")
SEATS: Final = ("chair", "member", "supervisor")
#: What the fund is made of; a space can be a room, a platform a way.
ORGANS: Final = ("committee", "space", "platform")
#: A meeting that is ``held`` has begun: nothing comes on the agenda or off it, and members vote.
MEETING_STATES: Final = ("planned", "held", "closed", "called_off")
VOTES: Final = ("yes", "no", "abstain", "recused")
TERMS: Final = (
    "members_least", "cash_days", "disclose_months", "tell_days", "openings_year", "unpaid",
    "bid_minutes", "bid_extensions", "pay_hours", "pledge_share", "match_days",
)  # fmt: skip
#: Notes and coins, in fen.
COINS: Final = (10000, 5000, 2000, 1000, 500, 100, 50, 10)
BASES: Final = ("gift", "agreement", "subsidy")

TABLE: Final[Mapping[tuple[str, str], Cell]] = {
    ("asked", "resolve"): Cell("resolved", by="chair",
                                 unless=("no_meeting", "no_quorum", "not_carried")),
    ("resolved", "check"): Cell("checked", by="supervisor", unless=("own",)),
    ("checked", "send"): Cell("sent", by="office", unless=("own", "checked_by_you")),
    ("sent", "post"): Cell("posted", by="office", unless=("not_covered",)),
    **{(state, "return"): Cell("returned", by="any", asks=("reason",))
       for state in ("asked", "resolved", "checked", "sent")},
    **everywhere("tell", ("posted",), by="office", asks=("reason",), unless=("given_back",)),
}  # fmt: skip
MEETING: Final[Mapping[tuple[str, str], Cell]] = {
    ("planned", "begin"): Cell("held", by="chair", unless=("empty", "other_day")),
    ("planned", "call_off"): Cell("called_off", by="chair", asks=("reason",)),
    ("held", "close"): Cell("closed", by="chair", unless=("unwritten", "still_voting")),
}  # fmt: skip


def frozen_name(shown_as: str, name: str) -> str:
    """What is shown of who gave, for ever: the name, its first sign, or nothing."""
    name = name.strip()
    return {"name": name, "initial": name[:1]}.get(shown_as, "")


def quorate(members: int, least: int) -> bool:
    """Whether a committee is one: odd, and not fewer than the rule says."""
    return members >= least and members % 2 == 1


def carried(votes: Collection[str], members: int) -> str:
    """Whether a motion is carried: "" when it is, else what stands in the way.

    Whoever is recused counts neither as here nor in the vote; more than half of all members must be
    here, and more than half of those here say yes.
    """
    here = sum(vote != "recused" for vote in votes)
    if 2 * here <= members:
        return "no_quorum"
    return "" if 2 * sum(vote == "yes" for vote in votes) > here else "not_carried"


@dataclass(frozen=True, slots=True)
class Ask:
    """What an item takes: of its purpose ``most`` at most (None: all that is there), then of free
    money.
    """

    purpose: str
    amount: Decimal
    most: Decimal | None = None


def run_down(left: Mapping[str, Decimal], asks: Iterable[Ask]) -> list[tuple[Decimal, Decimal]]:
    """What there is for each, one after the other: (before it, after it). Below nothing is said."""
    pots, found = {FREE: NOTHING, **left}, list[tuple[Decimal, Decimal]]()
    for one in asks:
        own = pots.get(one.purpose, NOTHING) if one.most is None else one.most
        own = NOTHING if one.purpose == FREE else max(own, NOTHING)
        taken, there = min(own, one.amount), own + pots[FREE]
        pots[one.purpose] = pots.get(one.purpose, NOTHING) - taken
        pots[FREE] -= one.amount - taken
        found.append((there, there - one.amount))
    return found


def counted_total(counts: Mapping[int, int]) -> Decimal:
    """The sum of notes and coins: fen of each → how many."""
    return Decimal(sum(coin * number for coin, number in counts.items())) / 100


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last one of that month."""
    after: date = day + relativedelta(months=months)
    return after


def quarter_of(day: date, months: int) -> tuple[date, date]:
    """The first day of the span of ``months`` in which ``day`` lies, and the first of the next."""
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return first, months_after(first, months)


@dataclass(frozen=True, slots=True)
class Money:
    """Where the yuan are, worked out of entries alone: (from, to) → how much, by account."""

    flows: Mapping[tuple[str, str], Decimal]

    def _net(self, wanted: Callable[[str], bool], sign: int) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        for pair, amount in self.flows.items():
            for code, way in zip(pair, (-sign, sign), strict=True):
                if wanted(code):
                    found[code] = found.get(code, NOTHING) + way * amount
        return {code: amount for code, amount in found.items() if amount}

    @property
    def ways(self) -> dict[str, Decimal]:
        """What came in, by way, without what was given back."""
        found = self._net(lambda code: code.startswith("world:"), -1)
        return {code[6:]: amount for code, amount in found.items()}

    @property
    def lies(self) -> dict[str, Decimal]:
        """What accounts hold that are neither outside nor paid out."""
        return self._net(lambda code: not code.startswith(("world:", "paid:")), 1)

    @property
    def paid(self) -> dict[str, Decimal]:
        """What left the fund, by what it was for."""
        found = self._net(lambda code: code.startswith("paid:"), 1)
        return {code[5:]: amount for code, amount in found.items()}

    @property
    def raised(self) -> Decimal:
        """All that came in and was not given back."""
        return sum(self.ways.values(), NOTHING)

    @property
    def used(self) -> Decimal:
        """All that left the fund for its purposes."""
        return sum(self.paid.values(), NOTHING)

    @property
    def left(self) -> Decimal:
        """All that is still somewhere: with keepers, on its way, in the fund."""
        return sum(self.lies.values(), NOTHING)

    @property
    def check(self) -> Decimal:
        """What must be nothing."""
        return self.raised - self.used - self.left

    @property
    def funds(self) -> dict[str, Decimal]:
        """What lies in the fund, by purpose."""
        return {code[5:]: amount for code, amount in self.lies.items() if code.startswith("fund:")}

    def left_for(self, purpose: str) -> Decimal:
        """What lies in the fund for a purpose."""
        return self.funds.get(purpose, NOTHING)

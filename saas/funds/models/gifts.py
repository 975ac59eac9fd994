"""The ledger, gifts and who gave them, cash on its way."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas import ledger
from saas.funds import rules
from saas.kernel.crypto import Sealed
from saas.kernel.db import APPEND_ONLY, TenantModel
from saas.ledger.models import AMOUNT
from saas.packages.terms import TermColumns

PERSON, WHEN = "people.id", sa.DateTime(timezone=True)
_PAIRS: Final = " OR ".join(
    f"state = '{state}' AND " + (f"before = '{one}'" if one else "before IS NULL")
    for state, befores in rules.BEFORE.items()
    for one in befores
)


class Purpose(TenantModel):
    """What gifts are for; what is ``free`` may be used for any of them."""

    __tablename__ = "fund_purposes"
    __table_args__ = (sa.UniqueConstraint("id", "free", name="uq_fund_purposes_free"),)

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    position: Mapped[int]
    free: Mapped[bool] = mapped_column(
        sa.Boolean, sa.Computed(f"code = '{rules.FREE}'", persisted=True)
    )


class Term(TermColumns, TenantModel):
    """What the model says of funds: a number, a sentence, and the rule it comes from."""

    __tablename__ = "fund_terms"


class Basis(TenantModel):
    """On which law gifts can be asked for, and the proofs that it takes, by code and name."""

    __tablename__ = "fund_bases"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    words: Mapped[dict[str, str]]
    proofs: Mapped[list[dict[str, Any]]]
    source: Mapped[dict[str, str]]
    dated: Mapped[str] = mapped_column(sa.String(10))
    position: Mapped[int]


class Organ(TenantModel):
    """A committee, a space or a platform of the fund; ``room`` is the code of the room that it is.
    ``ours``: the model found no name for it, and gave it one.
    """

    __tablename__ = "fund_organs"
    __table_args__ = (sa.CheckConstraint(sa.column("kind").in_(rules.ORGANS), name="kind"),)

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    name: Mapped[dict[str, str]]
    room: Mapped[str | None] = mapped_column(sa.String(40))
    ours: Mapped[bool]
    position: Mapped[int]


class Account(ledger.AccountColumns, TenantModel):
    """``world:<way>``, ``cash:<person>``, ``transit`` (not confirmed), ``fund:<purpose>`` and
    ``paid:<purpose>`` of gifts; ``source:``, ``line:``, ``held:`` and ``spent`` of public money.
    """

    __tablename__ = "fund_accounts"
    __table_args__ = ledger.account_args("fund_accounts")

    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey(PERSON))


class Entry(ledger.EntryColumns, TenantModel):
    """Of gifts and of public money, in two books."""

    __tablename__ = "fund_entries"
    __table_args__ = (
        *ledger.entry_args("fund_entries", "fund_accounts"),
        sa.CheckConstraint(sa.column("book").in_(rules.BOOKS), name="book"),
        APPEND_ONLY,
    )


class Note(TenantModel):
    """An explanation that stands beside an entry for every reader."""

    __tablename__ = "fund_notes"
    __table_args__ = (APPEND_ONLY,)

    key: Mapped[str] = mapped_column(sa.String(80), index=True)
    words: Mapped[str] = mapped_column(sa.String(300))
    at: Mapped[datetime] = mapped_column(WHEN)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(PERSON))


class Gift(TenantModel):
    """A gift as it was received; nothing of it ever changes. ``shown`` is what everybody may see of
    who gave. ``campaign``, ``point`` and ``fundraiser`` are codes of what it came by.
    """

    __tablename__ = "fund_gifts"
    __table_args__ = (
        *ledger.numbered("fund_gifts"),
        sa.UniqueConstraint("id", "amount", name="uq_fund_gifts_amount"),
        sa.UniqueConstraint("id", "purpose_id", name="uq_fund_gifts_purpose"),
        sa.CheckConstraint("amount > 0", name="amount"),
        sa.CheckConstraint(sa.column("way").in_(rules.WAYS), name="way"),
        sa.CheckConstraint(sa.column("shown_as").in_(rules.SHOWN), name="shown_as"),
        sa.CheckConstraint("(shown_as = 'anonymous') = (shown = '')", name="shown"),
        sa.CheckConstraint("shown_as <> 'initial' OR length(shown) = 1", name="initial"),
        APPEND_ONLY,
    )

    number: Mapped[int]
    before_number: Mapped[int | None]
    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    submission: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"))
    amount: Mapped[Any] = mapped_column(AMOUNT)
    purpose_id: Mapped[int] = mapped_column(sa.ForeignKey(Purpose.id), index=True)
    way: Mapped[str] = mapped_column(sa.String(10))
    shown_as: Mapped[str] = mapped_column(sa.String(10))
    shown: Mapped[str] = mapped_column(sa.String(60))
    campaign: Mapped[str | None] = mapped_column(sa.String(40), index=True)
    point: Mapped[str | None] = mapped_column(sa.String(40))
    fundraiser: Mapped[str | None] = mapped_column(sa.String(40))
    keeper_id: Mapped[int | None] = mapped_column(sa.ForeignKey(PERSON))
    received_on: Mapped[date] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(WHEN)
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class Donor(TenantModel):
    """Who gave, for the host and the law alone: sealed, and joined to nothing but the one gift."""

    __tablename__ = "fund_donors"

    gift_id: Mapped[int] = mapped_column(sa.ForeignKey(Gift.id), unique=True)
    name: Mapped[str | None] = mapped_column(Sealed)
    phone: Mapped[str | None] = mapped_column(Sealed)


class Act(TenantModel):
    """A gift came to a state: held by a keeper, banked, confirmed by the host, or reversed. Each
    follows the state before it, and one alone can follow. What was confirmed is reversed by a
    payout that gives it back and has its resolution; or it was ``earlier``.
    """

    __tablename__ = "fund_gift_acts"
    __table_args__ = (
        sa.UniqueConstraint("gift_id", "state", name="uq_fund_gift_acts_state"),
        sa.UniqueConstraint(
            "gift_id", "before", name="uq_fund_gift_acts_before", postgresql_nulls_not_distinct=True
        ),
        sa.ForeignKeyConstraint(
            ["gift_id", "before"], ["fund_gift_acts.gift_id", "fund_gift_acts.state"],
            name="fk_fund_gift_acts_before",
        ),
        sa.CheckConstraint(_PAIRS, name="order"),
        sa.CheckConstraint("(state = 'reversed') = (reason IS NOT NULL)", name="why"),
        sa.CheckConstraint(
            "state <> 'reversed' OR before <> 'confirmed'"
            " OR num_nonnulls(payout_id, earlier_id) = 1", name="by_resolution",
        ),
        sa.CheckConstraint("earlier_id = gift_id", name="earlier"),
        ledger.foreign("fund_gift_acts", "payout", ("payout_id", "gift_id"), "fund_payouts",
                       ("id", "gift_id")),
        ledger.foreign("fund_gift_acts", "resolution", ("payout_id",), "fund_resolutions",
                       ("payout_id",)),
        APPEND_ONLY,
    )  # fmt: skip

    gift_id: Mapped[int] = mapped_column(sa.ForeignKey(Gift.id))
    state: Mapped[str] = mapped_column(sa.String(10))
    before: Mapped[str | None] = mapped_column(sa.String(10))
    slip: Mapped[str | None] = mapped_column(sa.String(40), index=True)
    reason: Mapped[str | None] = mapped_column(sa.String(300))
    at: Mapped[datetime] = mapped_column(WHEN)
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey(PERSON))
    payout_id: Mapped[int | None]
    earlier_id: Mapped[int | None] = mapped_column(sa.ForeignKey("fund_earlier.gift_id"))


class Box(TenantModel):
    """A numbered box at a place; what is in it is known when two people open it."""

    __tablename__ = "fund_boxes"

    code: Mapped[str] = mapped_column(sa.String(20), unique=True)
    place: Mapped[str] = mapped_column(sa.String(60))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"))
    purpose_id: Mapped[int] = mapped_column(sa.ForeignKey(Purpose.id))


_COUNTED: Final = " + ".join(f"n_{coin} * {coin}" for coin in rules.COINS)


class Opening(TenantModel):
    """A box was opened by two people; what lay in it, note by note, is one gift."""

    __tablename__ = "fund_openings"
    __table_args__ = (
        sa.CheckConstraint("first_id <> second_id", name="two_people"),
        sa.CheckConstraint(f"amount * 100 = {_COUNTED}", name="counted"),
        sa.CheckConstraint(" AND ".join(f"n_{coin} >= 0" for coin in rules.COINS), name="coins"),
        sa.ForeignKeyConstraint(
            ["gift_id", "amount"], ["fund_gifts.id", "fund_gifts.amount"],
            name="fk_fund_openings_gift",
        ),
        APPEND_ONLY,
    )  # fmt: skip

    box_id: Mapped[int] = mapped_column(sa.ForeignKey(Box.id), index=True)
    gift_id: Mapped[int] = mapped_column(unique=True)
    first_id: Mapped[int] = mapped_column(sa.ForeignKey(PERSON))
    second_id: Mapped[int] = mapped_column(sa.ForeignKey(PERSON))
    amount: Mapped[Any] = mapped_column(AMOUNT)
    at: Mapped[datetime] = mapped_column(WHEN)
    n_10000: Mapped[int]
    n_5000: Mapped[int]
    n_2000: Mapped[int]
    n_1000: Mapped[int]
    n_500: Mapped[int]
    n_100: Mapped[int]
    n_50: Mapped[int]
    n_10: Mapped[int]


class Handover(TenantModel):
    """Cash that one gives to another, and that is the other's when he has accepted it."""

    __tablename__ = "fund_handovers"
    __table_args__ = (
        sa.CheckConstraint("amount > 0 AND from_id <> to_id", name="between_two"),
        sa.Index(
            "uq_fund_handovers_open", "from_id", unique=True,
            postgresql_where=sa.text("accepted_at IS NULL AND declined_at IS NULL"),
        ),
    )  # fmt: skip

    from_id: Mapped[int] = mapped_column(sa.ForeignKey(PERSON))
    to_id: Mapped[int] = mapped_column(sa.ForeignKey(PERSON), index=True)
    amount: Mapped[Any] = mapped_column(AMOUNT)
    at: Mapped[datetime] = mapped_column(WHEN)
    accepted_at: Mapped[datetime | None] = mapped_column(WHEN)
    declined_at: Mapped[datetime | None] = mapped_column(WHEN)

"""Tables of points: the ledger, what was earned for which mark, badges, rewards and their stock."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas import ledger
from saas.kernel.db import APPEND_ONLY, TenantModel
from saas.ledger import foreign
from saas.points import rules

#: Constraints by which nothing is earned twice, and nobody hands something out to themselves.
TWICE: Final = ("uq_points_grants_mark_id", "uq_points_grants_service_id")
OWN: Final = "ck_points_handed_by_another"
_PERSON, _WHEN = "people.id", sa.DateTime(timezone=True)


class Term(TenantModel):
    """A rule of the points, with its number and the rule that it comes from."""

    __tablename__ = "points_terms"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    number: Mapped[int]
    source: Mapped[dict[str, str]]
    dated: Mapped[str] = mapped_column(sa.String(10))
    position: Mapped[int]


class Badge(TenantModel):
    """A badge for having come, or helped, so many ``times``: who has it, the grants say."""

    __tablename__ = "points_badges"
    __table_args__ = (
        sa.CheckConstraint(sa.column("what").in_(rules.WHATS), name="what"),
        sa.CheckConstraint("times >= 1", name="times"),
    )

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    what: Mapped[str] = mapped_column(sa.String(10))
    times: Mapped[int]
    position: Mapped[int]


class Account(ledger.AccountColumns, TenantModel):
    """``person:`` of somebody who agreed (``joined_at``), ``earned:`` where theirs come from,
    ``spent`` and ``expired``; and in another book the pieces of a reward: ``stock:``, where they
    come from (``bought:``) and ``out``. By ``slip`` a desk or a neighbour finds who has points.
    """

    __tablename__ = "points_accounts"
    __table_args__ = (
        *ledger.account_args("points_accounts"),
        sa.UniqueConstraint("id", "person_id", name="uq_points_accounts_whose"),
    )

    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON), unique=True)
    slip: Mapped[str | None] = mapped_column(sa.String(26), unique=True)
    joined_at: Mapped[datetime | None] = mapped_column(_WHEN)
    left_at: Mapped[datetime | None] = mapped_column(_WHEN)


class Entry(ledger.EntryColumns, TenantModel):
    """Points come or go, or pieces. ``on`` is the day of the lot: when points were earned, whoever
    has them now.
    """

    __tablename__ = "points_entries"
    __table_args__ = (
        *ledger.entry_args("points_entries", "points_accounts"),
        sa.CheckConstraint("book IN ('points', 'stock')", name="book"),
        sa.CheckConstraint("amount = trunc(amount)", name="whole"),
        APPEND_ONLY,
    )


class Grant(TenantModel):
    """What was earned for one mark of attendance, or for hours that another verified; once each.
    0 where a day's most was reached: it counts for badges all the same. ``by_id`` is who wrote the
    cause down, or made the program that did, and never who earns; None for a code scanned at the
    door.
    """

    __tablename__ = "points_grants"
    __table_args__ = (
        sa.CheckConstraint("num_nonnulls(mark_id, service_id) = 1", name="one_cause"),
        sa.CheckConstraint("points >= 0", name="points"),
        sa.UniqueConstraint("mark_id", name=TWICE[0]),
        sa.UniqueConstraint("service_id", name=TWICE[1]),
        sa.CheckConstraint("by_id <> person_id", name="by_another"),
        sa.CheckConstraint("service_id IS NULL OR by_id IS NOT NULL", name="verified"),
        foreign("points_grants", "whose", ("account_id", "person_id"), "points_accounts",
                ("id", "person_id")),
        APPEND_ONLY,
    )  # fmt: skip

    account_id: Mapped[int] = mapped_column(sa.ForeignKey(Account.id), index=True)
    mark_id: Mapped[int | None] = mapped_column(sa.BigInteger, sa.ForeignKey("attendances.id"))
    service_id: Mapped[int | None] = mapped_column(sa.BigInteger, sa.ForeignKey("services.id"))
    points: Mapped[int]
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(_WHEN)
    person_id: Mapped[int]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))

    @property
    def key(self) -> str:
        """How the ledger calls it."""
        return f"grant:{self.id}"


class Reward(TenantModel):
    """Something that is handed out for points: by the desk, or by a merchant for a slip."""

    __tablename__ = "points_rewards"
    __table_args__ = (sa.CheckConstraint("price BETWEEN 1 AND 100000", name="price"),)

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    name: Mapped[dict[str, str]]
    price: Mapped[int]
    merchant_id: Mapped[int | None] = mapped_column(sa.ForeignKey("merchants.id"), index=True)
    retired_at: Mapped[datetime | None] = mapped_column(_WHEN)
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class Handed(TenantModel):
    """A reward was handed out, by another than who gets it; ``code`` stands on the slip. The ledger
    says where it was taken back.
    """

    __tablename__ = "points_handed"
    __table_args__ = (
        sa.CheckConstraint("by_id <> person_id", name=OWN.removeprefix("ck_points_handed_")),
        APPEND_ONLY,
    )

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    submission: Mapped[str | None] = mapped_column(sa.String(40), unique=True)
    reward_id: Mapped[int] = mapped_column(sa.ForeignKey(Reward.id), index=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey(Account.id), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(_PERSON))
    price: Mapped[int]
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(_WHEN)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))


class Settlement(TenantModel):
    """What a merchant handed out in a month, signed by two; from then on it stays as it is."""

    __tablename__ = "points_settlements"
    __table_args__ = (
        sa.UniqueConstraint("merchant_id", "month"),
        sa.CheckConstraint("first_by <> second_by", name="two_people"),
        sa.CheckConstraint("extract(day FROM month) = 1", name="month"),
    )

    merchant_id: Mapped[int] = mapped_column(sa.ForeignKey("merchants.id"))
    month: Mapped[date]
    number: Mapped[int]
    points: Mapped[int]
    first_by: Mapped[int] = mapped_column(sa.ForeignKey(_PERSON))
    first_at: Mapped[datetime] = mapped_column(_WHEN)
    second_by: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
    second_at: Mapped[datetime | None] = mapped_column(_WHEN)

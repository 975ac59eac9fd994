"""The register, and the acts on what stands in it."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.casework import ActColumns, CaseColumns
from saas.kernel.db import APPEND_ONLY, TenantModel
from saas.organisations import rules
from saas.organisations.models.linkage import Branch
from saas.organisations.models.menu import Stage, Type

_PERSON, _UNIT = "people.id", "units.id"


class Organisation(CaseColumns, TenantModel):
    """One organisation. ``home_unit_id`` is where it belongs; ``carrier_id`` who signs contracts
    for a group without legal personality; ``batch`` marks one that was brought in from outside.

    ``asked`` is what one person wants done and a second has to decide, ``asked_by_id`` who.
    ``calls`` counts how often it was asked whether it is alive since the last sign of life.
    """

    __tablename__ = "organisations"
    __table_args__ = (
        sa.CheckConstraint(sa.column("state").in_(rules.STATES), name="state"),
        sa.CheckConstraint("(asked IS NULL) = (asked_by_id IS NULL)", name="asked"),
        sa.Index(
            "ix_organisations_next", "next_at", postgresql_where=sa.text("next_at IS NOT NULL")
        ),
        sa.Index(
            "uq_organisations_uscc",
            "uscc",
            unique=True,
            postgresql_where=sa.text("state <> 'left'"),
        ),
        sa.Index(None, "type", "state"),
    )

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    submission: Mapped[str | None] = mapped_column(sa.String(40), unique=True)
    type: Mapped[str] = mapped_column(sa.ForeignKey(Type.code))
    name: Mapped[dict[str, str]]
    purpose: Mapped[str] = mapped_column(sa.Text)
    service_class: Mapped[str | None] = mapped_column(sa.String(40))
    home_unit_id: Mapped[int] = mapped_column(sa.ForeignKey(_UNIT), index=True)
    uscc: Mapped[str | None] = mapped_column(sa.String(18))
    carrier_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisations.id"))
    branch_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Branch.id))
    stage: Mapped[str | None] = mapped_column(sa.ForeignKey(Stage.code))
    graduated_on: Mapped[date | None]
    batch: Mapped[int | None]
    batch_on: Mapped[date | None]
    started_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
    asked: Mapped[str | None] = mapped_column(sa.String(20))
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
    calls: Mapped[int] = mapped_column(server_default="0")
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class Act(ActColumns, TenantModel):
    """One act. ``first_id`` is who asked for what a second person decided; ``measured`` is what
    each criterion was at that moment, ``facts`` what was given; ``exception``: decided by a level
    above although criteria were not met.
    """

    __tablename__ = "organisation_acts"
    __table_args__ = (
        sa.UniqueConstraint("organisation_id", "number"),
        sa.CheckConstraint(
            "first_id IS NULL OR first_id IS DISTINCT FROM actor_id", name="two_people"
        ),
        sa.CheckConstraint(
            sa.and_(sa.column("first_id").is_not(None))
            | sa.column("verb").not_in(rules.TWO)
            | (sa.column("actor_kind") == "clock"),
            name="second_pair_of_eyes",
        ),
        APPEND_ONLY,
    )

    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey(Organisation.id))
    stage: Mapped[str | None] = mapped_column(sa.String(40))
    type: Mapped[str] = mapped_column(sa.String(40))
    about: Mapped[str | None] = mapped_column(sa.String(20))
    measured: Mapped[list[dict[str, Any]]]
    facts: Mapped[dict[str, Any]]
    exception: Mapped[bool] = mapped_column(server_default=sa.false())
    first_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
    token_id: Mapped[int | None] = mapped_column(sa.ForeignKey("api_tokens.id"))

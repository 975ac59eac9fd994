"""Who works together: Party branches, stations of social workers, pilots, checked plans."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.casework import ActColumns, CaseColumns
from saas.kernel.crypto import Sealed
from saas.kernel.db import APPEND_ONLY, TenantModel
from saas.organisations import rules

_PERSON, _UNIT = "people.id", "units.id"


class Branch(TenantModel):
    """A Party branch; a joint one is that of several organisations."""

    __tablename__ = "party_branches"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey(_UNIT))


class Station(TenantModel):
    """A station of social workers: it checks plans before they start, and looks after them."""

    __tablename__ = "work_stations"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey(_UNIT))
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class Worker(TenantModel):
    """A social worker of a station; ``caseload`` is how many people are looked after, no more."""

    __tablename__ = "social_workers"
    __table_args__ = (
        sa.CheckConstraint("caseload BETWEEN 0 AND 1000", name="caseload"),
        sa.CheckConstraint("until >= since", name="span"),
    )

    station_id: Mapped[int] = mapped_column(sa.ForeignKey(Station.id), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
    name: Mapped[str] = mapped_column(Sealed)
    certificate: Mapped[str] = mapped_column(sa.String(20))
    caseload: Mapped[int] = mapped_column(server_default="0")
    since: Mapped[date]
    until: Mapped[date | None]


class Pilot(TenantModel):
    """That a community tries out something; of which kind is a word of the model."""

    __tablename__ = "organisation_pilots"

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey(_UNIT), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(40))


class Plan(CaseColumns, TenantModel):
    """A project plan of an organisation, which a station checks before it starts."""

    __tablename__ = "project_plans"
    __table_args__ = (sa.CheckConstraint(sa.column("state").in_(rules.PLAN_STATES), name="state"),)

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisations.id"), index=True)
    station_id: Mapped[int] = mapped_column(sa.ForeignKey(Station.id), index=True)
    title: Mapped[str] = mapped_column(sa.String(100))
    words: Mapped[str] = mapped_column(sa.Text)


class PlanAct(ActColumns, TenantModel):
    """One act on a plan."""

    __tablename__ = "project_plan_acts"
    __table_args__ = (sa.UniqueConstraint("plan_id", "number"), APPEND_ONLY)

    plan_id: Mapped[int] = mapped_column(sa.ForeignKey(Plan.id))
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
    token_id: Mapped[int | None] = mapped_column(sa.ForeignKey("api_tokens.id"))

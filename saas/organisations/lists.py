"""The register, and plans on their way, as lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask import url_for

from saas.kernel import clock
from saas.kernel.context import Actor, Label
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.listing.declared import Act, Cell, Choice, Column, Filter, Listing, Search, Values
from saas.organisations import commands, measures, permissions, queries, words
from saas.organisations.commands import Deed
from saas.organisations.models import Credential, Organisation, Plan, Stage, Type
from saas.territory import queries as territory

#: Papers that end within so many days are to be renewed.
ENDS_SOON = 60


@dataclass(frozen=True, slots=True)
class Row:
    """An organisation in a list, with the names of what it points at."""

    group: Organisation
    type: Label
    stage: Label | None
    unit: Label
    seen_on: date | None

    @property
    def standing(self) -> tuple[str, Any]:
        """The shape and the word of how it stands."""
        never = self.group.state == "active" and self.seen_on is None
        return words.NEVER if never else words.STATE[self.group.state]


def rows_of(groups: Sequence[Organisation], actor: Actor | None = None) -> list[Row]:
    """Rows of a page, in as many questions as for one."""
    kinds = {row.code: row.name for row in queries.every(Type)}
    steps = {row.code: row.name for row in queries.every(Stage)}
    units = territory.names([group.home_unit_id for group in groups])
    seen = queries.last_signs([group.id for group in groups])
    return [
        Row(group, kinds[group.type], steps.get(group.stage or ""), units[group.home_unit_id],
            seen.get(group.id))
        for group in groups
    ]  # fmt: skip


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else "–"


def _named(choices: Sequence[Any]) -> list[Choice]:
    return [Choice(row.code, say(row.name)) for row in choices]


def _types(actor: Actor, values: Values) -> list[Choice]:
    counted = queries.count_types(actor)
    return [Choice(r.code, say(r.name), counted.get(r.code, 0)) for r in queries.types()]


def _standings(actor: Actor, values: Values) -> list[Choice]:
    states = {**{k: w for k, (_, w) in words.STATE.items()}, "never": words.NEVER[1]}
    return [Choice(code, word) for code, word in states.items()]


def _in_unit(code: str) -> Any:
    unit = territory.unit_coded(code)
    return territory.beneath(unit.path) if unit else sa.false()


def _ending(_: str) -> Any:
    """A paper of it ends soon, and none that replaces it is there."""
    until = clock.today() + timedelta(days=ENDS_SOON)
    later = sa.orm.aliased(Credential)
    replaced = sa.exists(sa.select(later.id).where(later.replaces_id == Credential.id))
    ends = sa.select(Credential.organisation_id).where(Credential.valid_until <= until, ~replaced)
    return sa.and_(Organisation.id.in_(ends), queries.is_living())


def _access(key: str, actor: Actor) -> Organisation:
    return queries.access_group(key, actor=actor, lock=True)


def _ask_alive(group: Organisation, *, actor: Actor) -> None:
    commands.ask_alive(group, actor=actor)


REGISTER = Listing[Row](
    endpoint="organisations.register",
    words=_l("Organisations"),
    query=queries.within_reach,
    rows=rows_of,
    order=(Organisation.type, Organisation.id),
    search=Search(_l("Name or code"), queries.named),
    filters=(
        Filter("type", _l("Type"), lambda code: Organisation.type == code, _types),
        Filter("standing", _l("State"), queries.stands_as, _standings, kind="select",
               every=_l("every state"), otherwise=Organisation.state != "left"),
        Filter("stage", _l("Stage"), lambda code: Organisation.stage == code,
               lambda actor, values: _named(queries.stages(values.get("type"))), kind="select",
               every=_l("every stage")),
        Filter("pilot", _l("Kind of pilot"), measures.in_pilot,
               lambda actor, values: _named(queries.terms("pilot")), kind="select",
               every=_l("all communities")),
        Filter("batch", _l("Brought in"), queries.brought_in,
               lambda actor, values: [Choice("no", _l("grew here")),
                                      Choice("yes", _l("brought in"))],
               kind="select", every=_l("both")),
        Filter("ends", _l("Papers"), _ending,
               lambda actor, values: [Choice("soon", _l("papers that end within 60 days"))],
               kind="select", every=_l("all")),
        Filter("unit", _l("Unit"), _in_unit, read=lambda text: text[:40] or None, kind="hidden"),
    ),
    columns=(
        Column("name", _l("Name"), lambda row: Cell(
            say(row.group.name), url=url_for("organisations.record", code=row.group.code)),
            Organisation.name["zh"].astext),
        Column("type", _l("Type"), lambda row: say(row.type)),
        Column("stage", _l("Stage"), lambda row: _("graduated") if row.group.graduated_on
               else say(row.stage) if row.stage else "–"),
        Column("unit", _l("At home in"), lambda row: say(row.unit)),
        Column("state", _l("State"), lambda row: Cell(str(row.standing[1]), tone=row.standing[0])),
        Column("seen", _l("Last sign"), lambda row: _day(row.seen_on), narrow=True),
        Column("uscc", _l("Credit code"), lambda row: row.group.uscc or "", drawn=False),
        Column("code", _l("Code"), lambda row: row.group.code, narrow=True, drawn=False),
    ),
    acts=(
        Act("alive", _l("Ask whether alive"), permissions.EDIT, _access, _ask_alive,
            lambda group: say(group.name)),
        Act("advise", _l("Advise"), permissions.EDIT, _access,
            lambda group, *, actor, reason: commands.act(
                group, Deed(verb="advise", reason=reason), actor=actor),
            lambda group: say(group.name),
            reason=_l("What do you say to it? The street reads it.")),
    ),
    key=lambda row: row.group.code,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan in a list."""

    plan: Plan
    group: Label


def _plan_rows(plans: Sequence[Plan], actor: Actor) -> list[PlanRow]:
    found = queries.names([plan.organisation_id for plan in plans])
    return [PlanRow(plan, found[plan.organisation_id][0]) for plan in plans]  # type: ignore[arg-type]


PLANS = Listing[PlanRow](
    endpoint="organisations.plans",
    words=_l("Project plans"),
    query=queries.plans_within,
    rows=_plan_rows,
    order=(Plan.id.desc(),),
    filters=(
        Filter("state", _l("State"), lambda state: Plan.state == state,
               lambda actor, values: [Choice(c, w) for c, (_, w) in words.PLAN_STATE.items()]),
    ),
    columns=(
        Column("title", _l("Title"), lambda row: Cell(
            row.plan.title, url=url_for("organisations.plan", code=row.plan.code))),
        Column("group", _l("Organisation"), lambda row: say(row.group)),
        Column("state", _l("State"), lambda row: Cell(
            str(words.PLAN_STATE[row.plan.state][1]), tone=words.PLAN_STATE[row.plan.state][0])),
    ),
)  # fmt: skip

"""Pure decisions of the import: reading rows, finding what they mean, planning what is done."""

from __future__ import annotations

from saas.onboarding.workbook.rules.people import resolve_people
from saas.onboarding.workbook.rules.plan import Plan
from saas.onboarding.workbook.rules.rooms import resolve_rooms, resolve_times
from saas.onboarding.workbook.rules.tree import Tree
from saas.onboarding.workbook.rules.units import resolve_units
from saas.onboarding.workbook.rules.venues import check_closing, resolve_venues
from saas.onboarding.workbook.rules.world import World
from saas.sheets import Draft


def resolve(draft: Draft, world: World) -> Plan:
    """What the rows of a workbook would do to the district, and everything that is wrong in them.

    The faults of reading come along; steps of rows with a fault are not in the plan.
    """
    plan, tree, given = Plan(tidied=draft.tidied), Tree(world), world.given()
    plan.faults += draft.faults
    resolve_units(draft.rows["units"], given, tree, world, plan)
    resolve_people(draft.rows["people"], given, tree, world, plan)
    resolve_venues(draft.rows["venues"], given, tree, world, plan)
    resolve_rooms(draft.rows["rooms"], given, tree, world, plan)
    check_closing(world, plan)
    resolve_times(draft.rows["deadlines"], given, world, plan)
    return plan

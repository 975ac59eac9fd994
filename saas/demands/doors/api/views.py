"""Demands as other systems are given them: codes and names, moments, nothing drawn.

Names of people are those that the pages show to the same caller, with one difference: who filed
unnamed is never named here, whatever the caller may do. What the schemas leave out is not given.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saas.accounts import queries as people
from saas.casework import ActForm
from saas.demands.case import permissions
from saas.demands.case import queries as cases
from saas.demands.case.models import Demand
from saas.demands.case.queries import Act, Answer, Row, Standing
from saas.demands.case.views import forms_of
from saas.demands.doors.api import queries
from saas.demands.menu import queries as menu
from saas.demands.menu.models import Category, Question
from saas.kernel.context import Actor, Label
from saas.territory.queries import Unit

Shown = dict[str, Any]


def _columns(row: Any) -> Shown:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def _fields(row: Any) -> Shown:
    return {name: getattr(row, name) for name in row.__slots__}


def _named(code: str, name: Label) -> Shown:
    return {"code": code, "name": name}


def _unit(unit: Unit) -> Shown:
    return _named(unit.code, unit.name)


def rows_outside(rows: Sequence[Row]) -> list[Shown]:
    """Rows of a list with the codes beside the names."""
    traits = queries.traits_of([row.id for row in rows])
    return [_row_outside(row, traits[row.id]) for row in rows]


def _row_outside(row: Row, traits: queries.Traits) -> Shown:
    return {
        **_fields(row),
        **_fields(traits),
        "category": _named(traits.category, row.category),
        "unit": _named(traits.unit, row.unit),
        "holder": _named(traits.holder, row.holder),
    }


def outside_of(demand: Demand, actor: Actor) -> Shown:
    """One demand for a caller who may see it, with its story and what can be done now."""
    standing, story = cases.standing_of(demand), cases.story_of(demand)
    into = cases.demand_by_id(demand.merged_into_id)
    holders = people.holders_at([standing.holder.id], permissions.HANDLE)
    units = standing.helper_units
    return {
        **_columns(demand),
        "category": _named(demand.category, cases.category_name(demand.category)),
        "unit": _unit(standing.unit),
        "holder": _unit(standing.holder),
        "changed_at": story[-1].at,
        "filer": _filer(standing, actor),
        "answers": _answers(standing, actor),
        "handlers": holders.get(standing.holder.id, []),
        "helpers": [{**_columns(h), "unit": _unit(units[h.unit_id])} for h in standing.helpers],
        "merged_into": into.code if into else None,
        "verbs": [form.verb for form in forms_of(standing, actor)],
        "story": _story(story, demand),
    }


def _filer(standing: Standing, actor: Actor) -> Shown | None:
    demand = standing.demand
    if demand.anonymous or not permissions.can_see_filer(actor, demand, standing.holder.path):
        return None
    if person := people.find_person(demand.filed_by_id or 0):
        return {"name": person.name, "phone": people.phone_shown(person)}
    if demand.caller_name or demand.caller_phone:
        return {"name": demand.caller_name or "", "phone": demand.caller_phone or ""}
    return None


def _answers(standing: Standing, actor: Actor) -> list[Answer]:
    """Of who filed unnamed none that is personal."""
    demand = standing.demand
    sees = not demand.anonymous and cases.sees_personal(actor, demand, standing.holder.path)
    return cases.details_of(demand, personal=sees)


def _story(story: Sequence[Act], demand: Demand) -> list[Shown]:
    ids = {key for act in story for key in (act.from_unit_id, act.to_unit_id, act.with_unit_id)}
    codes = queries.unit_codes({key for key in ids if key})

    def unit(key: int | None, name: Label | None) -> Shown | None:
        return _named(codes[key], name or {}) if key else None

    return [
        {
            **_fields(act),
            "actor": act.name_for_staff(demand),
            "from_unit": unit(act.from_unit_id, act.from_unit),
            "to_unit": unit(act.to_unit_id, act.to_unit),
            "with_unit": unit(act.with_unit_id, act.with_unit),
        }
        for act in story
    ]


def filed_outside(demand: Demand) -> Shown:
    """What was made of a demand that another system entered."""
    return {**_columns(demand), "holder": _unit(cases.holder_of(demand))}


def act_outside(form: ActForm) -> Shown:
    """A verb that can be used now."""
    return {
        "verb": form.verb,
        "name": form.label,
        "asks": form.asks,
        "takes": [field for field in form.may if field != "photo"],
        "options": {
            field: [{"value": value, "name": name} for value, name in options]
            for field, options in form.options.items()
        },
    }


def categories_outside(categories: Sequence[Category]) -> list[Shown]:
    """Categories in use, each with what it asks and whether demands are filed in it."""
    living = [category for category in categories if not category.retired]
    above = {category.parent for category in living}
    asked: dict[str, list[Question]] = {}
    for row in menu.every_question():
        if not row.retired:
            asked.setdefault(row.category, []).append(row)
    return [
        {**_columns(one), "open": one.code not in above, "questions": asked.get(one.code, [])}
        for one in living
    ]

"""Entering a demand for somebody else: at the desk, on the phone, on patrol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from saas.accounts import queries as people
from saas.demands.case import permissions
from saas.demands.case import queries as cases
from saas.demands.case.commands import Deed, act
from saas.demands.case.models import Demand
from saas.demands.intake import queries
from saas.demands.intake.commands.answers import Answers
from saas.demands.intake.commands.filing import Intake, file_demand
from saas.kernel.context import Actor
from saas.kernel.errors import Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.territory.queries import Unit


def enter_demand(
    *,
    category: str,
    unit: Unit,
    words: str,
    submission: str,
    intake: Intake,
    in_name: str = "",
    fixed: str = "",
    photos: Sequence[Any] = (),
    answers: Answers | None = None,
    actor: Actor,
) -> Demand:
    """File it for a caller. ``in_name`` answers whether it is filed for the resident whose number
    was given: yes, no, or nothing as long as nobody was asked. ``fixed`` says what was done on the
    spot and resolves it at once, which only those can who act for the unit that gets it.

    Raises `Forbidden`, or `Invalid` by field.
    """
    if queries.is_filed(submission):
        fixed = ""
    intake = _for_whom(intake, in_name)
    demand = file_demand(
        category=category,
        unit=unit,
        words=words,
        submission=submission,
        photos=photos,
        intake=intake,
        answers=answers,
        actor=actor,
    )
    if fixed:
        _settle(demand, fixed, actor)
    return demand


def _for_whom(intake: Intake, in_name: str) -> Intake:
    """With a number that can be called; in the name of its resident, where that was answered."""
    if not intake.caller_phone:
        return intake
    number = people.usable_phone(intake.caller_phone)
    if number is None:
        sentence = _l("This is no phone number. Mobile: 11 digits; landline: with the area code.")
        raise Invalid({"caller_phone": [sentence]})
    resident = people.resident_by_phone(number)
    if resident is None or in_name == "no":
        return replace(intake, caller_phone=number)
    if in_name != "yes":
        raise Invalid({"in_name": [_l("This number belongs to a resident. In whose name is it?")]})
    return replace(intake, caller_name=None, caller_phone=None, resident_id=resident.id)


def _settle(demand: Demand, fixed: str, actor: Actor) -> None:
    holder = cases.holder_of(demand)
    if not permissions.can_handle(actor, holder.path):
        sentence = _l("Only %(unit)s can resolve it there. Send it without.", unit=say(holder.name))
        raise Invalid({"fixed": [sentence]})
    act(demand, Deed("accept"), actor=actor)
    act(demand, Deed("resolve", reason=fixed), actor=actor)

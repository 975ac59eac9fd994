"""How an affair is settled, and an hour at a counter: an appointment is a demand that names one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from saas.demands.case import queries as cases
from saas.demands.case.models import Demand
from saas.demands.case.permissions import ensure_settings
from saas.demands.guides import queries
from saas.demands.intake import queries as intake
from saas.demands.intake.commands import Answers, Intake, file_demand
from saas.demands.menu import queries as menu
from saas.demands.menu.models import Category, Guide
from saas.kernel import audit
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory.queries import Unit


def book(
    *,
    category: str,
    counter: Unit,
    at: datetime,
    words: str,
    submission: str,
    answers: Answers | None = None,
    actor: Actor,
) -> Demand:
    """Take an hour (aware). One at a time gives them out, so that the last place goes to one.

    The same ``submission`` again gives the appointment of the first time; `Invalid` at ``at`` when
    somebody else was quicker.
    """
    guide = queries.lock_guide(category)
    if guide is None or counter not in queries.counters(guide):
        raise NotFound
    if not intake.is_filed(submission) and not queries.is_free(guide, counter, at):
        raise Invalid({"at": [_l("Somebody else has just taken this hour. Choose another one.")]})
    return file_demand(
        category=category,
        unit=counter,
        words=words,
        submission=submission,
        intake=Intake(appointment_at=at),
        answers=answers,
        actor=actor,
    )


def set_guide(
    category: Category,
    *,
    bring: Sequence[Label],
    steps: Sequence[Label],
    cost: Label,
    takes: Label,
    counter: Label,
    slot_minutes: int | None,
    per_slot: int | None,
    days_ahead: int,
    actor: Actor,
) -> Guide:
    """How an affair is settled. Appointments need both how long one takes and how many fit."""
    ensure_settings(actor)
    if (slot_minutes is None) != (per_slot is None):
        field = "slot_minutes" if slot_minutes is None else "per_slot"
        raise Invalid({field: [_l("For appointments give both numbers, or neither.")]})
    row = menu.guide_of(category.code) or Guide(category=category.code)
    row.bring, row.steps = [dict(each) for each in bring], [dict(each) for each in steps]
    row.cost, row.takes, row.counter = cost, takes, counter
    row.slot_minutes, row.per_slot, row.days_ahead = slot_minutes, per_slot, days_ahead
    session.add(row)
    session.flush()
    cases.forget_ground()
    audit.record(
        "demands.set_guide", "demand_category", category.id, actor=actor, code=category.code
    )
    return row

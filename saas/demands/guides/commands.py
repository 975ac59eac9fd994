"""How an affair is settled, and an hour at a counter: an appointment is a demand that names one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from saas.demands.case import queries as cases
from saas.demands.case.models import Demand
from saas.demands.case.permissions import ensure_settings
from saas.demands.guides import queries
from saas.demands.intake import queries as filing
from saas.demands.intake.commands import Intake, file_demand
from saas.demands.menu import queries as menu
from saas.demands.menu.models import Category, Guide
from saas.kernel import audit
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory.queries import Unit


def book(
    *, category: str, counter: Unit, at: datetime, submission: str, intake: Intake | None = None,
    actor: Actor, **given: Any,
) -> Demand:  # fmt: skip
    """Take an hour (aware). One at a time gives them out, so that the last place goes to one.

    ``given`` is what else `file_demand` takes. The same ``submission`` again gives the appointment
    of the first time; `Invalid` at ``at`` when somebody else was quicker.
    """
    guide = queries.lock_guide(category)
    if guide is None or counter not in queries.counters(guide):
        raise NotFound
    if not filing.is_filed(submission) and not queries.is_free(guide, counter, at):
        raise Invalid({"at": [_l("Somebody else has just taken this hour. Choose another one.")]})
    at_the_hour = replace(intake or Intake(), appointment_at=at)
    return file_demand(
        category=category, unit=counter, submission=submission, intake=at_the_hour, actor=actor,
        **given,
    )  # fmt: skip


def set_guide(category: Category, *, actor: Actor, **values: Any) -> Guide:
    """How an affair is settled, by the fields of `forms.GUIDE`. Appointments need both how long
    one takes and how many fit.
    """
    ensure_settings(actor)
    empty = [name for name in ("slot_minutes", "per_slot") if values[name] is None]
    if len(empty) == 1:
        raise Invalid({empty[0]: [_l("For appointments give both numbers, or neither.")]})
    row = menu.guide_of(category.code) or Guide(category=category.code)
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    cases.forget_ground()
    audit.record(
        "demands.set_guide", "demand_category", category.id, actor=actor, code=category.code
    )
    return row

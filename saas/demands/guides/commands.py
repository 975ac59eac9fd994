"""How an affair is settled, and an hour at a counter: an appointment is a demand that names one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from saas import casework
from saas.casework import CLOCK
from saas.demands.case import queries as cases
from saas.demands.case.commands import Deed, notifying, record
from saas.demands.case.models import Demand
from saas.demands.case.permissions import ensure_settings, is_filer
from saas.demands.case.queries import is_ahead
from saas.demands.guides import queries, rules
from saas.demands.intake import queries as filing
from saas.demands.intake.commands import Intake, file_demand
from saas.demands.menu import queries as menu
from saas.demands.menu.models import Category, Guide
from saas.kernel import audit
from saas.kernel.context import Actor, current_tenant
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import short_datetime
from saas.kernel.rounds import each_alone
from saas.territory.queries import Unit

#: The job that looks for appointments of the coming day.
REMIND_JOB: Final = "demands.remind"


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
    at_the_hour = replace(intake or Intake(), appointment_at=at)
    if not filing.is_filed(submission):
        _ensure_not_too_many(category, at_the_hour, actor)
        _ensure_free(guide, counter, at)
    booked = file_demand(
        category=category, unit=counter, submission=submission, intake=at_the_hour, actor=actor,
        **given,
    )  # fmt: skip
    casework.set_alarm(REMIND_JOB, at - rules.REMINDED_BEFORE)
    return booked


def rebook(demand: Demand, *, at: datetime, seen: int | None = None, actor: Actor) -> None:
    """Another hour at the same counter; ``demand`` comes locked from its door. `Invalid` at ``at``
    when somebody else was quicker, `Conflict` when it is an appointment no more.
    """
    if not is_filer(actor, demand):
        raise Forbidden
    casework.ensure_seen(demand, seen, lambda: _l("It was changed meanwhile. Look at it again."))
    guide = queries.lock_guide(demand.category)
    if guide is None or not is_ahead(demand):
        raise Conflict(_l("This appointment is over or was given up."))
    unit, _holder = cases.places_of(demand)
    _ensure_free(guide, unit, at)
    was, demand.appointment_at = demand.appointment_at, at
    zone = current_tenant().time_zone
    told = f"{short_datetime(was, zone)} → {short_datetime(at, zone)}"
    record(demand, Deed("rebook", reason=told), demand.holder_id, actor=actor)
    audit.record("demands.rebook", "demand", demand.id, actor=actor, unit_path=unit.path)
    notifying.about_hour(demand, "rebook")
    casework.set_alarm(REMIND_JOB, at - rules.REMINDED_BEFORE)


def remind() -> int:
    """Tell those who come within a day that they do, once for each hour; how many."""
    found = queries.to_remind()
    return len(found) - len(each_alone(found, _remind_of))


def _remind_of(demand: Demand) -> None:
    with session.begin_nested():
        record(demand, Deed("remind"), demand.holder_id, actor=CLOCK)
        audit.record("demands.remind", "demand", demand.id, actor=CLOCK)
        notifying.about_hour(demand, "remind")


def _ensure_free(guide: Guide, counter: Unit, at: datetime) -> None:
    if not queries.is_free(guide, counter, at):
        raise Invalid({"at": [_l("Somebody else has just taken this hour. Choose another one.")]})


def _ensure_not_too_many(category: str, intake: Intake, actor: Actor) -> None:
    """Hours are for everybody: nobody holds more than a few of them for one affair."""
    if queries.ahead_of(category, _who(intake, actor)) >= rules.MOST_AHEAD:
        sentence = _l(
            "You have two appointments for this already. Move or cancel one of them, then you can "
            "take another hour."
        )
        raise Invalid({"at": [sentence]})


def _who(intake: Intake, actor: Actor) -> queries.Who:
    """An account, or who comes without one by the number that was left, which nobody has proved."""
    if actor.person_id:
        return queries.Who(actor.person_id, None)
    return queries.Who(None, intake.caller_phone, actor.slips)


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

"""Looking up the number of who asks, to call back: by those who handle it, each time recorded."""

from __future__ import annotations

from saas.accounts import queries as people
from saas.demands.case import permissions, queries
from saas.demands.case.models import Demand
from saas.kernel import audit
from saas.kernel.context import Actor
from saas.kernel.errors import Forbidden, NotFound


def see_phone(demand: Demand, *, actor: Actor) -> str:
    """The whole number, of an account as of a caller.

    Raises `Forbidden`, or `NotFound` where there is none. The audit says who looked at whose
    demand, never the number.
    """
    holder = queries.holder_of(demand)
    if not permissions.can_call(actor, demand, holder.path):
        raise Forbidden
    filer = people.find_person(demand.filed_by_id) if demand.filed_by_id else None
    number = (filer.phone if filer else None) or demand.caller_phone
    if not number:
        raise NotFound
    audit.record("demands.see_phone", "demand", demand.id, actor=actor, unit_path=holder.path)
    return number

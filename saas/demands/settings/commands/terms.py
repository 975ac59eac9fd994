"""Changing the terms on which demands are handled. They hold for clocks that start afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple
from typing import Any

from saas.demands.case import permissions
from saas.demands.case import queries as cases
from saas.demands.case.permissions import ensure_settings
from saas.demands.menu.models import Deadline
from saas.demands.menu.rules import Hours
from saas.demands.settings import queries
from saas.kernel import audit
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Forbidden, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory.queries import Unit

Times = Mapping[str, Hours]


def set_times(
    hours: Times, *, category: str | None = None, street: Unit | None = None, actor: Actor
) -> bool:
    """Give levels their time: all of them, or with ``category`` those that differ for it, or with
    ``street`` those that differ there.

    A level that ``hours`` leaves out has, for a category, the time of every other, and in a street
    the district's. Says whether anything changed. Raises `Invalid` at ``resolve-<level>`` or
    ``accept-<level>``.
    """
    _ensure_may(actor, street)
    _ensure_fit(hours, category, street)
    return _put("set_times", hours, category, street, actor)


def drop_times(category: str, *, street: Unit | None = None, actor: Actor) -> None:
    """A category has the time of every other again: in the district, or in a street."""
    _ensure_may(actor, street)
    _put("drop_times", {}, category, street, actor)


def _put(deed: str, hours: Times, category: str | None, street: Unit | None, actor: Actor) -> bool:
    rows = {row.level: row for row in queries.deadlines_of(category, street)}
    before = {level: row.hours for level, row in rows.items()}
    if before == hours:
        return False
    for level in rows.keys() - hours.keys():
        session.delete(rows[level])
    for level, own in hours.items():
        unit_id = street.id if street else None
        row = rows.get(level) or Deadline(level=level, category=category, unit_id=unit_id)
        row.hours = own
        session.add(row)
    path = {"unit_path": street.path} if street else {}
    _note(deed, actor, category=category, before=_listed(before), after=_listed(hours), **path)
    return True


def _listed(hours: Times) -> dict[str, list[int]]:
    return {level: list(astuple(own)) for level, own in hours.items()}


def _ensure_may(actor: Actor, street: Unit | None) -> None:
    if street is None:
        ensure_settings(actor)
    elif not permissions.can_time(actor, street.path):
        raise Forbidden


def _ensure_fit(hours: Times, category: str | None, street: Unit | None) -> None:
    every = queries.street_levels(street) if street else queries.escalation_levels()
    levels = {level.code for level in every}
    errors: dict[str, list[object]] = {
        f"resolve-{level}": [_l("The time to resolve cannot be shorter than the time to accept.")]
        for level, own in hours.items()
        if own.accept > own.resolve
    }
    if category is None and street is None:
        missing = levels - hours.keys()
        errors |= {f"accept-{level}": [_l("Every level needs its time.")] for level in missing}
    elif not hours and street is None:
        errors["_schema"] = [_l("Give at least one level its own time.")]
    if hours.keys() - levels:
        errors["_schema"] = [_l("Demands do not climb this level any more. Load the page again.")]
    if errors:
        raise Invalid(errors)


def set_terms(*, actor: Actor, **wanted: int) -> bool:
    """Other terms for every demand, by the columns of `Terms`. Says whether anything changed."""
    ensure_settings(actor)
    row = cases.terms()
    before = {name: getattr(row, name) for name in wanted}
    if before == wanted:
        return False
    for name, value in wanted.items():
        setattr(row, name, value)
    _note("set_terms", actor, before=before, after=wanted)
    return True


def _note(deed: str, actor: Actor, **facts: Any) -> None:
    session.flush()
    cases.forget_ground()
    audit.record(f"demands.{deed}", "demand_terms", None, actor=actor, **facts)

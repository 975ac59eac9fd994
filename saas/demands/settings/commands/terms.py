"""Changing the terms on which demands are handled. They hold for clocks that start afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from saas.demands.case import permissions
from saas.demands.case import queries as cases
from saas.demands.case.permissions import ensure_settings
from saas.demands.menu.models import Deadline
from saas.demands.settings import queries
from saas.kernel import audit
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Forbidden, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory.queries import Unit


@dataclass(frozen=True, slots=True)
class Span:
    """Working hours in which a level accepts, and in which it resolves."""

    accept: int
    resolve: int


Spans = Mapping[str, Span]


def set_times(
    spans: Spans, *, category: str | None = None, street: Unit | None = None, actor: Actor
) -> bool:
    """Give levels their time: all of them, or with ``category`` those that differ for it, or with
    ``street`` those that differ there.

    A level that ``spans`` leaves out has, for a category, the time of every other, and in a street
    the district's. Says whether anything changed. Raises `Invalid` at ``resolve-<level>`` or
    ``accept-<level>``.
    """
    _ensure_may(actor, street)
    _ensure_spans(spans, category, street)
    before = queries.times(category, street)
    told = {level: [row.accept_hours, row.resolve_hours] for level, row in before.items()}
    wanted = {level: [span.accept, span.resolve] for level, span in spans.items()}
    if told == wanted:
        return False
    for level in before.keys() - spans.keys():
        session.delete(before[level])
    at = street.id if street else None
    for level, span in spans.items():
        row = before.get(level) or Deadline(level=level, category=category, unit_id=at)
        row.accept_hours, row.resolve_hours = span.accept, span.resolve
        session.add(row)
    place = {"unit_path": street.path} if street else {}
    _note("set_times", actor, category=category, before=told, after=wanted, **place)
    return True


def drop_times(category: str, *, street: Unit | None = None, actor: Actor) -> None:
    """A category has the time of every other again: in the district, or in a street."""
    _ensure_may(actor, street)
    before = queries.times(category, street)
    told = {level: [row.accept_hours, row.resolve_hours] for level, row in before.items()}
    for row in before.values():
        session.delete(row)
    place = {"unit_path": street.path} if street else {}
    _note("drop_times", actor, category=category, before=told, **place)


def _ensure_may(actor: Actor, street: Unit | None) -> None:
    if street is None:
        ensure_settings(actor)
    elif not permissions.can_time(actor, street.path):
        raise Forbidden


def _ensure_spans(spans: Spans, category: str | None, street: Unit | None) -> None:
    every = queries.street_levels(street) if street else queries.escalation_levels()
    levels = {level.code for level in every}
    errors: dict[str, list[object]] = {
        f"resolve-{level}": [_l("The time to resolve cannot be shorter than the time to accept.")]
        for level, span in spans.items()
        if span.accept > span.resolve
    }
    if category is None and street is None:
        missing = levels - spans.keys()
        errors |= {f"accept-{level}": [_l("Every level needs its time.")] for level in missing}
    elif not spans and street is None:
        errors["_schema"] = [_l("Give at least one level its own time.")]
    if spans.keys() - levels:
        errors["_schema"] = [_l("Demands do not climb this level any more. Load the page again.")]
    if errors:
        raise Invalid(errors)


def set_terms(
    *,
    warn_percent: int,
    confirm_days: int,
    reopen_days: int,
    appeal_days: int,
    answer_days: int,
    review_hours: int,
    actor: Actor,
) -> bool:
    """Other terms for every demand. Says whether anything changed."""
    ensure_settings(actor)
    wanted = {
        "warn_percent": warn_percent,
        "confirm_days": confirm_days,
        "reopen_days": reopen_days,
        "appeal_days": appeal_days,
        "answer_days": answer_days,
        "review_hours": review_hours,
    }
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

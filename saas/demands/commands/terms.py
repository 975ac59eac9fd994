"""Changing the terms on which demands are handled. They hold for clocks that start afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from saas.demands import permissions, queries
from saas.demands.models import Deadline
from saas.kernel import audit
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Forbidden, Invalid
from saas.kernel.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Span:
    """Working hours in which a level accepts, and in which it resolves."""

    accept: int
    resolve: int


Spans = Mapping[str, Span]


def set_times(spans: Spans, *, category: str | None = None, actor: Actor) -> bool:
    """Give levels their time: all of them, or with ``category`` those that differ for it.

    A level that ``spans`` leaves out has, for a category, the time of every other. Says whether
    anything changed. Raises `Invalid` at ``resolve-<level>`` or ``accept-<level>``.
    """
    ensure_settings(actor)
    _ensure_spans(spans, every=category is None)
    before = queries.times(category)
    told = {level: [row.accept_hours, row.resolve_hours] for level, row in before.items()}
    wanted = {level: [span.accept, span.resolve] for level, span in spans.items()}
    if told == wanted:
        return False
    for level in before.keys() - spans.keys():
        session.delete(before[level])
    for level, span in spans.items():
        row = before.get(level) or Deadline(level=level, category=category)
        row.accept_hours, row.resolve_hours = span.accept, span.resolve
        session.add(row)
    _note("set_times", actor, category=category, before=told, after=wanted)
    return True


def drop_times(category: str, *, actor: Actor) -> None:
    """A category has the time of every other again."""
    ensure_settings(actor)
    before = queries.times(category)
    told = {level: [row.accept_hours, row.resolve_hours] for level, row in before.items()}
    session.execute(sa.delete(Deadline).where(Deadline.category == category))
    _note("drop_times", actor, category=category, before=told)


def _ensure_spans(spans: Spans, *, every: bool) -> None:
    levels = {level.code for level in queries.escalation_levels()}
    errors: dict[str, list[object]] = {
        f"resolve-{level}": [_l("The time to resolve cannot be shorter than the time to accept.")]
        for level, span in spans.items()
        if span.accept > span.resolve
    }
    if every:
        missing = levels - spans.keys()
        errors |= {f"accept-{level}": [_l("Every level needs its time.")] for level in missing}
    elif not spans:
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
    row = queries.terms()
    before = {name: getattr(row, name) for name in wanted}
    if before == wanted:
        return False
    for name, value in wanted.items():
        setattr(row, name, value)
    _note("set_terms", actor, before=before, after=wanted)
    return True


def ensure_settings(actor: Actor) -> None:
    """Raise `Forbidden` unless ``actor`` may change the settings of the district."""
    if not actor.may(permissions.SETTINGS):
        raise Forbidden


def _note(deed: str, actor: Actor, **facts: Any) -> None:
    session.flush()
    queries.forget_ground()
    audit.record(f"demands.{deed}", "demand_terms", None, actor=actor, **facts)

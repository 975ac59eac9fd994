"""Changing what can be asked for, and the causes that can be chosen. Codes are for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from saas.catalogue.rows import Catalogue
from saas.demands import queries
from saas.demands.commands.terms import ensure_settings
from saas.demands.models import Category, Guide, Kind, ReasonCode
from saas.kernel import audit
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid, not_listed
from saas.kernel.i18n import lazy_gettext as _l

USES = ("suspend", "decline")

#: What the kinds of asking are called; there are no others.
KINDS = Catalogue(
    model=Kind,
    domain="demands",
    noun="kind",
    plural="kinds",
    thing="demand_kind",
    verbs=("change",),
    ensure=ensure_settings,
    after=queries.forget_ground,
)
change_kind = KINDS.change


# Categories


def _settle_category(values: Mapping[str, Any], row: Category | None) -> Mapping[str, Any]:
    """A new one stands under a group and has its kind, or at the top of a kind."""
    if row:
        return values
    above = _group(values["parent"]) if values["parent"] else None
    kind = above.kind if above else queries.kind(values["kind"]).code
    return {**values, "kind": kind, "parent": above.code if above else None}


def _group(code: str) -> Category:
    """The category under which a new one comes to stand."""
    above = queries.category(code)
    grouping = {each.parent for each in queries.categories()}
    if above.parent is not None or above.retired:
        raise not_listed("parent")
    if code not in grouping and queries.was_filed(code):
        sentence = _l("Demands were filed in it directly, so it cannot group others.")
        raise Invalid({"parent": [sentence]})
    return above


def _may_retire_category(row: Category) -> None:
    """What is in it goes on. A group goes after all beneath it, and one stays."""
    beneath = [each for each in queries.categories() if each.parent == row.code]
    if any(not each.retired for each in beneath):
        raise Conflict(_l("Retire what stands under it first."))
    if [leaf.code for leaf in queries.open_leaves()] == [row.code]:
        raise Conflict(_l("It is the last one: residents could file nothing any more."))


def _may_restore_category(row: Category) -> None:
    if row.parent and queries.category(row.parent).retired:
        raise Conflict(_l("Bring back the group above it first."))


#: What a demand can be about.
CATEGORIES = Catalogue(
    model=Category,
    domain="demands",
    noun="category",
    plural="categories",
    thing="demand_category",
    ensure=ensure_settings,
    within=("kind", "parent"),
    settle=_settle_category,
    may_retire=_may_retire_category,
    may_restore=_may_restore_category,
    after=queries.forget_ground,
)
add_category, change_category = CATEGORIES.add, CATEGORIES.change
retire_category, restore_category = CATEGORIES.retire, CATEGORIES.restore
shift_category = CATEGORIES.shift


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
    row = queries.guide_of(category.code) or Guide(category=category.code)
    row.bring, row.steps = [dict(each) for each in bring], [dict(each) for each in steps]
    row.cost, row.takes, row.counter = cost, takes, counter
    row.slot_minutes, row.per_slot, row.days_ahead = slot_minutes, per_slot, days_ahead
    session.add(row)
    session.flush()
    queries.forget_ground()
    audit.record(
        "demands.set_guide", "demand_category", category.id, actor=actor, code=category.code
    )
    return row


# Causes for suspending and for declining


def _settle_reason(values: Mapping[str, Any], row: ReasonCode | None) -> Mapping[str, Any]:
    if row is None and values["use"] not in USES:
        raise not_listed("use")
    return values


def _may_retire_reason(row: ReasonCode) -> None:
    """The last one of its use stays: without a cause nobody could decide."""
    if [each.code for each in queries.reasons(row.use)] == [row.code]:
        raise Conflict(_l("It is the last one: nobody could choose a cause any more."))


#: What can be chosen as a cause; what was decided with one shows its words of now.
REASONS = Catalogue(
    model=ReasonCode,
    domain="demands",
    noun="reason",
    plural="reasons",
    thing="demand_reason",
    ensure=ensure_settings,
    within=("use",),
    settle=_settle_reason,
    may_retire=_may_retire_reason,
    after=queries.forget_ground,
)
add_reason, change_reason = REASONS.add, REASONS.change
retire_reason, restore_reason, shift_reason = REASONS.retire, REASONS.restore, REASONS.shift

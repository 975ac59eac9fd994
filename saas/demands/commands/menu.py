"""Changing what can be asked for, and the causes that can be chosen. Codes are for ever."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saas.demands import queries, rules
from saas.demands.commands.knowledge import reorder
from saas.demands.commands.terms import ensure_settings
from saas.demands.models import Category, Guide, Kind, ReasonCode
from saas.kernel import audit
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid, not_listed
from saas.kernel.i18n import lazy_gettext as _l

USES = ("suspend", "decline")


def change_kind(row: Kind, *, name: Label, hint: Label, appointments: bool, actor: Actor) -> None:
    """Other words for a kind of asking; whether a day and an hour can be named."""
    ensure_settings(actor)
    before = dict(row.name)
    row.name, row.hint, row.appointments = name, hint, appointments
    _note("change_kind", "demand_kind", row, actor, before=before, after=name)


# Categories


def add_category(
    *,
    name: Label,
    hint: Label,
    parent: str | None,
    kind: str,
    open_to_neighbours: bool,
    actor: Actor,
) -> Category:
    """A new category, the last of its row: under a group, or a new top one of a kind.

    Raises `Invalid` where ``parent`` is no group and demands were filed in it.
    """
    ensure_settings(actor)
    above = _group(parent) if parent else None
    known = queries.categories()
    row = Category(
        code=rules.free_code(name, "category", {each.code for each in known}),
        kind=above.kind if above else queries.kind(kind).code,
        parent=above.code if above else None,
        name=name,
        hint=hint,
        position=max((each.position for each in known), default=-1) + 1,
        open_to_neighbours=open_to_neighbours,
        retired=False,
    )
    session.add(row)
    _note("add_category", "demand_category", row, actor, parent=parent, name=name)
    return row


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


def change_category(
    row: Category, *, name: Label, hint: Label, open_to_neighbours: bool, actor: Actor
) -> None:
    """Other words, and whether it is usually everybody's matter."""
    ensure_settings(actor)
    before = dict(row.name)
    row.name, row.hint, row.open_to_neighbours = name, hint, open_to_neighbours
    _note("change_category", "demand_category", row, actor, before=before, after=name)


def shift_category(row: Category, *, way: str, actor: Actor) -> None:
    """One place further up or down in its row."""
    ensure_settings(actor)
    reorder([each for each in queries.beside(row) if not each.retired], row.code, way)
    _note("order_categories", "demand_category", row, actor, way=way)


def retire_category(row: Category, *, actor: Actor) -> None:
    """It takes no new demands; those that are in it go on. A group goes after all beneath it."""
    ensure_settings(actor)
    beneath = [each for each in queries.categories() if each.parent == row.code]
    if any(not each.retired for each in beneath):
        raise Conflict(_l("Retire what stands under it first."))
    if [leaf.code for leaf in queries.open_leaves()] == [row.code]:
        raise Conflict(_l("It is the last one: residents could file nothing any more."))
    row.retired = True
    _note("retire_category", "demand_category", row, actor)


def restore_category(row: Category, *, actor: Actor) -> None:
    """It takes demands again."""
    ensure_settings(actor)
    if row.parent and queries.category(row.parent).retired:
        raise Conflict(_l("Bring back the group above it first."))
    row.retired = False
    _note("restore_category", "demand_category", row, actor)


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
    _note("set_guide", "demand_category", category, actor)
    return row


# Causes for suspending and for declining


def add_reason(*, use: str, name: Label, actor: Actor) -> ReasonCode:
    """A new cause, the last of its use."""
    ensure_settings(actor)
    if use not in USES:
        raise not_listed("use")
    known = queries.every_reason()
    row = ReasonCode(
        code=rules.free_code(name, "reason", {each.code for each in known}),
        use=use,
        name=name,
        position=max((each.position for each in known), default=-1) + 1,
        retired=False,
    )
    session.add(row)
    _note("add_reason", "demand_reason", row, actor, use=use, name=name)
    return row


def change_reason(row: ReasonCode, *, name: Label, actor: Actor) -> None:
    """Other words; what was decided with it shows them too."""
    ensure_settings(actor)
    before, row.name = dict(row.name), name
    _note("change_reason", "demand_reason", row, actor, before=before, after=name)


def shift_reason(row: ReasonCode, *, way: str, actor: Actor) -> None:
    """One place further up or down among those in use."""
    ensure_settings(actor)
    reorder(queries.reasons(row.use), row.code, way)
    _note("order_reasons", "demand_reason", row, actor, way=way)


def retire_reason(row: ReasonCode, *, actor: Actor) -> None:
    """Offer it no more. The last one of its use stays: without a cause nobody could decide."""
    ensure_settings(actor)
    if [each.code for each in queries.reasons(row.use)] == [row.code]:
        raise Conflict(_l("It is the last one: nobody could choose a cause any more."))
    row.retired = True
    _note("retire_reason", "demand_reason", row, actor)


def restore_reason(row: ReasonCode, *, actor: Actor) -> None:
    """Offer it again."""
    ensure_settings(actor)
    row.retired = False
    _note("restore_reason", "demand_reason", row, actor)


def _note(deed: str, thing: str, row: Any, actor: Actor, **facts: Any) -> None:
    session.flush()
    queries.forget_ground()
    audit.record(f"demands.{deed}", thing, row.id, actor=actor, code=row.code, **facts)

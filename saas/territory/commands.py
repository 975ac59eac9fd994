"""Changing the tree. Codes stay, names change; what has history is retired or merged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from saas.kernel import audit, clock
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory import queries, rules
from saas.territory.events import unit_merged, unit_moved, unit_retiring
from saas.territory.models import Unit

_WRONG_PLACE = _l("A unit of this kind cannot stand there.")


def add_unit(
    *,
    code: str = "",
    kind: str,
    name: Label,
    parent: Unit | None,
    official_code: str | None = None,
    official_source: str | None = None,
    official_date: date | None = None,
    sample: bool = False,
    actor: Actor,
) -> Unit:
    """Put a new unit under ``parent``; without a ``code`` it gets the parent's with a number.

    Raises `Invalid` for a taken code or a wrong place.
    """
    if parent is not None:
        _hold_tree(parent, alone=False)
    code = code or _made_code(parent)
    _ensure_new_codes([code])
    _ensure_place(kind, parent)
    unit = Unit(
        code=code,
        kind=kind,
        name=name,
        parent_id=parent.id if parent else None,
        path=rules.child_path(parent.path if parent else None, code),
        position=_next_position(parent),
        official_code=official_code or None,
        official_source=official_source or None,
        official_date=official_date,
        sample=sample,
    )
    session.add(unit)
    session.flush()
    _record_new(unit, actor)
    return unit


def add_units(
    wanted: Sequence[tuple[str, str, Label]], *, parent: Unit, actor: Actor
) -> list[Unit]:
    """Put several units under ``parent`` in one go, given as code, kind and name, in their order.

    Raises `Invalid` as `add_unit` does, also where two have the same code.
    """
    _hold_tree(parent, alone=False)
    codes = [code for code, _kind, _name in wanted]
    _ensure_new_codes(codes)
    for kind in {kind for _code, kind, _name in wanted}:
        _ensure_place(kind, parent)
    first = _next_position(parent)
    units = [
        Unit(
            code=code,
            kind=kind,
            name=name,
            parent_id=parent.id,
            path=rules.child_path(parent.path, code),
            position=position,
        )
        for position, (code, kind, name) in enumerate(wanted, start=first)
    ]
    session.add_all(units)
    session.flush()
    for unit in units:
        _record_new(unit, actor)
    return units


def _record_new(unit: Unit, actor: Actor) -> None:
    path, code = unit.path, unit.code
    audit.record("territory.add", "unit", unit.id, actor=actor, unit_path=path, code=code)


def _hold_tree(*units: Unit, alone: bool = True) -> None:
    """Keep the tree as it is until the end: additions go side by side, other changes alone.

    ``units`` are read again, as the last change left them: a path read before would be a wrong one.
    """
    top = sa.select(Unit.id).where(Unit.parent_id.is_(None))
    session.execute(
        top.with_for_update() if alone else top.with_for_update(key_share=True, read=True)
    )
    for unit in units:
        session.refresh(unit)


def _made_code(parent: Unit | None) -> str:
    stem = parent.code[:34] if parent else "district"
    return rules.next_code(stem, queries.codes_like(stem))


def _ensure_new_codes(codes: Sequence[str]) -> None:
    if not all(rules.usable_code(code) for code in codes):
        raise Invalid({"code": [_l("Use small letters, digits and underscores, 40 at most.")]})
    taken = session.scalar(sa.select(Unit.id).where(Unit.code.in_(codes)).limit(1))
    if taken or len(set(codes)) < len(codes):
        raise Invalid({"code": [_l("Another unit has this code, perhaps a retired one.")]})


def _ensure_place(kind: str, parent: Unit | None) -> None:
    under = {k.code: k.under for k in queries.kinds()}
    if kind not in under:
        raise Invalid({"kind": [_l("Choose one of the kinds.")]})
    if not rules.may_stand(kind, parent.kind if parent else None, under):
        raise Invalid({"parent": [_WRONG_PLACE]})
    if parent is not None and parent.retired_at:
        raise Invalid({"parent": [_l("This unit is retired.")]})


def _next_position(parent: Unit | None) -> int:
    query = sa.select(sa.func.coalesce(sa.func.max(Unit.position), 0) + 1)
    return session.scalar(query.where(Unit.parent_id == (parent.id if parent else None))) or 1


def rename_unit(
    unit: Unit,
    *,
    name: Label,
    official_code: str | None = None,
    official_source: str | None = None,
    official_date: date | None = None,
    actor: Actor,
) -> None:
    """Give a unit other words or official facts; its code stays."""
    before = dict(unit.name)
    unit.name = name
    unit.official_code = official_code or None
    unit.official_source = official_source or None
    unit.official_date = official_date
    audit.record(
        "territory.rename",
        "unit",
        unit.id,
        actor=actor,
        unit_path=unit.path,
        before=before,
        after=dict(name),
    )


def move_unit(unit: Unit, *, parent: Unit, actor: Actor) -> None:
    """Put a unit, with all that lies beneath it, under another parent."""
    _hold_tree(unit, parent)
    if rules.inside(parent.path, unit.path):
        raise Invalid({"parent": [_l("A unit cannot stand inside itself.")]})
    _ensure_place(unit.kind, parent)
    if unit.retired_at:
        raise Conflict(_l("This unit is retired: restore it before you move it."))
    before = unit.path
    _rehang(unit, parent)
    audit.record("territory.move", "unit", unit.id, actor=actor, unit_path=unit.path, before=before)


def _rehang(unit: Unit, parent: Unit) -> None:
    before, after = unit.path, rules.child_path(parent.path, unit.code)
    session.flush()
    session.execute(
        sa.update(Unit)
        .where(queries.beneath(before))
        .values(path=sa.literal(after) + sa.func.substr(Unit.path, len(before) + 1))
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    unit.parent_id, unit.position = parent.id, _next_position(parent)
    session.flush()
    unit_moved.send(unit.id, old_path=before, new_path=after)


def merge_units(unit: Unit, *, into: Unit, reason: str, actor: Actor) -> None:
    """Let ``into`` take over all that ``unit`` has; ``unit`` is retired and points there."""
    _hold_tree(unit, into)
    if into.id == unit.id or rules.inside(into.path, unit.path):
        raise Invalid({"into": [_l("Choose another unit to merge into.")]})
    if unit.retired_at:
        raise Conflict(_l("This unit is retired already."))
    if into.kind != unit.kind or into.retired_at:
        raise Invalid({"into": [_l("Only living units of the same kind can be merged.")]})
    for child in queries.children(unit):
        _rehang(child, into)
    unit_merged.send(unit.id, into_id=into.id)
    unit.merged_into_id = into.id
    _retire(unit, reason)
    audit.record(
        "territory.merge",
        "unit",
        unit.id,
        actor=actor,
        unit_path=unit.path,
        into=into.code,
        reason=reason,
    )


def retire_unit(unit: Unit, *, reason: str, actor: Actor) -> None:
    """Take a unit out of use. Raises `Conflict` while anything beneath or in it is alive."""
    _hold_tree(unit)
    if queries.children(unit):
        raise Conflict(_l("Units beneath it are still in use: move or retire them first."))
    if unit.parent_id is None:
        raise Conflict(_l("The district itself cannot be retired here."))
    if unit.retired_at:
        raise Conflict(_l("This unit is retired already."))
    unit_retiring.send(unit.id)
    _retire(unit, reason)
    audit.record(
        "territory.retire", "unit", unit.id, actor=actor, unit_path=unit.path, reason=reason
    )


def restore_unit(unit: Unit, *, actor: Actor) -> None:
    """Undo a retirement; a merged unit stays merged."""
    _hold_tree(unit)
    if unit.merged_into_id:
        raise Conflict(_l("This unit was merged into another one and cannot come back alone."))
    above = queries.find_unit(unit.parent_id)
    if above is not None and above.retired_at:
        raise Conflict(_l("The unit above it is retired: restore that one first."))
    unit.retired_at, unit.retired_reason = None, None
    audit.record("territory.restore", "unit", unit.id, actor=actor, unit_path=unit.path)


def _retire(unit: Unit, reason: str) -> None:
    if not reason.strip():
        raise Invalid({"reason": [_l("Say why, in a sentence.")]})
    unit.retired_at, unit.retired_reason = clock.now(), reason
    session.flush()

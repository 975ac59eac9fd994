"""What a street sets over the district, and the district for every street."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from saas.kernel import audit
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.rooms import queries
from saas.rooms.commands.noting import ensure_configures, ensure_hours
from saas.rooms.models import PlaceSettings
from saas.territory.queries import Unit


def set_settings(unit: Unit, *, values: Mapping[str, Any], actor: Actor) -> bool:
    """Set some of a place's settings; what is empty is inherited again. ``unit`` is a street, or
    the district itself. Says whether anything was different.
    """
    ensure_configures(actor, unit)
    ensure_hours(values.get("hours") or [])
    row = queries.place_settings(unit) or PlaceSettings(unit_id=unit.id)
    wanted = {name: values[name] or None for name in queries.SETTINGS if name in values}
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        session.add(row)
        session.flush()
        audit.record(
            "rooms.settings",
            "unit",
            unit.id,
            actor=actor,
            unit_path=unit.path,
            changed=changed,
        )
    return bool(changed)

"""What holds for a street: its own settings over the district's, and its last bulk change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa

from saas.kernel import clock
from saas.kernel.db import session
from saas.rooms.models import BulkChange, PlaceSettings
from saas.territory import queries as territory
from saas.territory.queries import Unit

SETTINGS: Final = ("contact", "address", "welcome", "hours")
#: What one street may take over from another: nothing that says where or whom to ask.
COPIED_SETTINGS: Final = ("welcome", "hours")
#: For so long the last bulk change of a street can be undone.
UNDO: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: what the place has set itself (or None), and what it has otherwise."""

    own: Any
    inherited: Any

    @property
    def value(self) -> Any:
        """What holds."""
        return self.inherited if self.own is None else self.own


def place_settings(unit: Unit) -> PlaceSettings | None:
    """The row of a street, or of the district itself."""
    return session.scalar(sa.select(PlaceSettings).where(PlaceSettings.unit_id == unit.id))


def settings_of(street: Unit) -> dict[str, Setting]:
    """Every setting of a street over the district's; of the district itself nothing is above."""
    root = territory.root()
    keys = {street.id, root.id if root else street.id}
    query = sa.select(PlaceSettings).where(PlaceSettings.unit_id.in_(keys))
    rows = {row.unit_id: row for row in session.scalars(query)}
    mine = rows.get(street.id)
    above = rows.get(root.id) if root and root.id != street.id else None
    return {
        name: Setting(getattr(mine, name, None), getattr(above, name, None)) for name in SETTINGS
    }


def last_bulk(street: Unit) -> BulkChange | None:
    """The bulk change that a street can still undo."""
    query = sa.select(BulkChange).where(
        BulkChange.unit_id == street.id, BulkChange.at > clock.now() - UNDO
    )
    return session.scalar(query)

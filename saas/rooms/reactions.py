"""What rooms do when the tree or the district's culture changes."""

from __future__ import annotations

from saas.kernel.context import SYSTEM
from saas.kernel.errors import Conflict
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms import commands, queries
from saas.territory.events import unit_merged, unit_retiring
from saas.territory.queries import find_unit
from saas.themes.events import pack_applied


def _refuse_with_rooms(unit_id: int, **_: object) -> None:
    street = find_unit(unit_id)
    if street and queries.structure_of(street).rooms:
        raise Conflict(_l("Function rooms still belong to it: retire them first."))


def _call_as_here(_code: str, **_: object) -> None:
    """Rooms that no street renamed are called as the place calls them."""
    commands.call_as_here(actor=SYSTEM)


unit_merged.connect(_refuse_with_rooms)
unit_retiring.connect(_refuse_with_rooms)
pack_applied.connect(_call_as_here)

"""What rooms do when the tree changes."""

from __future__ import annotations

from saas.kernel.errors import Conflict
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms import queries
from saas.territory.events import unit_merged, unit_retiring
from saas.territory.queries import find_unit


def _refuse_with_rooms(unit_id: int, **_: object) -> None:
    street = find_unit(unit_id)
    if street and queries.structure_of(street).rooms:
        raise Conflict(_l("Function rooms still belong to it: retire them first."))


unit_merged.connect(_refuse_with_rooms)
unit_retiring.connect(_refuse_with_rooms)

"""What organisations do when the tree changes: nobody is left at home where nothing is."""

from __future__ import annotations

from saas.kernel.context import SYSTEM
from saas.kernel.errors import Conflict
from saas.kernel.i18n import lazy_gettext as _l
from saas.organisations import commands, queries
from saas.territory.events import unit_merged, unit_retiring


@unit_merged.connect
def _move_along(unit_id: int, *, into_id: int) -> None:
    commands.move_home(from_unit_id=unit_id, to_unit_id=into_id, actor=SYSTEM)
    commands.move_pilot(unit_id, into_id)


@unit_retiring.connect
def _refuse_while_somebody_is_at_home(unit_id: int) -> None:
    if queries.living_at(unit_id):
        raise Conflict(_l("Organisations are at home here: move or close them first."))

"""What demands do when the tree changes: nothing may be left in a queue that nobody sees; and when
somebody is reached: the time to object begins.
"""

from __future__ import annotations

from saas.demands.case import commands, queries
from saas.demands.case.words import kinds
from saas.kernel.context import SYSTEM
from saas.kernel.errors import Conflict
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices.events import person_reached
from saas.territory.events import unit_merged, unit_retiring


@unit_merged.connect
def _take_over(unit_id: int, *, into_id: int) -> None:
    commands.take_over_queue(from_unit_id=unit_id, to_unit_id=into_id, actor=SYSTEM)


@unit_retiring.connect
def _refuse_with_open_demands(unit_id: int) -> None:
    if queries.living_at(unit_id):
        raise Conflict(_l("Demands wait in this unit's queue: finish or hand them over first."))


@person_reached.connect
def _begin_to_wait(about: str, *, kind: str) -> None:
    thing, _, number = about.partition(":")
    if thing == "demand" and kind == kinds.YOURS_RESOLVED.name:
        commands.resident_reached(int(number))

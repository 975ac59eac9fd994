"""What the clock and others set going: silence asked about, homes moved when units are merged."""

from __future__ import annotations

from typing import Final

from saas import casework
from saas.casework import CLOCK
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.errors import Conflict, Forbidden
from saas.kernel.i18n import lazy_gettext as _l
from saas.organisations import permissions, queries
from saas.organisations.commands.acting import JOB, Deed, act
from saas.organisations.models import Organisation

BATCH: Final = 100


def ask_alive(group: Organisation, *, actor: Actor) -> None:
    """Ask its people now, not waiting for the clock. Raises `Conflict` where nobody would hear."""
    standing = queries.standing_of(group)
    if not permissions.parts_of(actor, standing) & {"handler", "decider"}:
        raise Forbidden
    if group.state != "active" or not standing.people:
        raise Conflict(
            _l("Nobody can be asked: it is not active, or has no leader with an account.")
        )
    act(group, Deed(verb="inquire"), actor=actor)


def ring(limit: int = BATCH) -> int:
    """Ask who has been silent for long, and let those sleep who did not answer."""
    groups = casework.due(Organisation, limit)
    for group in groups:
        _ring(group)
    return len(groups)


def ring_for(group_id: int) -> bool:
    """The same for one alone; False if it is not due."""
    group = casework.lock_due(Organisation, group_id)
    if group is not None:
        _ring(group)
    return group is not None


def _ring(group: Organisation) -> None:
    verb = "call" if group.calls < 2 else "doze"
    if group.state != "active":
        group.next_at = None
    else:
        act(group, Deed(verb=verb), actor=CLOCK)


def move_home(*, from_unit_id: int, to_unit_id: int, actor: Actor) -> None:
    """Whoever was at home in a unit is so in the one into which it was merged."""
    for group in queries.lock_living_at(from_unit_id):
        group.home_unit_id = to_unit_id
        act(group, Deed(verb="move"), actor=actor)


def set_alarms_ahead() -> None:
    """Set the alarms of the coming day and a half anew; what slipped is looked at now."""
    if casework.slipped(Organisation, Organisation.id):
        casework.set_alarm(JOB, clock.now())
    casework.set_alarms_ahead(JOB, Organisation.next_at)

"""Who may look at and change the calendar.

No name of its own: whoever sees the district's units at work sees when it works, and the calendar
is one of the settings of the district. Both names are declared by the domains whose word they are.
"""

from __future__ import annotations

from saas.kernel.context import Actor

VIEW = "territory:unit:view"
EDIT = "district:settings:edit"


def can_edit(actor: Actor) -> bool:
    """Whether ``actor`` may change the week and the days of the district."""
    return actor.may(EDIT)

"""Pure decisions of what district and operator have to do with each other."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Final

#: So long operators may look in, and so long a ticket from the hub can be used.
SUPPORT_LASTS: Final = timedelta(hours=2)
TICKET_LASTS: Final = timedelta(seconds=60)
#: Where somebody who administers was in within so long, the district invites its own people.
ADMINISTERED: Final = timedelta(days=30)
#: Areas of permissions into which nobody from outside looks, whatever is granted.
_NEVER: Final = frozenset({"care"})


def looking_permissions(names: Collection[str], strong: Collection[str]) -> frozenset[str]:
    """What one who only looks on may see: what is for looking, nothing that needs two proofs."""
    return frozenset(
        name
        for name in names
        if name.endswith(":view") and name not in strong and name.partition(":")[0] not in _NEVER
    )

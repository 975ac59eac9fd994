"""What people may do with the funds of a district."""

from __future__ import annotations

from typing import Final

from saas.kernel.context import Actor

#: Receive gifts, open boxes, hold cash and bring it to the bank.
RECEIVE: Final = "funds:gift:receive"
#: Ask for payouts and send them, reconcile, disclose, keep sources and the committee's seats.
MANAGE: Final = "funds:fund:manage"


def works(actor: Actor) -> bool:
    """Whether ``actor`` works on the fund, or is the system."""
    return actor.kind == "system" or actor.may(MANAGE)

"""What people may do with the media ledger."""

from __future__ import annotations

from typing import Final

from saas.accounts.permissions import SETTINGS
from saas.kernel.context import Actor

__all__ = ["KEEP", "SETTINGS", "keeps"]
#: Enter what was reported, look after links and copies.
KEEP: Final = "media:coverage:keep"


def keeps(actor: Actor, path: str) -> bool:
    """Whether ``actor`` writes into the ledger of a place."""
    return actor.kind == "system" or actor.may(KEEP, path)

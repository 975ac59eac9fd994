"""What may come in."""

from __future__ import annotations

from saas.kernel.schemas import Reason


class SupportIn(Reason):
    """Letting operators look in needs a sentence."""

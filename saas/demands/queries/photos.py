"""Pictures of demands and of acts on them."""

from __future__ import annotations

from saas import attachments
from saas.attachments import Attachment
from saas.demands import rules
from saas.demands.models import Demand
from saas.kernel.errors import NotFound


def photos_of(demand: Demand, *, internal: bool) -> list[Attachment]:
    """All of them in their order; ``internal``: with those of notes, which are for staff alone."""
    return [found for found in attachments.of("demand", demand.id) if internal or _open(found)]


def photo_of(demand: Demand, number: int, *, internal: bool) -> Attachment:
    """One of them, else `NotFound`."""
    found = attachments.one("demand", demand.id, number)
    if not (internal or _open(found)):
        raise NotFound
    return found


def _open(found: Attachment) -> bool:
    return found.place != rules.NOTED

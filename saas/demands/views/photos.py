"""Photos of a demand with their addresses, by the act that they came with."""

from __future__ import annotations

from typing import Any

from flask import url_for

from saas.demands import queries
from saas.demands.models import Demand
from saas.kernel.i18n import gettext as _

#: The first act, with which a demand is filed.
FILED = 1
Photo = tuple[str, str, str]
"""Its address, that of the small one, and what it is called."""


def photos_by_act(demand: Demand, *, internal: bool) -> dict[int, list[Photo]]:
    """Number of an act → its photos, for a reader who may see the demand."""
    found: dict[int, list[Photo]] = {}
    for photo in queries.photos_of(demand, internal=internal):
        url = url_for("demands.numbered_photo", code=demand.code, number=photo.position)
        alt = _("Photo %(number)s", number=photo.position)
        found.setdefault(photo.act, []).append((url, f"{url}?small=1", alt))
    return found


def photos_outside(demand: Demand) -> list[dict[str, Any]]:
    """The same for programs that may see the demand, notes and all."""
    return [
        {
            "url": url_for(
                "demands_api.numbered_photo",
                code=demand.code,
                number=photo.position,
                _external=True,
            ),
            "place": photo.place,
            "act": photo.act,
            "at": photo.at,
        }
        for photo in queries.photos_of(demand, internal=True)
    ]

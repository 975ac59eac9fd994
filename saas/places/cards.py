"""What waits: consents that end, checks that are due, walks past somebody who is not shown."""

from __future__ import annotations

from flask import url_for

from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.places import queries
from saas.places.permissions import CONFIGURE
from saas.workbench.declared import Card, Count, Found

_MERCHANTS = (
    ("over", _l("merchants whose consent has ended"), "late"),
    ("soon", _l("merchants whose consent ends soon"), "warn"),
    ("check", _l("merchants to look at again"), "waiting"),
)


def _waits(actor: Actor) -> Found:
    found = queries.count_merchants([state for state, *_ in _MERCHANTS], actor=actor)
    counts = [
        Count(found[state], words, url_for("places.merchants", state=state), tone)
        for state, words, tone in _MERCHANTS
    ]
    lost = url_for("places.routes", state="published", stops="gone")
    words = _l("walks with a stop that is not shown")
    return Found([*counts, Count(queries.count_lost(actor), words, lost, "warn")])


CARDS = (Card("places", _l("Merchants and walks"), CONFIGURE, 95, _waits),)

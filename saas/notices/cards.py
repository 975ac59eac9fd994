"""What notices put on the start page: what did not reach its reader."""

from __future__ import annotations

from flask import url_for

from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import queries
from saas.notices.permissions import SETTINGS
from saas.workbench.declared import Card, Count, Found


def _undelivered(actor: Actor) -> Found:
    _rows, counts = queries.deliveries("undelivered", actor=actor, size=0)
    url = url_for("notices.deliveries", list="undelivered")
    return Found([Count(counts["undelivered"], _l("did not arrive"), url, "warn")])


CARDS = (Card("undelivered", _l("Messages sent"), SETTINGS, 65, _undelivered),)

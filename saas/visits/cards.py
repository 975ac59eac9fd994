"""What visits put on the start page: what waits for the office, and whom one guides today."""

from __future__ import annotations

from flask import url_for

from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms.permissions import VIEW
from saas.visits import queries, views
from saas.visits.models import Visit
from saas.visits.permissions import HANDLE
from saas.workbench.declared import MAIN, Card, Count, Found, Line


def _waiting(actor: Actor) -> Found:
    here = queries.reached(actor)
    asked = queries.count(here, Visit.state == "asked")
    held = queries.count(here, Visit.state == "held")
    return Found([
        Count(asked, _l("ask to visit"), url_for("visits.listing", state="asked"),
              "warn" if asked else ""),
        Count(held, _l("to be followed up"), url_for("visits.listing", state="held")),
    ])  # fmt: skip


def _today(actor: Actor) -> Found | None:
    mine = queries.with_guide(actor.person_id or 0, clock.today())
    if not mine:
        return None
    url = url_for("visits.today")
    lines = [Line(views.times(one.starts_at, one.ends_at), url, one.from_org) for one in mine]
    return Found([Count(len(mine), _l("groups to guide today"), url)], lines)


CARDS = (
    Card("visits_waiting", _l("Visits"), HANDLE, 26, _waiting, MAIN),
    Card("visits_today", _l("You guide today"), VIEW, 12, _today),
)

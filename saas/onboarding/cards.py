"""What bringing a district in puts on the start page: open steps, later the checklist's points."""

from __future__ import annotations

from flask import url_for

from saas.kernel.context import Actor, current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.onboarding import queries
from saas.onboarding.pages.blueprint import open_steps
from saas.onboarding.permissions import SETTINGS, sets_up
from saas.workbench.declared import Card, Count, Found, Line


def _health(actor: Actor) -> Found | None:
    if not sets_up(actor):
        return None
    number = open_steps(actor)
    if current_tenant().staff_only:
        return Found([Count(number, _l("steps still open"), url_for("setup.begin"), "waiting")])
    url = url_for("setup.health")
    unsure = not number and queries.is_unsure()
    told = _("What was in order may have changed: run the checks again")
    lines = [Line(told, url)] if unsure else []
    return Found([Count(number, _l("open points"), url, "warn")], lines)


CARDS = (Card("health", _l("Health of the district"), SETTINGS, 60, _health),)

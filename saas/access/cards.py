"""What getting in puts on the start page: residents who wait at the desk."""

from __future__ import annotations

from flask import url_for

from saas.access import queries
from saas.accounts.permissions import MANAGE
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.workbench.declared import Card, Count, Found


def _waiting(actor: Actor) -> Found:
    number, url = queries.count_waiting(actor), url_for("access.registrations")
    return Found([Count(number, _l("residents to confirm"), url, "waiting")])


CARDS = (Card("registrations", _l("Registrations of residents"), MANAGE, 30, _waiting),)

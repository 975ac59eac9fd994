"""What organisations put on the start page: plans that wait to be checked."""

from __future__ import annotations

from flask import url_for

from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.organisations import queries
from saas.organisations.permissions import CHECK
from saas.workbench.declared import Card, Count, Found


def _plans(actor: Actor) -> Found:
    url = url_for("organisations.plans", state="checking")
    number = queries.count_plans("checking", actor=actor)
    return Found([Count(number, _l("plans to check"), url, "waiting")])


CARDS = (Card("plans", _l("Project plans"), CHECK, 55, _plans),)

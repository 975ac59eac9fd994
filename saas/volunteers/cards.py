"""What volunteers put on the start page: help that is missing in the next days, and one's own."""

from __future__ import annotations

from flask import url_for

from saas.activities.permissions import SEE
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import ngettext, say
from saas.volunteers import queries, views, words
from saas.workbench.declared import Card, Found, Line

_SHOWN = 6


def _missing(actor: Actor) -> Found | None:
    found = [one for one in views.wanted_of(queries.missing(actor), None) if one.free]
    lines = [
        Line(say(one.shift.work), url_for("volunteers.helpers", code=one.scene.session.code),
             f"{say(one.scene.activity.title)} · {words.when(one.shift)}",
             ("warn", ngettext("%(num)s is missing", "%(num)s are missing", one.free)))
        for one in found[:_SHOWN]
    ]  # fmt: skip
    return Found([], lines, more=(_("Hours of volunteers"), url_for("volunteers.services")))


CARDS = (Card("volunteers_missing", _l("Help that is missing"), SEE, 92, _missing),)

"""What statements put on the start page."""

from __future__ import annotations

from flask import url_for

from saas.funds.permissions import MANAGE
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.statements import queries
from saas.workbench.declared import Card, Found, Line


def _due(actor: Actor) -> Found | None:
    due = queries.due()
    lines = [
        Line(_("%(month)s is not reconciled yet", month=name), url_for(page, month=name))
        for page, name in (("statements.month", f"{one:%Y-%m}") for one in due.open)
    ]
    if due.unread:
        name = f"{due.unread:%Y-%m}"
        lines.append(Line(_("The statement of %(month)s was not read yet", month=name),
                          url_for("statements.read")))  # fmt: skip
    return Found(lines=lines[:4]) if lines else None


CARDS = (Card("statements", _l("Statements of the host"), MANAGE, 31, _due),)

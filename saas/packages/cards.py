"""What model packages put on the start page: editions that the district could take."""

from __future__ import annotations

from flask import url_for

from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.model import queries
from saas.packages.permissions import EDIT
from saas.workbench.declared import Card, Count, Found, Line


def _editions(actor: Actor) -> Found:
    """How many there are; the newest leads to what it would change."""
    found = queries.newer()
    lines = [
        Line(
            f"{key}@{version}", url_for("model.upgrade", key=key, version=version), _("the newest")
        )
        for key, version in found[:1]
    ]
    page = url_for("model.show", _anchor="editions")
    return Found([Count(len(found), _l("editions to take"), page, "waiting")], lines)


CARDS = (Card("editions", _l("New editions of the model"), EDIT, 70, _editions),)

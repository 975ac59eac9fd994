"""What stands on the start page of who runs a district: quotas that will be used up."""

from __future__ import annotations

from flask import url_for

from saas.accounts.permissions import SETTINGS
from saas.hosting import views
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.workbench.declared import Card, Count, Found


def _quotas(actor: Actor) -> Found:
    """One number for each; it costs nothing where there is no quota."""
    url = url_for("hosting.usage")
    return Found([
        Count(line.part or 0, line.words, url, "late" if line.state == "over" else "warn")
        for line in views.near()
    ])  # fmt: skip


CARDS = (Card("quotas", _l("Quotas: per cent used"), SETTINGS, 75, _quotas),)

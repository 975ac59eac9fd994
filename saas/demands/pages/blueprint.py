"""The blueprint of demands and its places in the rail."""

from __future__ import annotations

from saas.demands import permissions, queries
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.web.pages import PUBLIC, SIGNED_IN, Pages
from saas.web.shell import Nav

pages = Pages("demands", __name__.rpartition(".")[0].rpartition(".")[0], plane="tenant")
PAGE_SIZE = 20


def _mine(actor: Actor) -> int:
    return queries.count_mine(actor)


NAV = (
    Nav(_l("Demands"), "demands.listing", "demand", permissions.VIEW, 10, badge=_mine),
    Nav(_l("Knowledge"), "demands.knowledge", "note", permissions.HANDLE, 60),
    Nav(_l("Terms of demands"), "demands.times", "settings", permissions.SETTINGS, 86),
    Nav(_l("Figures"), "demands.figures_", "figures", permissions.VIEW, 12),
    Nav(_l("File a demand"), "demands.choose_category", "demand", "public", 20, face="resident"),
    Nav(_l("My demands"), "demands.own", "person", SIGNED_IN, 40, face="resident"),
    Nav(_l("Answers"), "demands.answers", "help", PUBLIC, 50, face="resident"),
)

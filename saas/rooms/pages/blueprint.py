"""The blueprint of rooms and its places in the rail."""

from __future__ import annotations

from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms.permissions import VIEW
from saas.web.pages import PUBLIC, Pages
from saas.web.shell import Nav

pages = Pages("rooms", __name__.rpartition(".")[0].rpartition(".")[0], plane="tenant")
NAV: tuple[Nav, ...] = (
    Nav(_l("Function rooms"), "rooms.listing", "room", PUBLIC, 30, face="resident"),
    Nav(_l("Function rooms"), "rooms.manage", "room", VIEW, 20),
)

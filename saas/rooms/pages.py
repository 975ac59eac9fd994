"""Pages of the rooms."""

from __future__ import annotations

from saas.web.pages import Pages
from saas.web.shell import Nav

pages = Pages("rooms", __name__, plane="tenant")
NAV: tuple[Nav, ...] = ()

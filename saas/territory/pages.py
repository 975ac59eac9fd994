"""Pages of the unit tree."""

from __future__ import annotations

from saas.web.pages import Pages
from saas.web.shell import Nav

pages = Pages("territory", __name__, plane="tenant")
NAV: tuple[Nav, ...] = ()

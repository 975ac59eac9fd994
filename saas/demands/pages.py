"""Pages of demands."""

from __future__ import annotations

from saas.web.pages import Pages
from saas.web.shell import Nav

pages = Pages("demands", __name__, plane="tenant")
NAV: tuple[Nav, ...] = ()

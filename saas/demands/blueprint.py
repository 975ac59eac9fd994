"""The blueprint of demands."""

from __future__ import annotations

from saas.web.pages import Pages

pages = Pages("demands", __name__.rpartition(".")[0], plane="tenant")
PAGE_SIZE = 20

"""JSON of demands."""

from __future__ import annotations

from saas.web.pages import Pages

pages = Pages("demands_api", __name__, plane="tenant")

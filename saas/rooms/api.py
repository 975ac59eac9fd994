"""JSON of rooms."""

from __future__ import annotations

from saas.web.pages import Pages

pages = Pages("rooms_api", __name__, plane="tenant")

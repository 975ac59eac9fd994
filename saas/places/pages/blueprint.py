"""The blueprint of merchants and walks."""

from __future__ import annotations

from saas.web.pages import Pages

pages = Pages("places", "saas.places", plane="tenant")

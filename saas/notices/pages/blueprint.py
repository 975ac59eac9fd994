"""The blueprint that all pages of the notices share."""

from __future__ import annotations

from saas.web.pages import Pages

pages = Pages("notices", "saas.notices", plane="tenant")

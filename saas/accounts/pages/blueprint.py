"""The blueprint that all pages of people and posts share."""

from __future__ import annotations

from saas.web.pages import Pages

pages = Pages("accounts", "saas.accounts", plane="tenant")

"""The blueprint of rooms."""

from __future__ import annotations

from saas.web.pages import Pages

pages = Pages("rooms", __name__.rpartition(".")[0].rpartition(".")[0], plane="tenant")

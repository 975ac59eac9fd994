"""The one blueprint of the pages of the media ledger."""

from saas.web.pages import Pages

pages = Pages("media", __name__.rpartition(".pages")[0], plane="tenant")

"""The one blueprint of the pages of organisations."""

from saas.web.pages import Pages

pages = Pages("organisations", __name__.rpartition(".pages")[0], plane="tenant")

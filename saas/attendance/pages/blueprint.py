"""The one blueprint of the pages of attendance."""

from saas.web.pages import Pages

pages = Pages("attendance", __name__.rpartition(".pages")[0], plane="tenant")

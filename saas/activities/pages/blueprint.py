"""The one blueprint of the pages of activities."""

from saas.web.pages import Pages

pages = Pages("activities", __name__.rpartition(".pages")[0], plane="tenant")

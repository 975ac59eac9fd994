"""The one blueprint of the pages of visits."""

from saas.web.pages import Pages

pages = Pages("visits", __name__.rpartition(".pages")[0], plane="tenant")

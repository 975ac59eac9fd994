"""The one blueprint of the pages of bookings."""

from saas.web.pages import Pages

pages = Pages("bookings", __name__.rpartition(".pages")[0], plane="tenant")

"""Pages of campaigns."""

from saas.campaigns.pages import office, public
from saas.campaigns.pages.blueprint import pages

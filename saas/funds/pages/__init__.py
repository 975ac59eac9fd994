"""Pages of funds."""

from saas.funds.pages import desk, office, payouts, public
from saas.funds.pages.blueprint import pages

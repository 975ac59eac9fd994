"""Pages of funds."""

from saas.funds.pages import desk, meetings, office, payouts, public, workbook
from saas.funds.pages.blueprint import pages

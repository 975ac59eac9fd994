"""Pages of the media ledger."""

from saas.media.pages import keeping, public, workbook
from saas.media.pages.blueprint import pages

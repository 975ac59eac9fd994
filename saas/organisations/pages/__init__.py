"""Pages of organisations."""

from saas.organisations.pages import linkage, menu, own, public, register, workbook
from saas.organisations.pages.blueprint import pages

"""Pages of activities."""

from saas.activities.pages import public, signing, work
from saas.activities.pages.blueprint import pages

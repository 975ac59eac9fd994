"""Pages of activities."""

from saas.activities.pages import planning, public, signing, work
from saas.activities.pages.blueprint import pages

"""Pages of signing in, and what the doors of districts and hub have in common."""

from saas.signin.pages import own, second, ways
from saas.signin.pages.blueprint import pages

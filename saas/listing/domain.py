"""What the lists give: the pages on which people keep views of them."""

from __future__ import annotations

from saas.kernel.domain import Domain
from saas.listing.pages import pages

DOMAIN = Domain(name="listing", pages=(pages,))

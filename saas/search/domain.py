"""What the search says of itself: its page, and the pages that can be found."""

from __future__ import annotations

from saas.kernel.domain import Domain
from saas.kernel.i18n import lazy_gettext as _l
from saas.search.declared import Finder
from saas.search.finding import find_pages
from saas.search.pages import pages

DOMAIN = Domain(
    name="search",
    pages=(pages,),
    finders=(Finder("pages", _l("Pages and settings"), find_pages, 60),),
)

"""Pages for the district's administrator, and for the operator."""

from saas.hosting.pages import district, operator
from saas.hosting.pages.district import looking_on, pages, support_view
from saas.hosting.pages.operator import pages as hub_pages

"""Pages of attendance."""

from saas.attendance.pages import coming, counting
from saas.attendance.pages.blueprint import pages

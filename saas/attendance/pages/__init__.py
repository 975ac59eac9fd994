"""Pages of attendance."""

from saas.attendance.pages import coming, counting, workbook
from saas.attendance.pages.blueprint import pages

"""Every page of demands, on one blueprint."""

from saas.demands.blueprint import pages as pages
from saas.demands.case import pages as case
from saas.demands.doors.workbook import pages as workbook
from saas.demands.figures import pages as figures
from saas.demands.guides import pages as guides
from saas.demands.intake import pages as intake
from saas.demands.knowledge import pages as knowledge
from saas.demands.settings import pages as settings

"""Pages of demands: residents file and follow, units handle, everybody sees where it stands."""

from saas.demands.pages import answers as answers
from saas.demands.pages import categories as categories
from saas.demands.pages import figures as figures
from saas.demands.pages import filing as filing
from saas.demands.pages import guides as guides
from saas.demands.pages import handling as handling
from saas.demands.pages import importing as importing
from saas.demands.pages import intake as intake
from saas.demands.pages import knowledge as knowledge
from saas.demands.pages import questions as questions
from saas.demands.pages import reports as reports
from saas.demands.pages import settings as settings
from saas.demands.pages import street_times as street_times
from saas.demands.pages import tracking as tracking
from saas.demands.pages import watching as watching
from saas.demands.pages.blueprint import pages

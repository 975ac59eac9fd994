"""Pages of figures and of reports."""

from saas.demands.figures.pages import figures as figures
from saas.demands.figures.pages import reports as reports

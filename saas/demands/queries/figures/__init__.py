"""Figures over demands: counted from the table of demands, each with its records.

What was merged into another demand is the same matter: it is counted once, in the one that goes
on, and apart as a duplicate. So everything received is resolved, declined, ended, withdrawn or
still open, and nothing twice.
"""

from saas.demands.queries.figures.counting import (
    NOTHING,
    Figures,
    Group,
    Line,
    Month,
    Overview,
    Step,
    figures,
    overview,
    table,
)
from saas.demands.queries.figures.cut import (
    MOST_MONTHS,
    Cut,
    month_after,
    this_month,
    unit_in_reach,
    years_with_demands,
)
from saas.demands.queries.figures.dividing import GROUPINGS
from saas.demands.queries.figures.measures import LADDER_MEASURES, MEASURES, STARS
from saas.demands.queries.figures.records import list_records, record_table

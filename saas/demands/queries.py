"""What other domains read of demands."""

from saas.demands.case.models import Demand  # other domains type with it
from saas.demands.case.queries import (
    Stop,
    access_followed,
    chain_of,
    count_all,
    count_by_state,
    counts,
    departments,
    fields_of,
    filed_by,
    forget_ground,
    ground,
    holder_of,
    list_demands,
    lock_demand,
    next_alarm,
    part_for,
    turns_of,
)
from saas.demands.intake.queries import is_filed
from saas.demands.menu.queries import open_leaves
from saas.demands.settings.queries import escalation_levels, times

"""Every write of campaigns: one verb each."""

from saas.campaigns.commands.auction import (
    JOB,
    act_on_lot,
    add_lot,
    bid,
    ring,
    set_alarms_ahead,
    take_paddle,
)
from saas.campaigns.commands.campaigns import (
    Deed,
    Plan,
    act,
    bars_of,
    change,
    draft,
    ensure_office,
    prove,
)
from saas.campaigns.commands.promises import act_on_pledge, issue, promise, stop

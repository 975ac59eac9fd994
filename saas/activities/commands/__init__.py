"""Every write of activities: one verb each."""

from saas.activities.commands.acting import JOB, Deed, act, publish_all, show_numbers
from saas.activities.commands.clockwork import (
    BATCH,
    forget_guests,
    look_at_queues,
    remind,
    repair,
    ring,
    ring_for,
)
from saas.activities.commands.copying import Copied, copy, copyable
from saas.activities.commands.planning import (
    SAID,
    Plan,
    Planned,
    add_date,
    adopt,
    change,
    move,
    plan,
)
from saas.activities.commands.seating import promote
from saas.activities.commands.signing import Answer, Coming, answer, sign_up
from saas.activities.commands.taking_over import Past, PastKind, take_over

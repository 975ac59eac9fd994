"""Every act on a demand, of people and of the clock, and who is notified of it."""

from saas.demands.case.commands.acting import act, keep_photos, level_clock, record, take_over_queue
from saas.demands.case.commands.calling import see_phone
from saas.demands.case.commands.clockwork import (
    BATCH,
    catch_up,
    due_ids,
    repair,
    resident_reached,
    ring,
    ring_for,
)
from saas.demands.case.commands.joint import Deed, deed_from, follow, unfollow

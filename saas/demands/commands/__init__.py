"""Every write of demands: filing, acting, joint handling, and what the clock does."""

from saas.demands.commands.acting import Deed, act, take_over_queue
from saas.demands.commands.clockwork import BATCH, CLOCK, due_ids, repair, ring, ring_for
from saas.demands.commands.filing import Intake, file_demand
from saas.demands.commands.joint import follow, unfollow
from saas.demands.commands.said import deed_from

__all__ = [
    "BATCH",
    "CLOCK",
    "Deed",
    "Intake",
    "act",
    "deed_from",
    "due_ids",
    "file_demand",
    "follow",
    "repair",
    "ring",
    "ring_for",
    "take_over_queue",
    "unfollow",
]

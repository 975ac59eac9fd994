"""Every write of demands: filing, acting, joint handling, and what the clock does."""

from saas.demands.commands.acting import Deed, act, take_over_queue
from saas.demands.commands.booking import book
from saas.demands.commands.clockwork import BATCH, CLOCK, due_ids, repair, ring, ring_for
from saas.demands.commands.entering import enter_demand
from saas.demands.commands.filing import Intake, file_demand
from saas.demands.commands.joint import follow, unfollow

__all__ = [
    "BATCH",
    "CLOCK",
    "Deed",
    "Intake",
    "act",
    "book",
    "due_ids",
    "enter_demand",
    "file_demand",
    "follow",
    "repair",
    "ring",
    "ring_for",
    "take_over_queue",
    "unfollow",
]

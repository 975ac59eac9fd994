"""Every write of demands: filing, acting, joint handling, and what the clock does."""

from saas.demands.commands.acting import Deed, act, take_over_queue
from saas.demands.commands.booking import book
from saas.demands.commands.clockwork import BATCH, CLOCK, due_ids, repair, ring, ring_for
from saas.demands.commands.entering import enter_demand
from saas.demands.commands.filing import Intake, file_demand
from saas.demands.commands.importing import (
    count_fresh,
    drop_import,
    forget_imports,
    import_portion,
    keep_import,
    start_import,
    stop_import,
    submission_of,
)
from saas.demands.commands.joint import follow, unfollow

__all__ = [
    "BATCH",
    "CLOCK",
    "Deed",
    "Intake",
    "act",
    "book",
    "count_fresh",
    "drop_import",
    "due_ids",
    "enter_demand",
    "file_demand",
    "follow",
    "forget_imports",
    "import_portion",
    "keep_import",
    "repair",
    "ring",
    "ring_for",
    "start_import",
    "stop_import",
    "submission_of",
    "take_over_queue",
    "unfollow",
]

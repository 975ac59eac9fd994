"""Pure decisions about demands: what may be done, by whom, when, and what time is left."""

from saas.demands.rules.clock import Clock, Hours, light, paused, resumed, started, stopped
from saas.demands.rules.filing import FILE_LIMIT, FILE_WINDOW, alike, pairs
from saas.demands.rules.knowledge import filled, likeness
from saas.demands.rules.ordering import free_code, moved
from saas.demands.rules.personal import BLOT, personal_data, without_personal_data
from saas.demands.rules.states import (
    CHANNELS,
    DONE,
    LIVING,
    RUNNING,
    STATES,
    TABLE,
    VERBS,
    Cell,
    Facts,
    Windows,
    cell,
    obstacle,
    open_verbs,
)

__all__ = [
    "BLOT",
    "CHANNELS",
    "DONE",
    "FILE_LIMIT",
    "FILE_WINDOW",
    "LIVING",
    "RUNNING",
    "STATES",
    "TABLE",
    "VERBS",
    "Cell",
    "Clock",
    "Facts",
    "Hours",
    "Windows",
    "alike",
    "cell",
    "filled",
    "free_code",
    "light",
    "likeness",
    "moved",
    "obstacle",
    "open_verbs",
    "pairs",
    "paused",
    "personal_data",
    "resumed",
    "started",
    "stopped",
    "without_personal_data",
]

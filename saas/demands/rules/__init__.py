"""Pure decisions about demands: what may be done, by whom, when, and what time is left."""

from saas.demands.rules.clock import Clock, Hours, light, paused, resumed, started, stopped
from saas.demands.rules.filing import FILE_LIMIT, FILE_WINDOW, alike, without_personal_data
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
    "light",
    "obstacle",
    "open_verbs",
    "paused",
    "resumed",
    "started",
    "stopped",
    "without_personal_data",
]

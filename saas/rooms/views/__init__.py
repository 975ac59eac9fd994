"""Rooms as pages show them."""

from saas.rooms.views.rooms import (
    Day,
    Light,
    OpenRoom,
    day_name,
    hours_lines,
    hours_table,
    light_of,
    local_now,
    open_today,
    plan_of,
    status_of,
    typed,
    words_typed,
)

__all__ = [
    "Day",
    "Light",
    "OpenRoom",
    "day_name",
    "hours_lines",
    "hours_table",
    "light_of",
    "local_now",
    "open_today",
    "plan_of",
    "status_of",
    "typed",
    "words_typed",
]

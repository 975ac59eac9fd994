"""Rooms as pages show them."""

from saas.rooms.views.inheriting import (
    grid_typed,
    put_back,
    settings_typed,
    template_typed,
    told,
    told_value,
)
from saas.rooms.views.rooms import (
    Day,
    Light,
    OpenRoom,
    day_name,
    hours_lines,
    hours_table,
    light_of,
    light_of_hours,
    open_today,
    plan_of,
    status_of,
    typed,
    words_typed,
)

"""Every pure decision about rooms, opening hours and what follows the district's library."""

from saas.rooms.rules.hours import (
    Shown,
    Today,
    by_day,
    faults_of_hours,
    runs,
    today,
    week,
)
from saas.rooms.rules.inheriting import (
    CENTRE_FIELDS,
    PLATFORM_FIELDS,
    ROOM_FIELDS,
    differing,
    followed,
    own_after,
)
from saas.rooms.rules.room import (
    CHANGES,
    NEEDS_REASON,
    STATUSES,
    lacking,
    may_change,
)
from saas.rooms.rules.spoken import hours_from_words, hours_in_words

"""Every write of rooms: one verb each."""

from saas.rooms.commands.bulk import (
    Undone,
    forget,
    undo,
)
from saas.rooms.commands.copying import (
    copy_street,
    duplicate_room,
)
from saas.rooms.commands.following import (
    follow,
)
from saas.rooms.commands.grid import (
    Row,
    save_grid,
)
from saas.rooms.commands.library import (
    add_platform_template,
    add_room_template,
    ask_anew,
    call_as_here,
    call_rooms,
    change_centre_template,
    change_template,
    restore_template,
    retire_template,
    shift_template,
)
from saas.rooms.commands.news import tell_streets
from saas.rooms.commands.noting import ensure_hours
from saas.rooms.commands.opening import add_spending, close_for, lift_closure, void_spending
from saas.rooms.commands.planning import (
    answer,
    plan_street,
    take_up,
)
from saas.rooms.commands.premises import end_premises, grant_premises, review_premises
from saas.rooms.commands.rooms import (
    add_room,
    change_room,
    move_room,
    reshape_room,
    set_keeper,
    shift_room,
)
from saas.rooms.commands.running import (
    run_room,
    set_photo,
    set_status,
)
from saas.rooms.commands.settings import (
    set_settings,
)
from saas.rooms.commands.structure import (
    add_platform,
    change_centre,
    change_platform,
    remove_platform,
    set_up_street,
    shift_platform,
)
from saas.rooms.commands.venues import add_venue, change_venue, close_venue, reopen_venue

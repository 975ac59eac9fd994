"""Every write of setting up: the steps, the checklist, going live."""

from saas.onboarding.commands.building import (
    Row,
    add_people,
    add_streets,
    add_units,
    choose_look,
    invite_staff,
    open_rooms,
)
from saas.onboarding.commands.checking import (
    accept_gaps,
    ask_pause,
    go_live,
    mark_step,
    recheck,
    revoke_gap,
    run_checks,
    try_notice,
)

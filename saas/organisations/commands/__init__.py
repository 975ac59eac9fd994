"""Every write of organisations."""

from saas.organisations.commands.acting import JOB, Deed, act
from saas.organisations.commands.clockwork import (
    BATCH,
    ask_alive,
    move_home,
    ring,
    ring_for,
    set_alarms_ahead,
)
from saas.organisations.commands.growing import act_on_plan, add_plan
from saas.organisations.commands.linkage import (
    add_branch,
    add_station,
    add_worker,
    end_worker,
    move_pilot,
    set_pilot,
)
from saas.organisations.commands.records import (
    add_area,
    add_credential,
    add_link,
    add_member,
    add_mentor,
    add_picture,
    add_roll,
    add_session,
    add_sign,
    confirm_session,
    end_link,
    end_mentor,
    end_post,
    join,
    leave_members,
    set_post,
    take_off,
)
from saas.organisations.commands.register import bring_in, change, start

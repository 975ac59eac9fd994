"""Every write of funds: one verb each."""

from saas.funds.commands.custody import add_box, hand_over, open_box, take_over
from saas.funds.commands.gifts import (
    Given,
    account,
    as_shown,
    bank,
    checked,
    confirm,
    ensure_receives,
    next_number,
    note,
    receive,
    refund,
    take_over_gifts,
)
from saas.funds.commands.meetings import (
    act_on,
    attend,
    call,
    leads,
    meeting_bars,
    minute,
    put_on,
    resolve,
    take_off,
    vote,
)
from saas.funds.commands.payouts import (
    Deed,
    Need,
    act,
    ask,
    ask_back,
    bars_of,
    carries,
    parts_of,
    taking,
)
from saas.funds.commands.public import (
    add_line,
    add_source,
    due,
    freeze,
    hang,
    is_whole,
    reserve,
    seat,
    seat_past,
    settle,
    unseat,
)

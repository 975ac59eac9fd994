"""Every write of funds: one verb each."""

from saas.funds.commands.custody import add_box, hand_over, open_box, take_over
from saas.funds.commands.gifts import (
    Given,
    account,
    bank,
    confirm,
    ensure_receives,
    note,
    receive,
    refund,
    take_over_gifts,
)
from saas.funds.commands.payouts import Deed, Need, act, ask, bars_of, parts_of, vote
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

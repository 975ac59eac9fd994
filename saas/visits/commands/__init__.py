"""Every write of visits: one verb each."""

from saas.visits.commands.acting import Deed, act, bars_of, digest_of, reception
from saas.visits.commands.after import (
    add_cost,
    answer_question,
    ask_question,
    forget_guests,
    rate,
    remove_cost,
    set_guests,
)
from saas.visits.commands.asking import Wish, ask, change
from saas.visits.commands.itinerary import StopWish, choose, lay_stop, remove_stop

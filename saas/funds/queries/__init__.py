"""Every read of funds. All totals are sums of entries."""

from saas.funds.queries.cash import (
    banked,
    boxes,
    held,
    opened_on,
    waiting_handover,
)
from saas.funds.queries.common import (
    bases,
    every,
    got,
    organs,
    purposes,
    purposes_used,
    term,
    terms,
)
from saas.funds.queries.gifts import (
    Sum,
    acts_of,
    any_gift,
    begun_on,
    called,
    count,
    gift_by_code,
    gift_names,
    gifts,
    is_moving,
    left_of,
    lots,
    money,
    notes_of,
    numbers_of,
    stands,
    states,
    submitted,
    sums_by,
    uses_of,
)
from saas.funds.queries.moves import gifts_on, moves, waiting_gifts
from saas.funds.queries.payouts import (
    cover_of,
    member_of,
    members,
    payout_acts,
    payout_by_code,
    payout_called,
    payout_names,
    payouts,
    resolution_of,
    resolutions,
    stories,
    tied,
    untold,
    votes_on,
    waiting,
)
from saas.funds.queries.public import (
    disclosure,
    disclosures,
    lines,
    promises,
    sources,
    told_between,
)
from saas.funds.rules import NOTHING, Money

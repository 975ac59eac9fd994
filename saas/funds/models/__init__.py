"""Tables of funds."""

from saas.funds.models.gifts import (
    Account,
    Act,
    Basis,
    Box,
    Donor,
    Entry,
    Gift,
    Handover,
    Note,
    Opening,
    Organ,
    Purpose,
    Term,
)
from saas.funds.models.meetings import Earlier, Item, Meeting, MeetingAct, Present
from saas.funds.models.payouts import (
    Member,
    Payout,
    PayoutAct,
    Posting,
    Resolution,
    Story,
    Use,
    Vote,
)
from saas.funds.models.sources import BudgetLine, Disclosure, Source

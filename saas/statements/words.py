"""Kinds, states, faults and what stands in the way, in words."""

from __future__ import annotations

from typing import Any, Final

from saas import sheets
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices.words import declare

CLOSED = declare(
    "statements.closed", title=_l("A month of the host's statement is closed: %(month)s"),
    icon="organisation", group=_l("Funds"),
)  # fmt: skip
KIND: Final = {
    "slip": _l("Gifts of one slip"), "gift": _l("One gift by bank"), "payout": _l("Payout"),
    "refund": _l("Gift given back"), "fee": _l("Fee of the bank"),
    "interest": _l("Interest of the bank"), "other": _l("Not explained"),
}  # fmt: skip
STATE: Final = {
    "open": ("waiting", _l("not reconciled yet")), "closed": ("good", _l("reconciled")),
}  # fmt: skip
BAR: Final = {
    "before": _l("The month before is not closed yet."),
    "lines": _l("Not every line is explained."),
    "things": _l("Something of the book is missing at the bank: say of it that it is on its way."),
    "own": _l("You have worked on this month: somebody else closes it."),
}
FILE: Final[dict[str, Any]] = {
    **sheets.FILE,
    "no_heading": _l("This is no statement: the headings for day and balance are missing."),
    "no_rows": _l("There is no filled-in row."),
    "rows": _l("At most 1,000 lines a month."),
}
CELL: Final[dict[str, Any]] = {
    **sheets.CELL,
    "no_amount": _l("is no amount: yuan with at most two places, like 12.50"),
    "negative": _l("is below 0: what goes out stands in its own column"),
    "one_way": _l("A line comes in or goes out: fill in one of the two columns"),
    "unfollowed": _l("does not follow from the balance before it and the amount"),
    "other_month": _l("lies in another month than the statement"),
    "there": _l("was read with another statement already"),
    "sum": _l("The lines do not lead from the first balance to this one."),
}
HEADS: Final = {
    "number": _l("Line"), "on": _l("Day"), "kind": _l("What it is"), "key": _l("Reference"),
    "amount": _l("Yuan"), "balance": _l("Balance"), "reverses": _l("Thing of the book"),
    "reason": _l("Note"),
}  # fmt: skip

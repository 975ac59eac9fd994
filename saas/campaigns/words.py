"""States, verbs and refusals in words."""

from __future__ import annotations

from typing import Final

from saas import casework
from saas.casework import Verb
from saas.funds import words as funds
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices.words import Kind, declare

BESIDE: Final = funds.BESIDE
MOVED: Final = declare("campaigns.moved", title=_l("Campaign moved on: %(code)s"), icon="flag",
                       group=_l("Funds"))  # fmt: skip
OUTBID: Final = declare(
    "campaigns.outbid", title=_l("Somebody bid more than you: %(what)s"),
    text=_l("It stands at %(price)s yuan now."), icon="flag", group=_l("Funds"), urgent=True,
)  # fmt: skip
WON: Final = declare(
    "campaigns.won", title=_l("You won: %(what)s"),
    text=_l("Pay %(price)s yuan at the desk; the page says until when."), icon="flag",
    group=_l("Funds"), urgent=True,
)  # fmt: skip
_ROWS: Final[tuple[Verb[Kind], ...]] = (
    Verb(code="draft", done=_l("Written as a draft"), tone="waiting"),
    Verb(code="check", done=_l("Every proof seen by a second person"),
         do=_l("I have seen every proof"), icon="check", tone="good", fact=MOVED),
    Verb(code="publish", done=_l("Made public"), do=_l("Make it public"), icon="flag", tone="good",
         fact=MOVED),
    Verb(code="end", done=_l("Gifts are no longer taken"), do=_l("End the campaign"), icon="check",
         tone="done", fact=MOVED),
    Verb(code="account", done=_l("Accounted for"), do=_l("Account for it"), icon="check",
         tone="done", ask=_l("What was done with it, and what happens with the rest? Everybody"
                             " reads it."), fact=MOVED),
    Verb(code="cancel", done=_l("Given up"), do=_l("Give it up"), icon="close", tone="late",
         ask=_l("Why? The office reads it."), fact=MOVED),
)  # fmt: skip
VERBS: Final = {row.code: row for row in _ROWS}
STATE: Final = {
    "draft": ("waiting", _l("draft")), "checked": ("planned", _l("proofs checked")),
    "published": ("good", _l("gifts are taken")), "ended": ("warn", _l("to be accounted for")),
    "accounted": ("done", _l("accounted for")), "cancelled": ("ended", _l("not pursued")),
}  # fmt: skip
OBSTACLE: Final = {
    "state": casework.NOT_NOW,
    "own": _l("You have written it: somebody else must look at the proofs."),
    "over": _l("Its last day is over."),
    "bidding": _l("A lot is still bid for, or not paid yet."),
    "moving": _l("Some of its gifts are not with the host yet."),
}  # fmt: skip
MISSING: Final = {"reason": _l("Write it down.")}
LOT: Final = {
    "listed": ("planned", _l("not open yet")), "open": ("good", _l("open for bids")),
    "sold": ("warn", _l("to be paid at the desk")), "unsold": ("ended", _l("nobody bid")),
    "paid": ("waiting", _l("paid, to be handed over")), "handed": ("done", _l("handed over")),
}  # fmt: skip
PLEDGE: Final = {
    "contract": _l("a share by contract (no gift)"),
    "shop": _l("a shop, every month"),
    "citizen": _l("somebody, once"),
}
LOT_ACT: Final = ("bid", "void", "pay", "hand")
PLEDGE_ACT: Final = ("declare", "receive", "link", "end")

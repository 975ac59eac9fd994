"""States, verbs, ways and refusals in words."""

from __future__ import annotations

from typing import Final

from saas import casework
from saas.casework import Verb
from saas.funds import rules
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices.words import Kind, declare

#: Stands on every page and every file that shows money.
BESIDE: Final = _l(
    "This is a supporting book beside the statutory ones; the books of the host and of the"
    " government decide."
)


def _kind(name: str, title: object) -> Kind:
    return declare(f"funds.{name}", title=title, icon="organisation", group=_l("Funds"))


PAYOUT = _kind("payout", _l("Payout of the fund moved on: %(code)s"))
#: What members are told.
MEET: Final = declare(
    "funds.meet", title=_l("The committee meets on %(day)s at %(hour)s"),
    text=_l("Place: %(place)s. Look at the agenda before."), icon="people", group=_l("Funds"),
    urgent=True,
)  # fmt: skip
WRITE: Final = declare(
    "funds.write", title=_l("The committee votes in writing until %(day)s"), icon="people",
    group=_l("Funds"), urgent=True,
)  # fmt: skip
OFF: Final = declare(
    "funds.off", title=_l("The committee does not meet on %(day)s"), icon="people",
    group=_l("Funds"), urgent=True,
)  # fmt: skip
DISCLOSED = _kind("disclosed", _l("A sheet of the fund was published: %(code)s"))

_ROWS: Final[tuple[Verb[Kind], ...]] = (
    Verb(code="ask", done=_l("Money asked for"), tone="waiting", fact=PAYOUT),
    Verb(code="resolve", done=_l("Decided by the committee"), do=_l("Write down the resolution"),
         icon="check", tone="good", fact=PAYOUT),
    Verb(code="check", done=_l("Checked by the supervisor"), do=_l("I have checked it"),
         icon="check", tone="good", fact=PAYOUT),
    Verb(code="send", done=_l("Sent by the host"), do=_l("The host has sent it"), icon="check",
         tone="good", fact=PAYOUT),
    Verb(code="post", done=_l("Posted, gifts cover it"), do=_l("Post it"), icon="check",
         tone="done", may=("reference",), fact=PAYOUT),
    Verb(code="tell", done=_l("Told what it did"), do=_l("Say what it did"), icon="edit",
         tone="done", ask=_l("What did the money do? No names."), may=("heads",), fact=PAYOUT),
    Verb(code="return", done=_l("Not paid"), do=_l("Do not pay it"), icon="close", tone="late",
         ask=_l("Why is it not paid?"), fact=PAYOUT),
)  # fmt: skip
VERBS: Final = {row.code: row for row in _ROWS}
_MEETING: Final[tuple[Verb[Kind], ...]] = (
    Verb(code="call", done=_l("Meeting called"), tone="waiting"),
    Verb(code="begin", done=_l("Meeting begun"), do=_l("Begin the meeting"), icon="check",
         tone="good"),
    Verb(code="close", done=_l("Meeting closed"), do=_l("Close the meeting"), icon="flag",
         tone="done"),
    Verb(code="call_off", done=_l("Meeting called off"), do=_l("Call the meeting off"),
         icon="close", tone="late", ask=_l("Why does it not take place?")),
)  # fmt: skip
MEETING_VERBS: Final = {row.code: row for row in _MEETING}
MEETING_STATE: Final = {
    "planned": ("planned", _l("to come")), "held": ("warn", _l("votes are cast now")),
    "closed": ("done", _l("closed, with minutes")), "called_off": ("ended", _l("called off")),
}  # fmt: skip
STATE: Final = {
    "asked": ("waiting", _l("waits for the committee")),
    "resolved": ("waiting", _l("waits for the supervisor")),
    "checked": ("waiting", _l("waits to be sent")), "sent": ("waiting", _l("waits to be posted")),
    "posted": ("good", _l("paid out")), "returned": ("late", _l("not paid")),
}  # fmt: skip
GIFT_STATE: Final = {
    "held": ("warn", _l("in cash with the keeper")),
    "banked": ("waiting", _l("at the bank, not yet confirmed")),
    "confirmed": ("good", _l("in the fund")),
    "reversed": ("late", _l("given back")),
}
OBSTACLE: Final = {
    "state": casework.NOT_NOW,
    "empty": _l("Nothing is on the agenda yet."),
    "other_day": _l("It begins on its day: call it off, and call another one."),
    "unwritten": _l("Write down the resolutions first: some items are carried."),
    "still_voting": _l("Some members can still vote until its last day."),
    "no_meeting": _l("It is decided at a meeting: put it on an agenda."),
    "given_back": _l("It gave a gift back: there is nothing to tell."),
    "no_quorum": _l("The committee cannot decide yet: more than half of its members must vote, and"
                    " it must be odd and large enough."),
    "not_carried": _l("The votes do not carry it."),
    "own": _l("Who asked for the money neither checks nor sends it."),
    "checked_by_you": _l("You have checked it; somebody else must send it."),
    "not_covered": _l("The gifts for this purpose do not cover it to the fen."),
}  # fmt: skip
MISSING: Final = {"reason": _l("Write it down.")}
WAY: Final = {
    "point": _l("at a donation point"), "box": _l("in a box"), "event": _l("at an event"),
    "bank": _l("by bank"),
}  # fmt: skip
SHOWN: Final = {
    "anonymous": _l("show nothing"),
    "initial": _l("show the first sign of the name"),
    "name": _l("show the name"),
}
SEAT: Final = {
    "chair": _l("chair"), "member": _l("member"), "supervisor": _l("supervisor"),
}  # fmt: skip
ORGAN: Final = {
    "committee": _l("Committee"), "space": _l("Spaces"), "platform": _l("Platforms of the fund"),
}  # fmt: skip
VOTE: Final = {
    "yes": _l("for it"), "no": _l("against it"), "abstain": _l("abstained"),
    "recused": _l("stepped aside"),
}  # fmt: skip
#: What a member says who has nothing to do with who is paid.
CAST: Final = {
    "yes": _l("no, and I am for it"), "no": _l("no, and I am against it"),
    "abstain": _l("no, and I abstain"),
}  # fmt: skip
KIND: Final = {
    "receive": _l("Gift"), "bank": _l("Brought to the bank"),
    "confirm": _l("Confirmed by the host"),
    "refund": _l("Given back"), "handover": _l("Handed over"), "payout": _l("Paid out"),
    "line": _l("Divided up"), "reserve": _l("Promised"), "pay": _l("Paid"),
    "release": _l("Promise released"),
}  # fmt: skip
HEADS: Final = {
    "number": _l("Entry"), "on": _l("Day"), "kind": _l("What"), "key": _l("Key"),
    "amount": _l("Yuan"), "balance": _l("Balance"), "reverses": _l("Takes back"),
    "reason": _l("Reason"),
}  # fmt: skip
TERM: Final = {
    "members_least": _l("Seats of the committee at least"),
    "cash_days": _l("Days until cash is banked"),
    "disclose_months": _l("Months between two sheets"),
    "tell_days": _l("Days until it is told what a payout did"),
    "openings_year": _l("Openings of a box a year at least"),
    "unpaid": _l("Seats are unpaid"),
    "bid_minutes": _l("Minutes by which a late bid extends"),
    "bid_extensions": _l("Extensions of a lot at most"),
    "pay_hours": _l("Hours until a lot is paid"),
    "pledge_share": _l("A share by contract is no gift"),
    "match_days": _l("Days between book and bank"),
}
COIN: Final = {coin: f"{coin / 100:g}" for coin in rules.COINS}

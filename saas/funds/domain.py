"""What funds say of themselves."""

from __future__ import annotations

from saas.funds import api, lists, measures, pages, queries, words
from saas.funds.books import SEALED
from saas.funds.cards import CARDS
from saas.funds.finders import FINDERS
from saas.funds.package import part as package_part
from saas.funds.permissions import MANAGE, RECEIVE
from saas.kernel.domain import Area, Domain, Nav, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="funds",
    books=SEALED,
    cards=CARDS,
    pages=(pages.pages,),
    api=(api.routes,),
    finders=FINDERS,
    lists=(lists.GIFTS, lists.PAYOUTS),
    measures=measures.MEASURES,
    counted=_l("Money in the open"),
    nav=(
        Nav(_l("Gifts and cash"), "funds.desk", "fund", RECEIVE, 29, "society"),
        Nav(_l("Payouts"), "funds.payouts", "fund", MANAGE, 31, "society"),
    ),
    permissions=(
        Area("funds", _l("Funds"), {
            RECEIVE: _l("receive gifts and hold cash"), MANAGE: _l("run the fund"),
        }),
    ),
    audit={
        **{f"funds.{verb.code}": _l("Payout: %(did)s", did=verb.done)
           for verb in words.VERBS.values()},
        **{f"funds.{verb.code}": verb.done for verb in words.MEETING_VERBS.values()},
        "funds.put_on": _l("Item put on the agenda of the committee"),
        "funds.take_off": _l("Item taken off the agenda of the committee"),
        "funds.attend": _l("Written down who is at a meeting of the committee"),
        "funds.minute": _l("Minutes of the committee written"),
        "funds.receive": _l("Gift received"),
        "funds.take_over_gifts": _l("Gifts of the past taken over"),
        "funds.bank": _l("Gift brought to the bank"),
        "funds.confirm": _l("Gift confirmed by the host"),
        "funds.refund": _l("Gift given back"),
        "funds.note": _l("Explanation added to an entry"),
        "funds.add_box": _l("Box set up"),
        "funds.open_box": _l("Box opened by two people"),
        "funds.hand_over": _l("Cash offered to another"),
        "funds.take_over": _l("Cash accepted from another"),
        "funds.decline": _l("Cash not accepted"),
        "funds.vote": _l("Member of the committee voted"),
        "funds.seat": _l("Seat of the committee taken"),
        "funds.unseat": _l("Seat of the committee left"),
        "funds.add_source": _l("Source of public money entered"),
        "funds.add_line": _l("Source divided"),
        "funds.reserve": _l("Public money promised"),
        "funds.pay": _l("Public money paid"),
        "funds.release": _l("Promise of public money released"),
        "funds.disclose": _l("Sheet of the fund published"),
        "funds.hang": _l("Sheet of the fund hung up"),
    },
    things={
        "gift": Thing(_l("Gift"), linked(queries.gift_names, "funds.gift", RECEIVE),
                      ("funds.gifts", RECEIVE)),
        "payout": Thing(_l("Payout"), linked(queries.payout_names, "funds.payout", MANAGE),
                        ("funds.payouts", MANAGE)),
        "meeting": Thing(_l("Meeting of the committee"),
                         linked(queries.meeting_names, "funds.meeting", MANAGE),
                         ("funds.payouts", MANAGE)),
        "box": Thing(_l("Box"), page=("funds.desk", RECEIVE)),
        "handover": Thing(_l("Hand-over"), page=("funds.desk", RECEIVE)),
        "committee_member": Thing(_l("Seat of the committee"), page=("funds.payouts", MANAGE)),
        "source": Thing(_l("Source"), page=("funds.payouts", MANAGE)),
        "disclosure": Thing(_l("Sheet of the fund"), page=("funds.sheets", MANAGE)),
        "fund": Thing(_l("Fund"), page=("funds.payouts", MANAGE)),
    },
    part=package_part.PART,
)  # fmt: skip

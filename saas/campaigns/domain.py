"""What campaigns say of themselves."""

from __future__ import annotations

from saas.campaigns import api, forms, jobs, lists, measures, pages, queries, reactions, words
from saas.campaigns.cards import CARDS
from saas.campaigns.finders import CAMPAIGNS
from saas.catalogue.audited import actions_of, thing_of
from saas.funds.permissions import MANAGE
from saas.kernel.domain import Domain, Nav, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.web.pages import PUBLIC

DOMAIN = Domain(
    name="campaigns",
    cards=CARDS,
    pages=(pages.pages,),
    api=(api.routes,),
    finders=(CAMPAIGNS,),
    lists=(lists.CAMPAIGNS, lists.PLEDGES),
    measures=measures.MEASURES,
    background=(jobs, reactions),
    nav=(
        Nav(_l("Campaigns"), "campaigns.every", "flag", MANAGE, 30, "society"),
        Nav(_l("Give"), "campaigns.shown", "fund", PUBLIC, 54, face="resident"),
    ),
    audit={
        **{f"campaigns.{verb.code}": _l("Campaign: %(did)s", did=verb.done)
           for verb in words.VERBS.values()},
        **actions_of(forms.POINTS),
        "campaigns.change": _l("Draft of a campaign changed"),
        "campaigns.prove": _l("Proofs of a campaign written down"),
        "campaigns.add_lot": _l("Lot added"),
        "campaigns.take_paddle": _l("Number to bid by given"),
        "campaigns.bid": _l("Bid"),
        "campaigns.void": _l("Bid made void"),
        "campaigns.pay": _l("Lot paid at the desk"),
        "campaigns.unpay": _l("Price of a lot given back: it is to be paid again"),
        "campaigns.hand": _l("Lot handed over"),
        "campaigns.issue": _l("Card of a fundraiser issued"),
        "campaigns.stop": _l("Card of a fundraiser stopped"),
        "campaigns.promise": _l("Pledge written down"),
        "campaigns.declare": _l("Turnover declared"),
        "campaigns.receive": _l("Share by contract came"),
        "campaigns.link": _l("Gift counted for a pledge"),
        "campaigns.end_pledge": _l("Pledge ended"),
    },
    things={
        "campaign": Thing(_l("Campaign"), linked(queries.names, "campaigns.record", MANAGE),
                          ("campaigns.every", MANAGE)),
        "lot": Thing(_l("Lot"), linked(queries.lot_names, "campaigns.lot", PUBLIC),
                     ("campaigns.every", MANAGE)),
        "donation_point": thing_of(forms.POINTS, MANAGE, "campaigns.points"),
        "paddle": Thing(_l("Number to bid by"), page=("campaigns.every", MANAGE)),
        "fundraiser": Thing(_l("Fundraiser"), page=("campaigns.cards", MANAGE)),
        "pledge": Thing(_l("Pledge"), linked(queries.pledge_names, "campaigns.pledge", MANAGE),
                        ("campaigns.pledges", MANAGE)),
    },
)  # fmt: skip

"""What visits say of themselves."""

from __future__ import annotations

from saas.kernel.domain import Area, Domain, Nav, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.visits import api, jobs, lists, measures, pages, queries, words
from saas.visits.cards import CARDS
from saas.visits.finders import VISITS
from saas.visits.package import part as package_part
from saas.visits.permissions import HANDLE

DOMAIN = Domain(
    name="visits",
    cards=CARDS,
    pages=(pages.pages,),
    api=(api.routes,),
    finders=(VISITS,),
    lists=(lists.VISITS,),
    measures=measures.MEASURES,
    counted=_l("Visitors, and what was reported"),
    nav=(
        Nav(_l("Visits"), "visits.week", "organisation", HANDLE, 27, "society"),
    ),
    permissions=(Area("visits", _l("Visits"), {HANDLE: _l("receive delegations")}),),
    audit={
        **{f"visits.{verb.code}": _l("Visit: %(did)s", did=verb.done)
           for verb in words.VERBS.values()},
        "visits.add_stop": _l("Stop of a visit added"),
        "visits.change_stop": _l("Stop of a visit changed"),
        "visits.remove_stop": _l("Stop of a visit left out"),
        "visits.choose": _l("Guests chose their stop"),
        "visits.set_guests": _l("Guests of a visit written down"),
        "visits.add_cost": _l("Cost of a visit added"),
        "visits.remove_cost": _l("Cost of a visit taken out"),
        "visits.ask_question": _l("Guests asked a question"),
        "visits.answer_question": _l("Question of guests answered"),
        "visits.rate": _l("Guests said how useful it was"),
    },
    things={
        "visit": Thing(
            _l("Visit"), linked(queries.names, "visits.show", HANDLE), ("visits.listing", HANDLE)
        ),
    },
    part=package_part.PART,
    background=(jobs,),
)  # fmt: skip

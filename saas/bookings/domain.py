"""What bookings say of themselves."""

from __future__ import annotations

from saas.bookings import api, jobs, lists, measures, pages, queries, words
from saas.bookings.cards import CARDS
from saas.bookings.finders import BOOKINGS
from saas.bookings.package import part as package_part
from saas.bookings.permissions import HANDLE, SEE
from saas.kernel.domain import Area, Domain, Nav, Setting, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.web.pages import SIGNED_IN

DOMAIN = Domain(
    name="bookings",
    cards=CARDS,
    pages=(pages.pages,),
    api=(api.routes,),
    finders=(BOOKINGS,),
    lists=(lists.BOOKINGS,),
    measures=measures.MEASURES,
    nav=(
        Nav(_l("Bookings"), "bookings.week", "clock", SEE, 21, "rooms"),
        Nav(_l("My bookings"), "bookings.own", "clock", SIGNED_IN, 32, face="resident"),
    ),
    settings=(
        Setting(
            _l("Terms of bookings"),
            "bookings.terms",
            _l("Who may book which room, how long, and who approves"),
            "look",
            25,
        ),
    ),
    permissions=(
        Area("bookings", _l("Bookings"), {HANDLE: _l("book for others and decide")}),
    ),
    audit={
        **{f"bookings.{verb.code}": _l("Booking: %(did)s", did=verb.done)
           for verb in words.VERBS.values()},
        "bookings.set_terms": _l("Terms of a room set"),
        "bookings.follow_model": _l("Terms of a room as the model has them"),
    },
    things={
        "booking": Thing(
            _l("Booking"), linked(queries.names, "bookings.show", SEE), ("bookings.listing", SEE)
        ),
    },
    part=package_part.PART,
    background=(jobs,),
)  # fmt: skip

"""What volunteers say of themselves."""

from __future__ import annotations

from saas.activities.permissions import HANDLE, SEE
from saas.kernel.domain import Domain, Nav, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.volunteers import api, lists, measures, pages, queries, reactions
from saas.volunteers.books import BOOK
from saas.volunteers.cards import CARDS
from saas.web.pages import PUBLIC

DOMAIN = Domain(
    name="volunteers",
    pages=(pages.pages,),
    api=(api.routes,),
    cards=CARDS,
    measures=measures.MEASURES,
    books=(BOOK,),
    lists=(lists.SERVICES, lists.ROLL),
    nav=(
        Nav(_l("Volunteers"), "volunteers.services", "heart", SEE, 24, "rooms"),
        Nav(_l("Help out"), "volunteers.wanted", "heart", PUBLIC, 45, face="resident"),
    ),
    audit={
        "volunteers.join": _l("Volunteer on the roll"),
        "volunteers.leave": _l("Volunteer off the roll"),
        "volunteers.ask": _l("Help asked for at a session"),
        "volunteers.call_off": _l("Help called off"),
        "volunteers.take": _l("Shift taken"),
        "volunteers.give_up": _l("Shift given up"),
        "volunteers.verify": _l("Hours of a volunteer verified"),
        "volunteers.take_back": _l("Hours of a volunteer taken back"),
        "volunteers.take_over": _l("Hours of the past taken over from paper"),
        "volunteers.doubt": _l("Hours doubted by a volunteer"),
        "volunteers.certify": _l("Certificate of hours made"),
    },
    things={
        "volunteer": Thing(_l("Volunteer"), page=("volunteers.roll", HANDLE)),
        "shift": Thing(
            _l("Shift"), linked(queries.names, "volunteers.helpers", SEE),
            ("volunteers.services", SEE),
        ),
    },
    background=(reactions,),
)  # fmt: skip

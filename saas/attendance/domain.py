"""What attendance says of itself."""

from __future__ import annotations

from saas.attendance import api, measures, pages
from saas.attendance.books import BOOK
from saas.attendance.cards import CARDS
from saas.kernel.domain import Domain
from saas.kernel.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="attendance",
    pages=(pages.pages,),
    api=(api.routes,),
    cards=CARDS,
    measures=measures.MEASURES,
    books=(BOOK,),
    audit={
        "attendance.count": _l("People counted at a session"),
        "attendance.take_over": _l("Attendance of the past taken over from paper"),
        "attendance.import": _l("Sessions of the past taken over from a workbook"),
        "attendance.take_back": _l("Mark of attendance taken back"),
    },
)

"""What the media ledger says of itself."""

from __future__ import annotations

from saas.catalogue.audited import actions_of, thing_of
from saas.kernel.domain import Area, Domain, Nav, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.media import api, lists, measures, pages, queries
from saas.media.finders import COVERAGES
from saas.media.forms import OUTLETS
from saas.media.permissions import KEEP

DOMAIN = Domain(
    name="media",
    pages=(pages.pages,),
    api=(api.routes,),
    finders=(COVERAGES,),
    lists=(lists.COVERAGES,),
    measures=measures.MEASURES,
    nav=(
        Nav(_l("Media ledger"), "media.listing", "notice", KEEP, 28, "society"),
    ),
    permissions=(Area("media", _l("Media"), {KEEP: _l("keep the media ledger and public pages")}),),
    audit={
        **actions_of(OUTLETS),
        "media.add_coverage": _l("Item of the media added"),
        "media.change_coverage": _l("Item of the media changed"),
        "media.set_link": _l("Link of an item looked at"),
        "media.import": _l("Media ledger taken over from a workbook"),
    },
    things={
        "coverage": Thing(
            _l("Item of the media"), linked(queries.names, "media.edit", KEEP),
            ("media.listing", KEEP),
        ),
        "outlet": thing_of(OUTLETS, KEEP, "media.outlets"),
    },
)  # fmt: skip

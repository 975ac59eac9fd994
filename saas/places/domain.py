"""What merchants and walks say of themselves."""

from __future__ import annotations

from saas.catalogue.audited import actions_of, thing_of
from saas.kernel.domain import Domain, Nav, Setting, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.places import api, lists, measures, pages, queries
from saas.places.cards import CARDS
from saas.places.finders import FINDERS
from saas.places.forms import KINDS
from saas.places.permissions import CONFIGURE, SETTINGS
from saas.web.pages import PUBLIC

_MERCHANTS, _ROUTES = ("places.merchants", CONFIGURE), ("places.routes", CONFIGURE)
DOMAIN = Domain(
    name="places",
    cards=CARDS,
    pages=(pages.pages,),
    api=(api.routes,),
    finders=FINDERS,
    lists=(lists.MERCHANTS, lists.ROUTES),
    measures=measures.MEASURES,
    nav=(
        Nav(_l("Walks and shops"), "places.routes", "place", CONFIGURE, 26, "society"),
        Nav(_l("Walks"), "places.walks", "place", PUBLIC, 46, face="resident"),
    ),
    settings=(
        Setting(
            _l("Kinds of merchants"),
            "places.kinds",
            _l("What residents choose merchants by"),
            "look",
            25,
        ),
    ),
    audit={
        **actions_of(KINDS),
        "places.add_merchant": _l("Merchant added"),
        "places.change_merchant": _l("Merchant changed"),
        "places.check_merchant": _l("Merchant looked at again"),
        "places.retire_merchant": _l("Merchant retired"),
        "places.restore_merchant": _l("Merchant brought back"),
        "places.add_route": _l("Walk added"),
        "places.change_route": _l("Walk changed"),
        "places.publish_route": _l("Walk published"),
        "places.withdraw_route": _l("Walk withdrawn"),
        "places.add_stop": _l("Stop of a walk added"),
        "places.change_stop": _l("Stop of a walk changed"),
        "places.move_stop": _l("Stop of a walk moved"),
        "places.remove_stop": _l("Stop of a walk removed"),
        "places.undo_stops": _l("Change of stops taken back"),
    },
    things={
        "merchant": Thing(
            _l("Merchant"), linked(queries.merchants, "places.edit_merchant", CONFIGURE), _MERCHANTS
        ),
        "route": Thing(_l("Walk"), linked(queries.routes, "places.stops", CONFIGURE), _ROUTES),
        "merchant_kind": thing_of(KINDS, SETTINGS, "places.kinds"),
    },
)

"""What the unit tree says of itself."""

from __future__ import annotations

from saas.kernel.domain import Area, Domain, Nav, Seed, Setting, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory import api, finders, measures, pages, queries
from saas.territory.lists import UNITS_LIST
from saas.territory.package import part as package_part
from saas.territory.permissions import EDIT, VIEW

DOMAIN = Domain(
    name="territory",
    finders=(finders.UNITS,),
    lists=(UNITS_LIST,),
    pages=(pages.pages,),
    api=(api.routes,),
    nav=(Nav(_l("Units"), "territory.tree", "territory", VIEW, 70, "places"),),
    settings=(
        Setting(
            _l("Ladders"), "territory.ladders", _l("The levels a demand climbs"), "demands", 20
        ),
    ),
    permissions=(Area("territory", _l("Units"), {VIEW: _l("see"), EDIT: _l("change")}),),
    audit={
        "territory.add": _l("Unit added"),
        "territory.rename": _l("Unit renamed"),
        "territory.move": _l("Unit moved"),
        "territory.merge": _l("Unit merged into another"),
        "territory.retire": _l("Unit taken out of use"),
        "territory.restore": _l("Unit brought back"),
    },
    things={
        "unit": Thing(
            _l("Unit"), linked(queries.named, "territory.show", VIEW), ("territory.tree", VIEW)
        ),
    },
    part=package_part.PART,
    measures=measures.MEASURES,
    counted=_l("The district and its places"),
    seeds=(Seed("territory", package_part.seed, 20),),
)

"""What signing in says of itself."""

from __future__ import annotations

from saas.kernel.domain import Domain
from saas.kernel.i18n import lazy_gettext as _l
from saas.signin import jobs, pages, queries

DOMAIN = Domain(
    name="signin",
    pages=(pages.pages,),
    audit={
        "signin.add": _l("Second step set up"),
        "signin.remove": _l("Way of the second step removed"),
        "signin.codes": _l("Codes for the second step printed"),
        "signin.off": _l("Second step turned off"),
    },
    background=(jobs,),
    usage={"seen": queries.last_seen},
)

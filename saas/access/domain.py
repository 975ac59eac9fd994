"""What getting in says of itself."""

from __future__ import annotations

from saas.access import pages
from saas.accounts.permissions import MANAGE
from saas.kernel.domain import Domain, Thing
from saas.kernel.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="access",
    pages=(pages.pages,),
    audit={
        "access.confirm": _l("Registration confirmed"),
        "access.refuse": _l("Registration refused"),
    },
    things={"registration": Thing(_l("Registration"), page=("access.registrations", MANAGE))},
)

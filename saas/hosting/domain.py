"""What district and operator have to do with each other, said by itself."""

from __future__ import annotations

from saas.accounts.permissions import SETTINGS
from saas.hosting import jobs, pages
from saas.kernel.domain import Domain, Setting, Thing
from saas.kernel.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="hosting",
    pages=(pages.pages, pages.hub_pages),
    settings=(
        Setting(
            _l("Support view"),
            "hosting.support",
            _l("Let the operators of the service look in"),
            "people",
            60,
        ),
    ),
    audit={
        "hosting.grant_support": _l("Operators let in to look"),
        "hosting.enter_support": _l("An operator came in to look"),
        "hosting.leave_support": _l("An operator left"),
        "hosting.withdraw_support": _l("Support view ended"),
        "hosting.support_ran_out": _l("Support view ran out"),
    },
    things={"support": Thing(_l("Support view"), page=("hosting.support", SETTINGS))},
    background=(jobs,),
)

"""What setting a district up from a workbook says of itself."""

from __future__ import annotations

from saas.kernel.domain import Domain, Nav, Thing
from saas.kernel.i18n import lazy_gettext as _l
from saas.onboarding.permissions import SETTINGS
from saas.onboarding.workbook import jobs, pages

DOMAIN = Domain(
    name="onboarding.workbook",
    pages=(pages.pages,),
    nav=(Nav(_l("Import"), "setup_import.workbook", "upload", SETTINGS, 88, "settings"),),
    audit={
        "onboarding.import": _l("Workbook taken over"),
        "onboarding.export": _l("Present state taken out as a workbook"),
        "onboarding.divisions": _l("Official division list taken over"),
    },
    things={"setup": Thing(_l("Setting up"), page=("setup_import.workbook", SETTINGS))},
    background=(jobs,),
)

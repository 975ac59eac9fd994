"""What setting a district up from a workbook says of itself."""

from __future__ import annotations

from saas.kernel.domain import Domain, Nav, Setting, Thing
from saas.kernel.i18n import lazy_gettext as _l
from saas.onboarding.permissions import SETTINGS
from saas.onboarding.workbook import jobs, pages

DOMAIN = Domain(
    name="onboarding.workbook",
    pages=(pages.pages,),
    nav=(Nav(_l("Import"), "setup_import.workbook", "upload", SETTINGS, 88, "settings"),),
    settings=(
        Setting(
            _l("Import"),
            "setup_import.workbook",
            _l("Units, people and rooms as Excel"),
            "model",
            20,
        ),
        Setting(
            _l("Official division list"),
            "setup_import.divisions",
            _l("Official codes"),
            "model",
            30,
        ),
    ),
    audit={
        "onboarding.import": _l("Workbook taken over"),
        "onboarding.export": _l("Present state taken out as a workbook"),
        "onboarding.divisions": _l("Official division list taken over"),
    },
    things={"setup": Thing(_l("Setting up"), page=("setup_import.workbook", SETTINGS))},
    background=(jobs,),
)

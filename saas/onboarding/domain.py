"""What bringing a district in says of itself."""

from __future__ import annotations

from saas.kernel.domain import Domain, Nav, Setting, Thing
from saas.kernel.i18n import lazy_gettext as _l
from saas.onboarding import jobs, pages, reactions
from saas.onboarding.cards import CARDS
from saas.onboarding.package import part as package_part
from saas.onboarding.pages.blueprint import open_steps
from saas.onboarding.permissions import SETTINGS
from saas.web.pages import SIGNED_IN

_BEGIN = ("setup.begin", SETTINGS)
_CHECKLIST = ("setup.health", SETTINGS)
DOMAIN = Domain(
    name="onboarding",
    cards=CARDS,
    pages=(pages.pages, pages.setup),
    nav=(
        Nav(_l("New district"), "onboarding.create", "add", SIGNED_IN, 20, plane="hub"),
        Nav(_l("About this district"), "setup.district", "district", SETTINGS, 81, "settings"),
        Nav(
            _l("Setting up and health"), "setup.begin", "check", SETTINGS, 96, "settings",
            badge=open_steps,
        ),
    ),
    settings=(
        Setting(_l("Health of the district"), "setup.health", _l("The checklist, and a pause"),
                "model", 40),
    ),
    audit={
        "onboarding.mark_step": _l("Step of setting up settled"),
        "onboarding.run_checks": _l("Checklist run"),
        "onboarding.accept_gap": _l("Gap accepted"),
        "onboarding.revoke_gap": _l("Acceptance revoked"),
        "onboarding.go_live": _l("District went live"),
        "onboarding.ask_pause": _l("Operator asked to suspend the district"),
    },
    things={
        "district": Thing(_l("District"), page=_BEGIN),
        "setup_step": Thing(_l("Step of setting up"), page=_BEGIN),
        "checklist": Thing(_l("Checklist"), page=_CHECKLIST),
        "gap": Thing(_l("Accepted gap"), page=_CHECKLIST),
    },
    part=package_part.PART,
    background=(jobs, reactions),
)  # fmt: skip

"""What getting in says of itself."""

from __future__ import annotations

from saas.access import embedding, pages, vouching
from saas.access.cards import CARDS
from saas.accounts.permissions import MANAGE, SETTINGS
from saas.kernel.domain import Domain, Nav, Setting, Thing
from saas.kernel.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="access",
    pages=(pages.pages, embedding.pages, vouching.pages),
    cards=CARDS,
    nav=(Nav(_l("Apps that show us"), "embedding.apps", "outside", SETTINGS, 86, "settings"),),
    settings=(
        Setting(
            _l("Apps that show us"),
            "embedding.apps",
            _l("Apps in which the pages open"),
            "people",
            60,
        ),
        Setting(
            _l("Signing in by others"),
            "vouching.listing",
            _l("Accounts of the city with which staff sign in"),
            "people",
            61,
        ),
    ),
    audit={
        "access.confirm": _l("Registration confirmed"),
        "access.refuse": _l("Registration refused"),
        "access.add_app": _l("App added that shows us"),
        "access.change_app": _l("App changed that shows us"),
        "access.open_app": _l("App opened that shows us"),
        "access.close_app": _l("App closed that shows us"),
        "access.add_provider": _l("One added who vouches for people"),
        "access.change_provider": _l("One changed who vouches for people"),
        "access.link": _l("Account linked with an app"),
        "access.unlink": _l("Account parted from an app"),
    },
    things={
        "registration": Thing(_l("Registration"), page=("access.registrations", MANAGE)),
        "provider": Thing(_l("One who vouches for people"), page=("vouching.listing", SETTINGS)),
        "app": Thing(_l("App that shows us"), page=("embedding.apps", SETTINGS)),
    },
)

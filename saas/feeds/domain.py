"""What feeds say of themselves."""

from __future__ import annotations

from saas.feeds import pages
from saas.kernel.domain import Domain, Thing
from saas.kernel.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="feeds",
    pages=(pages.pages,),
    audit={
        "feeds.make": _l("Address of a calendar made"),
        "feeds.take_back": _l("Address of a calendar taken back"),
    },
    things={"calendar_feed": Thing(_l("Address of a calendar"))},
)

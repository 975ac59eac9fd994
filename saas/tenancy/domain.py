"""What the control plane says of itself; its own list of events is no audit of a district."""

from __future__ import annotations

from saas.kernel.domain import Domain, Nav
from saas.kernel.i18n import lazy_gettext as _l
from saas.tenancy import (
    addresses_pages,
    jobs,
    leaving_pages,
    metering_pages,
    pages,
    sealing,
    sealing_pages,
)
from saas.web.pages import SIGNED_IN

DOMAIN = Domain(
    name="tenancy",
    pages=(
        pages.pages,
        leaving_pages.pages,
        addresses_pages.pages,
        metering_pages.pages,
        sealing_pages.pages,
    ),
    nav=(
        Nav(_l("Districts"), "tenancy.listing", "district", SIGNED_IN, 10, plane="hub"),
        Nav(_l("Background work"), "tenancy.work", "clock", SIGNED_IN, 40, plane="hub"),
        Nav(_l("Seals"), "sealing.overview", "audit", SIGNED_IN, 50, plane="hub"),
    ),
    background=(jobs,),
    books=sealing.BOOKS,
)

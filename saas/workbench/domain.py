"""What the start page says of itself: where it stands in the rail."""

from __future__ import annotations

from saas.kernel.domain import Domain, Nav
from saas.kernel.i18n import lazy_gettext as _l
from saas.web.pages import SIGNED_IN
from saas.workbench.pages import pages

DOMAIN = Domain(
    name="workbench",
    pages=(pages,),
    nav=(Nav(_l("Workbench"), "workbench.start", "overview", SIGNED_IN, 5, "work"),),
)

"""What the help says of itself."""

from __future__ import annotations

from saas.help import pages
from saas.help.finders import TEXTS
from saas.kernel.domain import Domain, Nav
from saas.kernel.i18n import lazy_gettext as _l
from saas.web.pages import SIGNED_IN

DOMAIN = Domain(
    name="help",
    pages=(pages.pages,),
    finders=(TEXTS,),
    nav=tuple(
        Nav(_l("Help"), "help.listing", "help", SIGNED_IN, 99, "help", plane=plane)
        for plane in ("tenant", "hub")
    ),
)

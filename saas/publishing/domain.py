"""What public pages say of themselves."""

from __future__ import annotations

from saas.kernel.domain import Domain, Nav, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.publishing import pages, queries
from saas.publishing.permissions import KEEP

DOMAIN = Domain(
    name="publishing",
    pages=(pages.pages,),
    nav=(Nav(_l("Public pages"), "publishing.desk", "see", KEEP, 28, "society"),),
    audit={
        "publishing.start": _l("Public page begun"),
        "publishing.change": _l("Public page changed"),
        "publishing.submit": _l("Public page handed in"),
        "publishing.publish": _l("Public page published"),
        "publishing.send_back": _l("Public page sent back"),
        "publishing.take_back": _l("Public page taken back to be changed"),
        "publishing.revise": _l("New edition of a public page begun"),
        "publishing.withdraw": _l("Public page taken off"),
    },
    things={
        "public_page": Thing(
            _l("Public page"), linked(queries.names, "publishing.edit", KEEP),
            ("publishing.desk", KEEP),
        ),
    },
)  # fmt: skip

"""What feedback says of itself."""

from __future__ import annotations

from saas.activities.permissions import SEE
from saas.feedback import pages, queries
from saas.kernel.domain import Domain, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="feedback",
    pages=(pages.pages,),
    audit={
        "feedback.show": _l("Picture of a session put up"),
        "feedback.object": _l("Somebody objects to a picture: hidden"),
        "feedback.put_back": _l("Picture of a session put back"),
        "feedback.removed": _l("Picture of a session taken away"),
    },
    things={
        queries.THING: Thing(
            _l("Picture of a session"), linked(queries.picture_names, "feedback.pictures", SEE),
            ("activities.sessions", SEE),
        ),
    },
)  # fmt: skip

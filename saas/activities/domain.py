"""What activities say of themselves."""

from __future__ import annotations

from saas.activities import jobs, lists, pages, queries, reactions, words
from saas.activities.permissions import SEE
from saas.kernel.domain import Domain, Nav, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.web.pages import PUBLIC

DOMAIN = Domain(
    name="activities",
    pages=(pages.pages,),
    lists=(lists.SESSIONS,),
    nav=(
        Nav(_l("Activities"), "activities.sessions", "activity", SEE, 20, "rooms"),
        Nav(_l("Activities"), "activities.listing", "activity", PUBLIC, 25, face="resident"),
    ),
    audit={
        **{f"activities.{verb.code}": _l("Session: %(did)s", did=verb.done)
           for verb in words.SESSION_VERBS.values()},
        **{f"activities.{verb.code}": _l("Sign-up: %(did)s", did=verb.done)
           for verb in words.SIGNUP_VERBS.values()},
        "activities.add": _l("Activity planned"),
        "activities.change": _l("What is said of an activity changed"),
    },
    things={
        "activity": Thing(
            _l("Activity"), linked(queries.activity_names, "activities.edit", SEE),
            ("activities.sessions", SEE),
        ),
        "session": Thing(
            _l("Session"), linked(queries.names, "activities.work", SEE),
            ("activities.sessions", SEE),
        ),
        "signup": Thing(
            _l("Sign-up"), linked(queries.signup_names, "activities.ticket", SEE),
            ("activities.sessions", SEE),
        ),
    },
    background=(jobs, reactions),
)  # fmt: skip

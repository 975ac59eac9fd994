"""What activities say of themselves."""

from __future__ import annotations

from saas.activities import api, forms, jobs, lists, measures, pages, queries, reactions, words
from saas.activities.cards import CARDS
from saas.activities.finders import FINDERS
from saas.activities.package import part as package_part
from saas.activities.permissions import SEE, SET_UP
from saas.catalogue.audited import actions_of, thing_of
from saas.kernel.domain import Domain, Nav, Setting, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.web.pages import PUBLIC

DOMAIN = Domain(
    name="activities",
    cards=CARDS,
    pages=(pages.pages,),
    api=(api.routes,),
    finders=FINDERS,
    lists=(lists.SESSIONS,),
    givers=measures.GIVERS,
    measures=measures.MEASURES,
    counted=_l("What happens there"),
    nav=(
        Nav(_l("Activities"), "activities.sessions", "activity", SEE, 20, "rooms"),
        Nav(_l("Activities"), "activities.listing", "activity", PUBLIC, 25, face="resident"),
    ),
    settings=(
        Setting(
            _l("Kinds of activities"),
            "activities.terms",
            _l("What residents choose by, what is counted, how long an offer of places stands"),
            "look",
            26,
        ),
    ),
    audit={
        **actions_of(forms.TERMS),
        **{f"activities.{verb.code}": _l("Session: %(did)s", did=verb.done)
           for verb in words.SESSION_VERBS.values()},
        **{f"activities.{verb.code}": _l("Sign-up: %(did)s", did=verb.done)
           for verb in words.SIGNUP_VERBS.values()},
        "activities.add": _l("Activity planned"),
        "activities.show_numbers": _l("Numbers of those who signed up looked at"),
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
        "activity_term": thing_of(forms.TERMS, SET_UP, "activities.terms"),
        "signup": Thing(
            _l("Sign-up"), linked(queries.signup_names, "activities.ticket", SEE),
            ("activities.sessions", SEE),
        ),
    },
    part=package_part.PART,
    background=(jobs, reactions),
)  # fmt: skip

"""What organisations say of themselves."""

from __future__ import annotations

from saas.catalogue.audited import actions_of, thing_of
from saas.kernel.domain import Area, Domain, Nav, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.organisations import api, jobs, lists, measures, menus, pages, queries, reactions, words
from saas.organisations.cards import CARDS
from saas.organisations.finders import ORGANISATIONS
from saas.organisations.package import part as package_part
from saas.organisations.permissions import CHECK, DECIDE, EDIT, SETTINGS, VIEW
from saas.web.pages import PUBLIC

_MENUS = (menus.TYPES, menus.STAGES, menus.TERMS)
DOMAIN = Domain(
    name="organisations",
    cards=CARDS,
    pages=(pages.pages,),
    api=(api.routes,),
    finders=(ORGANISATIONS,),
    lists=(lists.REGISTER, lists.PLANS),
    givers=queries.givers(),
    measures=measures.MEASURES,
    counted=_l("Organisations"),
    nav=(
        Nav(_l("Organisations"), "organisations.register", "organisation", VIEW, 24, "society"),
        Nav(_l("Types and stages"), "organisations.menu", "organisation", SETTINGS, 83, "settings"),
        Nav(_l("Groups"), "organisations.groups", "organisation", PUBLIC, 44, face="resident"),
    ),
    permissions=(
        Area(
            "organisations",
            _l("Organisations"),
            {VIEW: _l("see"), EDIT: _l("keep the register"), DECIDE: _l("decide on growth"),
             CHECK: _l("check plans")},
        ),
    ),
    audit={
        **{f"organisations.{verb.code}": _l("Organisation: %(did)s", did=verb.done)
           for verb in words.VERBS.values()},
        **{f"organisations.{code}_plan": _l("Plan: %(did)s", did=verb.done)
           for code, verb in words.PLAN_VERBS.items()},
        **actions_of(*_MENUS),
        "organisations.change": _l("What is said of an organisation changed"),
        "organisations.add_credential": _l("Paper added"),
        "organisations.set_post": _l("Post of an organisation set"),
        "organisations.end_link": _l("Link between organisations ended"),
        "organisations.end_mentor": _l("Mentorship of an organisation ended"),
        "organisations.end_post": _l("Post of an organisation ended"),
        "organisations.add_roll": _l("Members counted"),
        "organisations.add_member": _l("Member added"),
        "organisations.leave_members": _l("Member left"),
        "organisations.add_sign": _l("Sign of life written down"),
        "organisations.add_area": _l("Place that is served added"),
        "organisations.add_link": _l("Organisations linked"),
        "organisations.add_mentor": _l("Mentor added"),
        "organisations.add_session": _l("Session with a mentor written down"),
        "organisations.confirm_session": _l("Session with a mentor confirmed"),
        "organisations.add_picture": _l("Picture of an organisation added"),
        "organisations.add_station": _l("Social-work station added"),
        "organisations.add_worker": _l("Social worker added"),
        "organisations.end_worker": _l("Social worker left"),
        "organisations.add_branch": _l("Party branch added"),
        "organisations.set_pilot": _l("Pilot of a community set"),
        "organisations.import": _l("Organisations taken over from a workbook"),
    },
    things={
        "organisation": Thing(
            _l("Organisation"), linked(queries.names, "organisations.record", VIEW),
            ("organisations.register", VIEW),
        ),
        "project_plan": Thing(
            _l("Project plan"), linked(queries.plan_names, "organisations.plan", VIEW),
            ("organisations.plans", VIEW),
        ),
        "linkage": Thing(_l("Five-party linkage"), page=("organisations.linkage", VIEW)),
        **{rows.thing: thing_of(rows, SETTINGS, "organisations.menu") for rows in _MENUS},
    },
    part=package_part.PART,
    background=(jobs, reactions),
)  # fmt: skip

"""What organisations say of themselves."""

from __future__ import annotations

from saas.kernel.domain import Area, Domain, Nav, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.organisations import api, jobs, lists, measures, menus, pages, queries, words
from saas.organisations.finders import ORGANISATIONS
from saas.organisations.package import part as package_part
from saas.organisations.permissions import CHECK, DECIDE, EDIT, SETTINGS, VIEW
from saas.web.pages import PUBLIC

_MENU = ("organisations.menu", SETTINGS)


def _deeds(what: object) -> dict[str, object]:
    return {
        "add": _l("%(what)s added", what=what),
        "change": _l("%(what)s changed", what=what),
        "retire": _l("%(what)s taken out of use", what=what),
        "restore": _l("%(what)s brought back", what=what),
        "order": _l("%(what)s put in another order", what=what),
    }


_WHAT = (
    (menus.TYPES, _l("Type of organisation")),
    (menus.STAGES, _l("Stage of a track")),
    (menus.TERMS, _l("Word about organisations")),
)
DOMAIN = Domain(
    name="organisations",
    pages=(pages.pages,),
    api=(api.routes,),
    finders=(ORGANISATIONS,),
    lists=(lists.REGISTER, lists.PLANS),
    givers=queries.givers(),
    measures=measures.MEASURES,
    nav=(
        Nav(_l("Organisations"), "organisations.register", "organisation", VIEW, 24, "rooms"),
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
        **{action: said for rows, what in _WHAT
           for action, said in zip(rows.actions, _deeds(what).values(), strict=True)},
        "organisations.change": _l("What is said of an organisation changed"),
        "organisations.add_credential": _l("Paper added"),
        "organisations.set_post": _l("Post of an organisation set"),
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
        "organisation_type": Thing(_l("Type of organisation"), page=_MENU),
        "organisation_stage": Thing(_l("Stage of a track"), page=_MENU),
        "organisation_term": Thing(_l("Word about organisations"), page=_MENU),
    },
    part=package_part.PART,
    background=(jobs,),
)  # fmt: skip

"""What people and posts say of themselves."""

from __future__ import annotations

from saas.accounts import pages, queries, reactions
from saas.accounts.books import AUDIT_BOOK
from saas.accounts.cards import CARDS
from saas.accounts.finders import PEOPLE
from saas.accounts.lists import AUDIT_LIST, PEOPLE_LIST
from saas.accounts.package import part as package_part
from saas.accounts.permissions import AUDIT, MANAGE, SETTINGS, VIEW
from saas.kernel.domain import Area, Domain, Nav, Seed, Setting, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory.permissions import VIEW as SEE_UNITS

DOMAIN = Domain(
    name="accounts",
    cards=CARDS,
    pages=(pages.pages,),
    nav=(
        Nav(_l("People"), "accounts.people", "people", VIEW, 80, "places"),
        Nav(_l("Audit list"), "accounts.audit", "audit", AUDIT, 90, "settings"),
    ),
    settings=(
        Setting(_l("Roles"), "accounts.roles", _l("What each role may do"), "people", 10),
        Setting(_l("Vacant posts"), "accounts.vacant", _l("Where nobody works yet"), "people", 20),
        Setting(
            _l("API tokens"),
            "accounts.tokens",
            _l("Other systems that read and write"),
            "people",
            50,
        ),
    ),
    permissions=(
        Area(
            "accounts",
            _l("People and posts"),
            {VIEW: _l("see"), MANAGE: _l("manage")},
            frozenset({MANAGE}),
        ),
        Area(
            "district",
            _l("District"),
            {SETTINGS: _l("change settings"), AUDIT: _l("see the audit list")},
            frozenset({SETTINGS, AUDIT}),
        ),
    ),
    audit={
        "accounts.add_person": _l("Person added"),
        "accounts.change_person": _l("Person changed"),
        "accounts.disable_person": _l("Person shut out"),
        "accounts.enable_person": _l("Person let in again"),
        "accounts.add_post": _l("Post created"),
        "accounts.rename_post": _l("Post renamed"),
        "accounts.retire_post": _l("Post retired"),
        "accounts.give_post": _l("Post given"),
        "accounts.take_post": _l("Post taken"),
        "accounts.invitation": _l("Invitation made out"),
        "accounts.reset": _l("New password made possible"),
        "accounts.set_password": _l("Password set"),
        "accounts.ask_second_reset": _l("Asked to forget a second step"),
        "accounts.reset_second": _l("Second step forgotten at the desk"),
        "accounts.second_rules": _l("Rules of the second step changed"),
        "accounts.let_try_again": _l("Wrong passwords forgiven"),
        "accounts.add_token": _l("API token made"),
        "accounts.revoke_token": _l("API token revoked"),
        "accounts.check_seals": _l("Audit list checked against its seals"),
    },
    things={
        "seals": Thing(_l("Seals of the audit list"), page=("accounts.seals", AUDIT)),
        "person": Thing(
            _l("Person"),
            linked(queries.named_people, "accounts.person", VIEW),
            ("accounts.people", VIEW),
        ),
        "post": Thing(_l("Post"), linked(queries.named_posts, "territory.show", SEE_UNITS)),
        "token": Thing(
            _l("API token"),
            linked(queries.named_tokens, "accounts.tokens", MANAGE),
            ("accounts.tokens", MANAGE),
        ),
    },
    books=(AUDIT_BOOK,),
    finders=(PEOPLE,),
    lists=(PEOPLE_LIST, AUDIT_LIST),
    part=package_part.PART,
    seeds=(Seed("people", package_part.seed, 40),),
    background=(reactions,),
    usage={"people": queries.count_people},
)

"""The lists of people and of what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from flask import url_for

from saas.accounts import commands, permissions, queries, views
from saas.accounts.queries import Person
from saas.accounts.views import EntryView, PersonRow
from saas.kernel import clock
from saas.kernel.audit import AuditEntry
from saas.kernel.context import Actor
from saas.kernel.folding import has_words
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say, short_datetime
from saas.kernel.runtime import wired
from saas.listing.declared import (
    Act,
    Cell,
    Choice,
    Column,
    Filter,
    Listing,
    Search,
    Values,
    day_in,
    number_in,
)

# People

_STATES = {
    "staff": _l("With a post"),
    "waiting": _l("No password yet"),
    "out": _l("Shut out"),
}


def _states(actor: Actor, values: Values) -> list[Choice]:
    return [Choice(state, words) for state, words in _STATES.items()]


def _name(row: PersonRow) -> Cell:
    return Cell(row.person.name, url=url_for("accounts.person", person_id=row.person.id))


def _posts(row: PersonRow) -> Sequence[Cell]:
    if not row.posts:
        return [Cell(_("Resident"), say(row.home)) if row.home else Cell(_("none"))]
    return [Cell(say(post.name), say(post.unit_name)) for post in row.posts]


def _standing(row: PersonRow) -> Cell:
    """How somebody stands: may sign in, has not yet, is shut out."""
    if row.person.disabled_at:
        return Cell(_("shut out"), tone="ended")
    if row.person.password_hash:
        return Cell(_("signs in"), tone="good")
    return Cell(_("no password yet"), tone="waiting")


def _managed(key: str, actor: Actor) -> Person:
    person_id = number_in(key) or 0
    return queries.access_person(person_id, actor=actor, permission=permissions.MANAGE)


PEOPLE_LIST = Listing[PersonRow](
    endpoint="accounts.people",
    words=_l("People"),
    query=lambda actor: queries.people_within(actor.reach(permissions.VIEW)),
    rows=views.people,
    order=(Person.disabled_at.is_not(None), Person.id),
    search=Search(_l("Name, login or whole phone number"), queries.called),
    filters=(Filter("state", _l("State"), queries.in_state, _states),),
    columns=(
        Column("name", _l("Full name"), _name, sa.func.lower(Person.name)),
        Column("posts", _l("Posts"), _posts),
        Column("login", _l("Login"), lambda row: row.person.login or "", Person.login),
        Column("phone", _l("Phone"), lambda row: queries.phone_shown(row.person), narrow=True),
        Column("state", _l("State"), _standing),
    ),
    acts=(
        Act(
            "disable",
            _l("Shut out"),
            permissions.MANAGE,
            _managed,
            commands.disable_person,
            lambda person: person.name,
            reason=_l("Reason"),
        ),
        Act(
            "enable",
            _l("Let in again"),
            permissions.MANAGE,
            _managed,
            commands.enable_person,
            lambda person: person.name,
        ),
    ),
    key=lambda row: str(row.person.id),
)


# What was done


def _things(actor: Actor, values: Values) -> list[Choice]:
    counted = queries.audited_things(actor.reach(permissions.AUDIT))
    return [Choice(*each) for each in views.kinds(counted)]


def _actions(actor: Actor, values: Values) -> list[Choice]:
    if "thing" not in values:
        return []
    counted = queries.audited_actions(actor.reach(permissions.AUDIT), values["thing"])
    found = [Choice(*each) for each in views.actions(counted)]
    return found if len(found) > 1 else []


def _thing_cell(row: EntryView) -> Cell:
    return Cell(row.name, row.kind, row.url)


def _who(row: EntryView) -> Cell:
    by_token = row.entry.actor_kind == "token"
    return Cell(views.who_did(row.entry), _("API token") if by_token else "")


def _when(row: EntryView) -> str:
    return short_datetime(row.entry.at, str(clock.zone()))


AUDIT_LIST = Listing[EntryView](
    endpoint="accounts.audit",
    words=_l("Audit list"),
    query=lambda actor: queries.audit_within(actor.reach(permissions.AUDIT)),
    rows=views.entries,
    order=(AuditEntry.at.desc(), AuditEntry.id.desc()),
    search=Search(_l("Name of who did it"), lambda who: has_words(who, AuditEntry.actor_name)),
    filters=(
        Filter(
            "thing",
            _l("About"),
            lambda kind: AuditEntry.thing == kind,
            _things,
            lambda text: text if text in wired().domains.things else None,
        ),
        Filter(
            "action",
            _l("What was done"),
            lambda action: AuditEntry.action == action,
            _actions,
            lambda text: text if text in wired().domains.actions else None,
            within="thing",
        ),
        Filter(
            "id",
            _l("With the number"),
            lambda number: AuditEntry.thing_id == number,
            read=number_in,
            kind="hidden",
            within="thing",
        ),
        Filter(
            "since",
            _l("From this day"),
            lambda day: AuditEntry.at >= clock.begin_of(day),
            read=day_in,
            kind="day",
        ),
        Filter(
            "until",
            _l("Until this day"),
            lambda day: AuditEntry.at < clock.begin_of(day + timedelta(days=1)),
            read=day_in,
            kind="day",
        ),
    ),
    columns=(
        Column("done", _l("What was done"), lambda row: row.what),
        Column("thing", _l("To what"), _thing_cell),
        Column("who", _l("Who"), _who),
        Column("when", _l("When"), _when, AuditEntry.at, narrow=True),
        Column("details", _l("Details"), lambda row: views.details(row.entry)),
    ),
    size=50,
)

"""People, for who searches."""

from __future__ import annotations

from flask import url_for

from saas.accounts import queries
from saas.accounts.permissions import VIEW
from saas.kernel.context import Actor
from saas.kernel.folding import folded
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.search.declared import Finder, Hit


def _find_people(typed: str, actor: Actor, limit: int) -> list[Hit]:
    reach = actor.reach(VIEW)
    if not reach:
        return []
    people = queries.people_called(typed, reach, limit=limit)
    held = queries.posts_of([person.id for person in people])
    return [
        Hit(
            person.name,
            url_for("accounts.person", person_id=person.id),
            _("; ").join(f"{say(p.unit_name)} {say(p.name)}" for p in held.get(person.id, [])),
            folded(typed) == person.login,
        )
        for person in people
    ]


PEOPLE = Finder("people", _l("People"), _find_people, 20, ("accounts.people", VIEW))

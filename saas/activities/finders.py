"""Sessions, for who searches by name; sign-ups, by the code of a slip or a guest's number."""

from __future__ import annotations

from flask import url_for

from saas.accounts import queries as people
from saas.activities import permissions, queries, views
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.search.declared import Finder, Hit


def _sessions(typed: str, actor: Actor, limit: int) -> list[Hit]:
    found = queries.scenes(queries.rows_of(queries.called_from_today(typed), limit))
    return [
        Hit(say(one.activity.title), url_for("activities.show", code=one.session.code),
            f"{views.when(one.session)} · {views.where(one)}")
        for one in found
    ]  # fmt: skip


def _signups(typed: str, actor: Actor, limit: int) -> list[Hit]:
    phone = people.usable_phone(typed)
    found = list(queries.earlier_of(phone, actor)) if phone else []
    one = queries.find_by_slip(typed)
    if one is not None and permissions.signup_parts(actor, one, queries.scene_for(one)):
        found.append(one)
    scenes = [(signup, queries.scene_for(signup)) for signup in found[:limit]]
    return [
        Hit(f"{say(scene.activity.title)} {views.when(scene.session)}",
            url_for("activities.ticket", code=signup.code), views.where(scene), exact=True)
        for signup, scene in scenes
    ]  # fmt: skip


FINDERS = (
    Finder("sessions", _l("Activities"), _sessions, 32),
    Finder("signups", _l("Sign-ups"), _signups, 36),
)

"""Asking somebody who came, and taking what is said; pictures, and who objects to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from saas import attachments
from saas.accounts import queries as people
from saas.activities import queries as sessions
from saas.activities.permissions import HANDLE
from saas.activities.queries import Scene
from saas.feedback import queries, rules, words
from saas.feedback.models import Answer, Asked, Objection, Picture
from saas.feedback.queries import THING
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.crypto import token_hash
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.shortcodes import new_code
from saas.notices import commands as notices


def ask(scene: Scene, *, actor: Actor) -> None:
    """Note that the actor has been asked; what they say carries none of it.

    Raises `Conflict` for who was not there, or was asked before.
    """
    mark = queries.open_mark(scene, actor)
    if mark is None:
        raise Conflict(words.NOT_ASKED)
    session.add(Asked(mark_id=mark.id))
    session.flush()


def answer(code: str, ticket: str, *, grade: str, wish: str = "") -> None:
    """Take what was said with a ticket of the session ``code``; the ticket is used up.

    Raises `Conflict` where it was, or it is too late.
    """
    one = sessions.by_code(code)
    if one is None or not rules.is_asked(one.state, one.end, clock.now()):
        raise Conflict(words.TOO_LATE)
    made = Answer(session_id=one.id, token_hash=token_hash(ticket), grade=grade,
                  wish=wish.strip()[:300] or None, on=clock.today())  # fmt: skip
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except sa.exc.IntegrityError:
        raise Conflict(words.USED) from None


# Pictures ----------------------------------------------------------------------------------------


def add_pictures(
    scene: Scene, photos: Sequence[Any], *, shows: str = "", covered: bool = False, actor: Actor
) -> list[Picture]:  # fmt: skip
    """Pictures of a session, by who makes it. ``covered``: they have looked that nobody can be
    recognised who did not agree.

    Raises `Invalid` by field, or `Conflict` where it has not begun or there are enough.
    """
    one = scene.session
    if not photos:
        raise Invalid({"photo": [_l("Take or choose a picture.")]})
    if not covered:
        raise Invalid({"covered": [_l("Look first: cover every face of who did not agree.")]})
    if not one.begun:
        raise Conflict(words.TOO_EARLY)
    if len(queries.pictures_of(one.id, rules.IN_USE)) + len(photos) > rules.MOST_PICTURES:
        raise Conflict(_l("At most %(number)s pictures of a session.", number=rules.MOST_PICTURES))
    made = []
    for file in attachments.take(photos):
        picture = Picture(code=new_code(), session_id=one.id, state="shown", at=clock.now(),
                          shows=shows.strip()[:100] or None, by_id=actor.person_id)  # fmt: skip
        session.add(picture)
        session.flush()
        attachments.attach([file], thing=THING, thing_id=picture.id, place="face", sealed=False,
                           actor=actor)  # fmt: skip
        _note("show", picture, scene, actor)
        made.append(picture)
    return made


def object_to(picture: Picture, scene: Scene, *, why: str = "", actor: Actor) -> None:
    """Somebody does not want it to be seen: at once nobody sees it any more, and who makes the
    session decides. The picture comes locked; who objects is not asked for a name.
    """
    if picture.state == "hidden":
        return
    picture.state = rules.PICTURE[picture.state, "object"]
    session.add(Objection(picture_id=picture.id, why=why.strip()[:300] or None, at=clock.now()))
    session.flush()
    _note("object", picture, scene, actor)
    notices.notify(
        _who_decides(picture, scene),
        words.OBJECTED, about=f"{THING}:{picture.id}", what=scene.activity.title,
        path=f"/console/activities/s/{scene.session.code}/pictures",
        until=clock.now() + rules.DECIDED_IN,
    )  # fmt: skip


def _who_decides(picture: Picture, scene: Scene) -> set[int]:
    """Who works there: the desk of the street, the keeper, who put it there."""
    desk = people.holder_ids([scene.street.id], HANDLE)[scene.street.id]
    return {one for one in (*desk, scene.keeper_id, picture.by_id) if one}


def decide(
    picture: Picture, outcome: str, scene: Scene, *, words_: str = "", actor: Actor
) -> None:  # fmt: skip
    """Take a picture away for good, or put it back with a reason: that another does than who put it
    there. The picture comes locked.
    """
    after = rules.PICTURE.get((picture.state, outcome))
    if after is None:
        raise Conflict(words.OVERTAKEN)
    if outcome == "put_back":
        if not words_.strip():
            raise Invalid({"words_": [_l("Why may it be seen after all?")]})
        if picture.by_id is not None and picture.by_id == actor.person_id:
            raise Conflict(words.ANOTHER)
    picture.state = after
    if objection := queries.open_objections([picture.id]).get(picture.id):
        objection.outcome, objection.decided_at = outcome, clock.now()
        objection.words, objection.by_id = words_.strip()[:200] or None, actor.person_id
    if after == "removed":
        for file in attachments.of(THING, picture.id):
            attachments.retire(file)
    session.flush()
    notices.done_about(f"{THING}:{picture.id}", words.OBJECTED)
    if after == "removed":
        _note("removed", picture, scene, actor)
    else:
        _note("put_back", picture, scene, actor)


def _note(verb: str, picture: Picture, scene: Scene, actor: Actor) -> None:
    audit.record(f"feedback.{verb}", "session_picture", picture.id, actor=actor,
                 unit_path=scene.street_path)  # fmt: skip

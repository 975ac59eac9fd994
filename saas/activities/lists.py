"""Sessions as a list, for who works there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from flask import url_for

from saas.activities import commands, permissions, queries, views, words
from saas.activities.commands import Deed
from saas.activities.models import Activity, Session
from saas.activities.queries import Places, Scene
from saas.bookings.lists import rooms_of_street, streets, today_first
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.folding import has_words
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.listing.declared import Act, Cell, Choice, Column, Filter, Listing, Search, Values, day_in
from saas.territory import queries as territory


@dataclass(frozen=True, slots=True)
class Row:
    """A session in a list, with the names of what it points at."""

    scene: Scene
    places: Places
    kind: str
    tag: str


def rows_of(found: Sequence[Session], actor: Actor | None = None) -> list[Row]:
    """Rows of a page, in as many questions as for one."""
    if not found:
        return []
    names = {one.code: say(one.name) for one in queries.every_term()}
    places = queries.places_of(found)
    return [
        Row(scene, places[scene.session.id],
            names.get(scene.activity.kind, ""),
            names.get(scene.activity.tag or "", scene.activity.tag or ""))
        for scene in queries.scenes(found)
    ]  # fmt: skip


def _of(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return Session.activity_id.in_(sa.select(Activity.id).where(condition))


def _called(text: str) -> sa.ColumnElement[bool]:
    return _of(has_words(text, *(Activity.title[tongue].astext for tongue in ("zh", "en"))))


def _from(day: date) -> sa.ColumnElement[bool]:
    return Session.starts_at >= clock.begin_of(day)


def _to(day: date) -> sa.ColumnElement[bool]:
    return Session.starts_at < clock.begin_of(day + timedelta(days=1))


def _in_unit(code: str) -> sa.ColumnElement[bool]:
    unit = territory.unit_coded(code)
    return Session.unit_id == unit.id if unit else sa.false()


def _states(actor: Actor, values: Values) -> list[Choice]:
    return [Choice(code, word) for code, (_tone, word) in words.STATE.items()]


def _kinds(actor: Actor, values: Values) -> list[Choice]:
    return [Choice(one.code, say(one.name)) for one in queries.terms("kind")]


def _tags(actor: Actor, values: Values) -> list[Choice]:
    return [Choice(one.code, say(one.name)) for one in queries.terms("tag")]


def _access(key: str, actor: Actor) -> Scene:
    return queries.access_session(key, actor=actor, lock=True)


def _publish(scene: Scene, *, actor: Actor) -> None:
    commands.act(scene, Deed(verb="publish"), actor=actor)


def _cancel(scene: Scene, *, actor: Actor, reason: str = "") -> None:
    commands.act(scene, Deed(verb="cancel", reason=reason), actor=actor)


def _named(scene: Scene) -> str:
    return f"{say(scene.activity.title)} {views.when(scene.session)}"


def _places(row: Row) -> Cell:
    if row.places.total is None:
        return Cell("–")
    note = _l("%(number)s wait", number=row.places.waiting) if row.places.waiting else ""
    return Cell(f"{row.places.people} / {row.places.total}", note=str(note))


SESSIONS = Listing[Row](
    endpoint="activities.sessions",
    words=_l("Sessions"),
    query=queries.within_reach,
    rows=rows_of,
    order=today_first(Session.starts_at, Session.id),
    search=Search(_l("Name of the activity"), _called),
    filters=(
        Filter("state", _l("State"), lambda state: Session.state == state, _states),
        Filter("kind", _l("Kind"), lambda code: _of(Activity.kind == code), _kinds, kind="select",
               every=_l("every kind")),
        Filter("tag", _l("Counted as"), lambda code: _of(Activity.tag == code), _tags,
               kind="select", every=_l("everything")),
        Filter("street", _l("Street"), _in_unit, streets, kind="select", every=_l("every street")),
        Filter("room", _l("Room"), lambda key: Session.room_id == int(key), rooms_of_street,
               kind="select", every=_l("every room"), within="street"),
        Filter("begun", _l("Took place"), lambda _yes: Session.begun.is_(True),
               read=lambda text: True if text == "1" else None, kind="hidden"),
        Filter("from", _l("From day"), _from, read=day_in, kind="day"),
        Filter("to", _l("To day"), _to, read=day_in, kind="day"),
    ),
    columns=(
        Column("what", _l("What"), lambda row: Cell(
            say(row.scene.activity.title), note=row.tag or row.kind,
            url=url_for("activities.work", code=row.scene.session.code))),
        Column("when", _l("When"), lambda row: views.when(row.scene.session), Session.starts_at),
        Column("where", _l("Where"), lambda row: Cell(
            say(row.scene.where), note=say(row.scene.street.name))),
        Column("places", _l("Places"), _places, narrow=True),
        Column("state", _l("State"), lambda row: Cell(
            str(words.STATE[row.scene.session.state][1]),
            tone=words.STATE[row.scene.session.state][0], note=row.scene.session.cause or "")),
        Column("kind", _l("Kind"), lambda row: row.kind, drawn=False),
        Column("tag", _l("Counted as"), lambda row: row.tag, drawn=False),
        Column("project", _l("Project"), lambda row: row.scene.activity.project or "",
               drawn=False),
        Column("code", _l("Code"), lambda row: row.scene.session.code, narrow=True, drawn=False),
    ),
    acts=(
        Act("publish", _l("Publish it"), permissions.SEE, _access, _publish, _named,
            fits=lambda row: row.scene.session.state == "draft"),
        Act("cancel", _l("Call it off"), permissions.SEE, _access, _cancel, _named,
            reason=_l("Why? Everybody who signed up reads it.")),
    ),
    key=lambda row: row.scene.session.code,
)  # fmt: skip

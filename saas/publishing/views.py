"""Pages as their readers and their writers see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from saas import casework
from saas.activities import views as activity_views
from saas.casework import ActForm
from saas.figures import queries as figures
from saas.figures.views.public import Row, public_rows
from saas.kernel.context import ANONYMOUS, Actor
from saas.kernel.i18n import say
from saas.media import queries as media
from saas.publishing import blocks, commands, permissions, queries, rules, words
from saas.publishing.models import Edition, PublicPage
from saas.territory import queries as territory


@dataclass(frozen=True, slots=True)
class Shown:
    """A block on a page: what it is called, a line below, where it leads. ``thing`` is what its
    kind draws besides (a room, a figure's row, a session's card).
    """

    key: int
    kind: str
    title: str
    text: str = ""
    url: str = ""
    thing: Any = None
    pictures: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """A page for who writes it. ``gone`` are keys of blocks whose records are not public now."""

    page: PublicPage
    state: tuple[str, object]
    shown: list[Shown]
    gone: list[dict[str, Any]]
    forms: list[ActForm]
    story: list[dict[str, Any]]
    editions: Any
    alone: bool


def desk_of(page: PublicPage, actor: Actor) -> Desk:
    """A page with everything that can be done with it."""
    shown = shown_of(page, page.blocks)
    known, writer = {one.key for one in shown}, queries.handed_in_by(page)
    open_ = casework.open_verbs(
        rules.TABLE, page.state, commands.bars_of(page), by=permissions.parts_of(actor, writer)
    )
    return Desk(
        page=page,
        state=words.STATE[page.state],
        shown=shown,
        gone=[one for one in page.blocks if one["key"] not in known],
        forms=[casework.form_of(words.VERBS[v], rules.TABLE[page.state, v]) for v in open_],
        story=[casework.line_of(one, words.VERBS[one.verb]) for one in queries.story_of(page)],
        editions=queries.editions(page),
        alone=page.state == "review" and actor.person_id == writer,
    )


def read(page: PublicPage, edition: Edition) -> list[Shown]:
    """An edition as everybody reads it."""
    return shown_of(page, edition.blocks)


def shown_of(page: PublicPage, blocks_: Sequence[Mapping[str, Any]]) -> list[Shown]:
    """The blocks whose records everybody may see."""
    counted = _counted() if any(one["kind"] == "figure" for one in blocks_) else {}
    pictures = queries.pictures(page)
    found = [(one, blocks.record_of(one)) for one in blocks_]
    return [
        _story(block, pictures) if block["kind"] == "story" else _shown(block, record, counted)
        for block, record in found
        if record is not None
    ]


def _story(block: Mapping[str, Any], pictures: Mapping[str, Sequence[Any]]) -> Shown:
    key = block["key"]
    its = pictures.get(blocks.place_of(key), ())
    return Shown(key, block["kind"], "", say(block["words"]), pictures=its)


def _counted() -> Mapping[str, Row]:
    root, claims = territory.root(), figures.claims_in_use().values()
    units = territory.units_by_id({claim.unit_id for claim in claims})
    return {row.code: row for row in public_rows(root, units, ANONYMOUS)} if root else {}


def _shown(block: Mapping[str, Any], record: Any, counted: Mapping[str, Row]) -> Shown:
    title, line, url, thing = _DRAWN[block["kind"]](block["ref"], record, counted)
    return Shown(block["key"], block["kind"], title, say(block["words"]) or line, url, thing)


_Drawn = tuple[str, str, str, Any]


def _figure(ref: str, _record: Any, counted: Mapping[str, Row]) -> _Drawn:
    row = counted[ref]
    return row.name, row.definition, url_for("figures.shown"), row


def _activity(ref: str, scene: Any, _counted: Any) -> _Drawn:
    card = activity_views.cards_of([scene])[0]
    return say(scene.activity.title), card.when, url_for("activities.show", code=ref), card


def _room(ref: str, room: Any, _counted: Any) -> _Drawn:
    street, _slash, code = ref.partition("/")
    url = url_for("rooms.show", street=street, code=code)
    return say(room.name), say(room.purpose), url, room


def _organisation(ref: str, group: Any, _counted: Any) -> _Drawn:
    return say(group.name), group.purpose, url_for("organisations.group", code=ref), None


def _coverage(_ref: str, item: Any, _counted: Any) -> _Drawn:
    line = f"{say(media.outlets()[item.outlet_id].name)} · {item.published_on:%Y-%m-%d}"
    return item.title, line, url_for("media.public"), None


_DRAWN = {"figure": _figure, "activity": _activity, "room": _room, "organisation": _organisation,
          "coverage": _coverage}  # fmt: skip

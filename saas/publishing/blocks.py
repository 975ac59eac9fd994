"""What a block shows of a record, as it is now and as everybody may see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import url_for

from saas.activities import queries as activities
from saas.activities import views as activity_views
from saas.figures import queries as figures
from saas.figures.views.public import Row, public_rows
from saas.kernel.context import ANONYMOUS
from saas.kernel.errors import NotFound
from saas.kernel.i18n import say
from saas.media import queries as media
from saas.organisations import queries as organisations
from saas.rooms import queries as rooms
from saas.territory import queries as territory

Choices = list[tuple[str, str]]
_MOST: Final = 200


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


def _figures() -> Mapping[str, Row]:
    root, claims = territory.root(), figures.claims_in_use().values()
    units = territory.units_by_id({claim.unit_id for claim in claims})
    return {row.code: row for row in public_rows(root, units, ANONYMOUS)} if root else {}


def _figure(ref: str, counted: Mapping[str, Row]) -> tuple[str, str, str, Any] | None:
    row = counted.get(ref)
    url = url_for("figures.shown")
    return (row.name, row.definition, url, row) if row and row.counted.plain else None


def _activity(ref: str) -> tuple[str, str, str, Any]:
    scene = activities.public_session(ref, actor=ANONYMOUS)
    card = activity_views.cards_of([scene])[0]
    return say(scene.activity.title), card.when, url_for("activities.show", code=ref), card


def _room(ref: str) -> tuple[str, str, str, Any]:
    street, _slash, code = ref.partition("/")
    place = rooms.public_street(street)
    room = rooms.public_room(place, code)
    url = url_for("rooms.show", street=street, code=code)
    return say(room.name), say(room.purpose), url, room


def _organisation(ref: str) -> tuple[str, str, str, Any]:
    group = organisations.open_group(ref)
    url = url_for("organisations.group", code=ref)
    return say(group.name), group.purpose or "", url, None


def _coverage(ref: str) -> tuple[str, str, str, Any] | None:
    item = media.public_coverage(int(ref)) if ref.isdecimal() else None
    if item is None:
        return None
    outlet = media.outlets()[item.outlet_id]
    line = f"{say(outlet.name)} · {item.published_on:%Y-%m-%d}"
    return item.title, line, url_for("media.public"), None


_FOUND: Final[Mapping[str, Callable[[str], tuple[str, str, str, Any] | None]]] = {
    "activity": _activity, "room": _room, "organisation": _organisation, "coverage": _coverage,
}  # fmt: skip


def shown(blocks: Sequence[Mapping[str, Any]], pictures: Mapping[str, list[Any]]) -> list[Shown]:
    """The blocks of a page whose records everybody may see; ``pictures`` by place."""
    counted = _figures() if any(one["kind"] == "figure" for one in blocks) else {}
    found = (_shown(one, counted, pictures) for one in blocks)
    return [one for one in found if one]


def _shown(
    block: Mapping[str, Any], counted: Mapping[str, Row], pictures: Mapping[str, list[Any]]
) -> Shown | None:
    kind, key, words = block["kind"], block["key"], say(block["words"])
    if kind == "story":
        return Shown(key, kind, "", words, pictures=pictures.get(place_of(key), ()))
    try:
        record = _figure(block["ref"], counted) if kind == "figure" else _FOUND[kind](block["ref"])
    except NotFound:
        return None
    if record is None:
        return None
    title, line, url, thing = record
    return Shown(key, kind, title, words or line, url, thing)


def place_of(key: int) -> str:
    """Where the picture of a block is kept with its page."""
    return f"block-{key}"


def choices(kind: str) -> Choices:
    """What a block of this kind can show."""
    return _CHOICES[kind]()


def _measures() -> Choices:
    return [(one.code, str(one.words.name)) for one in figures.public_measures()]


def _sessions() -> Choices:
    past = activities.scenes(activities.last_closed(60))
    scenes = [one for one in (*activities.coming(), *past) if one.activity.public]
    return [
        (one.session.code, f"{say(one.activity.title)} · {activity_views.when(one.session)}")
        for one in scenes[:_MOST]
    ]


def _rooms() -> Choices:
    return [
        (f"{street.code}/{room.code}", f"{say(room.name)} · {say(street.name)}")
        for street in rooms.streets()
        for room in rooms.structure_of(street).rooms
    ]


def _groups() -> Choices:
    return [(one.code, say(one.name)) for one in organisations.all_living()]


def _reports() -> Choices:
    found = media.public(limit=_MOST)
    return [(str(one.id), f"{one.published_on:%Y-%m-%d} {one.title}") for one in found]


_CHOICES: Final[Mapping[str, Callable[[], Choices]]] = {
    "figure": _measures, "activity": _sessions, "room": _rooms, "organisation": _groups,
    "coverage": _reports,
}  # fmt: skip

"""The records that blocks show, as they are now and as everybody may see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from saas.activities import queries as activities
from saas.activities import views as activity_views
from saas.activities.queries import Scene
from saas.figures import queries as figures
from saas.figures.facts import Measure
from saas.kernel.context import ANONYMOUS
from saas.kernel.errors import NotFound
from saas.kernel.i18n import say
from saas.media import queries as media
from saas.media.queries import Coverage
from saas.organisations import queries as organisations
from saas.rooms import queries as rooms
from saas.rooms.queries import Room

Choices = list[tuple[str, str]]
_MOST: Final = 200


def _figure(ref: str) -> Measure | None:
    measures = figures.public_measures()
    return next((one for one in measures if one.code == ref and one.possible()), None)


def _activity(ref: str) -> Scene:
    return activities.public_session(ref, actor=ANONYMOUS)


def _room(ref: str) -> Room:
    street, _slash, code = ref.partition("/")
    return rooms.public_room(rooms.public_street(street), code)


def _coverage(ref: str) -> Coverage | None:
    return media.public_coverage(int(ref)) if ref.isdecimal() else None


_RECORD: Final[Mapping[str, Callable[[str], Any]]] = {
    "figure": _figure, "activity": _activity, "room": _room, "coverage": _coverage,
    "organisation": organisations.open_group, "story": lambda ref: True,
}  # fmt: skip


def record_of(block: Mapping[str, Any]) -> Any | None:
    """What a block is about, if everybody may see it; True for a story, None for what is gone."""
    try:
        return _RECORD[block["kind"]](block["ref"] or "")
    except NotFound:
        return None


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

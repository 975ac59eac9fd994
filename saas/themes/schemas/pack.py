"""A culture pack whole: pack.yaml with its drawings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from markupsafe import Markup
from marshmallow import Schema, validate
from marshmallow import fields as f

from saas.themes.schemas import cells, culture
from saas.themes.schemas.cells import rows
from saas.themes.schemas.look import MOTIFS, Frame, FramesSchema, Label, Palette, PaletteSchema

#: Every drawing that a pack can bring: the needed ones, the picture of the culture page, cards for
#: stories, and the ground of a poster.
SLOTS = (*MOTIFS, "hero", *(f"card_{number}" for number in range(1, 9)), "poster")
#: Sections that a pack can say are bound to its place: what is told and called, never the look.
BINDABLE = (
    "place",
    "notes",
    "words",
    "levels",
    "rooms",
    "calendar",
    "activities",
    "stories",
    "people",
    "routes",
    "honours",
)
_EMPTY = ("bound", "notes", "calendar", "activities", "stories", "people", "routes", "honours")
DRAFT = -1
#: Sections that are kept by key: section → the key's name in a row.
KEYED = {"words": "term", "levels": "code"}


@dataclass(frozen=True)
class Pack:
    """A culture pack, checked and ready for pages.

    ``drawings`` are the files as they were given, ``motifs`` the same as markup for a page.
    ``icon`` is a data address for browser tabs; ``mark`` changes with anything in the pack.
    ``home`` is the official code of its place, ``bound`` the sections that are true of that place
    alone. ``edition`` is the number of a district's own edition, 0 for what ships, `DRAFT` for a
    draft.
    """

    code: str
    version: str
    title: Label
    summary: Label
    palette: Palette
    frames: Mapping[str, Frame]
    drawings: Mapping[str, str]
    motifs: Mapping[str, Markup]
    icon: str
    place: Label | None = None
    home: str | None = None
    bound: tuple[str, ...] = ()
    notes: tuple[culture.Note, ...] = ()
    words: Mapping[str, Label] = field(default_factory=dict)
    levels: Mapping[str, Label] = field(default_factory=dict)
    rooms: Mapping[str, culture.RoomName] = field(default_factory=dict)
    calendar: tuple[culture.Festival, ...] = ()
    activities: tuple[culture.Activity, ...] = ()
    stories: tuple[culture.Story, ...] = ()
    people: tuple[culture.Person, ...] = ()
    routes: tuple[culture.Route, ...] = ()
    honours: tuple[culture.Honour, ...] = ()
    mark: str = ""
    edition: int = 0

    @property
    def name(self) -> str:
        """What tells it from every other pack of the district; it stands in addresses."""
        if self.edition == DRAFT:
            return "the-draft"
        return f"edition-{self.edition}" if self.edition else self.code

    @property
    def seal_frame(self) -> Frame:
        """The frame of a room's seal."""
        return self.frames["room"]

    @property
    def has_culture(self) -> bool:
        """Whether there is anything to show beyond the look."""
        return bool(self.calendar or self.stories or self.people or self.routes or self.honours)

    def motif(self, slot: str) -> Markup:
        """A drawing to stand in a page; nothing where the pack has none of that name."""
        return self.motifs.get(slot, Markup())


class WordSchema(Schema):
    """What an idea of the product is called here."""

    term = cells.code()
    name = cells.name()


class LevelSchema(Schema):
    """What a level of the ladder is called here."""

    code = cells.code()
    name = cells.name()


class PackSchema(Schema):
    """The whole of pack.yaml. Everything but the head, the palette and the frames is optional."""

    code = cells.code()
    version = f.String(
        required=True, validate=validate.Regexp(r"^(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){2}\Z")
    )
    title = cells.name()
    summary = cells.sentence()
    place = cells.name(required=False)
    home = f.String(validate=validate.Regexp(r"^[0-9]{6}\Z"))
    bound = f.List(f.String(validate=validate.OneOf(BINDABLE)), load_default=list)
    notes = rows(culture.NoteSchema, 60)
    palette = f.Nested(PaletteSchema, required=True)
    frames = f.Nested(FramesSchema, required=True)
    words = rows(WordSchema, 120)
    levels = rows(LevelSchema, 20)
    rooms = rows(culture.RoomNameSchema, 80)
    calendar = rows(culture.FestivalSchema, 80)
    activities = rows(culture.ActivitySchema, 120)
    stories = rows(culture.StorySchema, 60)
    people = rows(culture.PersonSchema, 60)
    routes = rows(culture.RouteSchema, 20)
    honours = rows(culture.HonourSchema, 40)


def shaped(data: Mapping[str, Any]) -> dict[str, Any]:
    """What `PackSchema` loaded as arguments of a `Pack`: lists as tuples, names by key."""
    made: dict[str, Any] = {**data, "palette": Palette(**data["palette"])}
    made |= {section: tuple(data[section]) for section in _EMPTY}
    for section, key in KEYED.items():
        made[section] = {row[key]: row["name"] for row in data[section]}
    return made | {"rooms": {room.code: room for room in data["rooms"]}}


def content(pack: Pack) -> dict[str, Any]:
    """A pack as plain JSON in the shape of pack.yaml: `read_pack` makes an equal pack of it.

    The drawings are not in it: they are ``pack.drawings``.
    """
    kept = {key: getattr(pack, key) for key in PackSchema._declared_fields}
    for section, key in KEYED.items():
        kept[section] = [{key: term, "name": said} for term, said in kept[section].items()]
    kept["rooms"] = list(pack.rooms.values())
    return {key: _plain(value) for key, value in kept.items() if not _absent(value)}


def _absent(value: Any) -> bool:
    return value is None or value == () or value == []


def _plain(value: Any) -> Any:
    if isinstance(value, culture.Term):
        return {"term": value.name}
    if isinstance(value, culture.Lunar | culture.Solar | culture.Weekday):
        return {type(value).__name__.lower(): vars(value).copy()}
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((one.name, getattr(value, one.name)) for one in fields(value))
        return {key: _plain(inner) for key, inner in pairs if not _absent(inner)}
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value

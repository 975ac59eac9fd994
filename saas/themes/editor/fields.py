"""Which fields the rows of a section have, and how each is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from saas.kernel.i18n import say
from saas.packages import vocabulary
from saas.packages.model import queries as model
from saas.themes.editor import words
from saas.themes.rules.compare import called
from saas.themes.schemas import SLOTS, Label, Pack, content

#: Value and word of each choice.
Options: TypeAlias = list[tuple[str, str]]

NAME, LONG, TEXT, NUMBER, YES = "name", "long", "text", "number", "yes"
CHOICE, PICKS, LINES, RULE, ROWS = "choice", "picks", "lines", "rule", "rows"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to type in a row. ``rows`` are the fields of rows inside this one."""

    key: str
    kind: str
    required: bool = True
    longest: int = 40
    rows: tuple[Field, ...] = ()


def _optional(key: str, kind: str, longest: int = 40) -> Field:
    return Field(key, kind, required=False, longest=longest)


_NAME = Field("name", NAME)
_STOPS = (_NAME, Field("what", LONG), Field("minutes", NUMBER))
#: Section → the fields of its rows, in the order in which they are typed.
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "notes": (Field("kind", CHOICE), Field("text", LONG), _optional("source", TEXT, 300)),
    "words": (Field("term", CHOICE), _NAME),
    "levels": (Field("code", CHOICE), _NAME),
    "rooms": (Field("code", CHOICE), _NAME, Field("seal", TEXT, longest=1)),
    "calendar": (
        _NAME, Field("rule", RULE), _optional("days", NUMBER), _optional("local", YES),
        _optional("eaten", LONG), _optional("done", LONG), _optional("activities", PICKS),
    ),
    "activities": (
        _NAME, Field("purpose", LONG), Field("minutes", NUMBER), Field("places", NUMBER),
        _optional("room", CHOICE), _optional("festival", CHOICE), _optional("bring", LINES),
        _optional("steps", LINES),
    ),
    "stories": (
        Field("title", NAME), Field("text", LONG), _optional("drawing", CHOICE),
        _optional("people", PICKS),
    ),
    "people": (_NAME, Field("years", TEXT), Field("known_for", LONG)),
    "routes": (
        _NAME, Field("summary", LONG), Field("minutes", NUMBER), Field("stops", ROWS, rows=_STOPS),
    ),
    "honours": (_NAME, Field("seal", TEXT, longest=1), Field("reason", LONG)),
}  # fmt: skip
#: Sections whose rows are told apart by a code that nobody types: it is made from the name.
CODED = ("calendar", "activities", "stories", "people", "routes", "honours")


def options(section: str, key: str, draft: Pack) -> Options:
    """What can be chosen for a field: rows of the draft, rooms and levels of the package."""
    found = _CHOICES.get((section, key))
    return found(draft) if found else []


def _rows_of(section: str) -> Callable[[Pack], Options]:
    def listed(draft: Pack) -> Options:
        rows = content(draft).get(section, [])
        return [(row["code"], say(called(row)) or row["code"]) for row in rows]

    return listed


def _terms(draft: Pack) -> Options:
    """Every term of the product, and what the pack names beside them."""
    named = {**vocabulary.model_words(), **draft.words}
    return [(term, _with(say(name), term)) for term, name in named.items()]


def _levels(draft: Pack) -> Options:
    named = dict(_model_levels())
    more = {code: name for code, name in draft.levels.items() if code not in named}
    return [(code, _with(say(name), code)) for code, name in {**named, **more}.items()]


def _model_levels() -> list[tuple[str, Label]]:
    return model.installed_names(_MAIN)


#: The ladder whose levels people call the levels; see `territory.queries`.
_MAIN = ("territory", "levels", "escalation")


def _rooms(draft: Pack) -> Options:
    named = dict(model.installed_names(("rooms", "rooms")))
    more = {code: room.name for code, room in draft.rooms.items() if code not in named}
    return [(code, say(name)) for code, name in {**named, **more}.items()]


def _slots(draft: Pack) -> Options:
    return [(slot, str(words.SLOT[slot])) for slot in SLOTS if slot in draft.drawings]


def _kinds(draft: Pack) -> Options:
    return [(kind, str(word)) for kind, word in words.KIND.items()]


def _with(name: str, code: str) -> str:
    return f"{name} · {code}" if name else code


_CHOICES: Mapping[tuple[str, str], Callable[[Pack], Options]] = {
    ("notes", "kind"): _kinds,
    ("words", "term"): _terms,
    ("levels", "code"): _levels,
    ("rooms", "code"): _rooms,
    ("calendar", "activities"): _rows_of("activities"),
    ("activities", "room"): _rooms,
    ("activities", "festival"): _rows_of("calendar"),
    ("stories", "drawing"): _slots,
    ("stories", "people"): _rows_of("people"),
}

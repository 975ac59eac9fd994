"""Strict fields: what stands in the file must already be what is meant.

Nothing is converted silently (a number is not a text, a mapping is not a list). A field fails with
a `Problem`: a key into the table of sentences in ``rules.faults`` and the values for it, so that
the same fault can be read in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from dataclasses import fields as fields_of
from datetime import date
from typing import Annotated, Any, ClassVar, Never, TypeAlias

from marshmallow import Schema, ValidationError, fields, post_load

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
KEY = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")

_COMMON: dict[str, Any] = {"required": "missing", "null": "empty", "validator_failed": "other"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value was refused: which sentence, and what to fill into it."""

    key: str
    values: Mapping[str, object]


def fail(key: str, **values: object) -> Never:
    """Refuse the value that is being loaded."""
    raise ValidationError([Problem(key, values)])


class Strict(Schema):
    """A mapping with exactly these keys, built into ``shape``."""

    class Meta:
        register = False  # two domains may have rows of the same name

    shape: ClassVar[type[Any]] = dict
    error_messages = {"unknown": "unknown", "type": "not_mapping"}

    @post_load
    def build(self, data: dict[str, Any], **_: object) -> Any:
        """The frozen dataclass (or the label) that this mapping stands for."""
        return self.shape(**data)


class Value(fields.Field[Any]):
    """A single value that is taken as it stands or refused."""

    default_error_messages = _COMMON

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return self.taken(value)

    def taken(self, value: Any) -> Any:
        """The value, or a call of `fail`."""
        raise NotImplementedError

    def as_json(self) -> dict[str, Any]:
        """The same in the words of JSON Schema, for editors."""
        return {}


class TextField(Value):
    """One text: not empty, without blanks at either end, not endless.

    ``pattern`` is what a kind of text has to match as a whole.
    """

    pattern: ClassVar[re.Pattern[str] | None] = None

    def __init__(self, *, limit: int = 2000, **kwargs: Any) -> None:
        self.limit = limit
        super().__init__(**kwargs)

    def taken(self, value: Any) -> str:
        """A text that keeps what is said above, and what ``shaped`` adds."""
        if not isinstance(value, str):
            fail("not_text")
        if not value.strip():
            fail("empty")
        if value != value.strip():
            fail("not_stripped")
        if "\x00" in value:  # a file spells it \\0; no database has a text with one
            fail("nul")
        if len(value) > self.limit:
            fail("too_long", limit=self.limit)
        return self.shaped(value)

    def shaped(self, value: str) -> str:
        """What else the text must be; nothing here."""
        return value

    def as_json(self) -> dict[str, Any]:
        """A text with no blanks at its ends and no NUL, and the pattern of its kind if any."""
        size = {"type": "string", "minLength": 1, "maxLength": self.limit}
        pattern = {"pattern": f"^(?:{self.pattern.pattern})$"} if self.pattern else {}
        return {**size, **pattern, "not": {"pattern": r"^\s|\s$|\u0000"}}


class CodeField(TextField):
    """A handle in ASCII by which other files name this row."""

    pattern = CODE

    def shaped(self, value: str) -> str:
        """Lower-case letters, digits and underscores, a letter first."""
        return value if CODE.fullmatch(value) else fail("bad_code", found=value[:60])


class KeyField(TextField):
    """The name of a package: as a code, but it may begin with a digit."""

    pattern = KEY

    def shaped(self, value: str) -> str:
        """Lower-case letters, digits and underscores."""
        return value if KEY.fullmatch(value) else fail("bad_key", found=value[:60])


class VersionField(TextField):
    """Three numbers that grow: breaking, added, corrected."""

    pattern = VERSION

    def shaped(self, value: str) -> str:
        """Semantic version without extras."""
        return value if VERSION.fullmatch(value) else fail("bad_version", found=value[:60])


class ClockField(TextField):
    """A time of day; as text it sorts like the clock."""

    pattern = CLOCK

    def shaped(self, value: str) -> str:
        """From 00:00 to 23:59, always five characters."""
        return value if CLOCK.fullmatch(value) else fail("bad_clock", found=value[:60])


class ChoiceField(TextField):
    """One of a few words."""

    def __init__(self, *allowed: str, **kwargs: Any) -> None:
        self.allowed = allowed
        super().__init__(**kwargs)

    def shaped(self, value: str) -> str:
        """The word, if it is one of ours."""
        if value not in self.allowed:
            fail("bad_choice", found=value[:60], allowed=", ".join(self.allowed))
        return value

    def as_json(self) -> dict[str, Any]:
        """The words."""
        return {"type": "string", "enum": [*self.allowed]}


class DayField(Value):
    """A calendar day, written 2023-06-30."""

    def taken(self, value: Any) -> date:
        """The day of the calendar, if there is one."""
        try:
            return date.fromisoformat(value if DAY.fullmatch(value) else "")
        except (TypeError, ValueError):
            fail("bad_date", found=str(value)[:60])

    def as_json(self) -> dict[str, Any]:
        """A date as text."""
        return {"type": "string", "format": "date", "pattern": f"^{DAY.pattern}$"}


class FlagField(Value):
    """true or false."""

    def taken(self, value: Any) -> bool:
        """The flag itself."""
        return value if isinstance(value, bool) else fail("not_flag")

    def as_json(self) -> dict[str, Any]:
        """A boolean."""
        return {"type": "boolean"}


class NumberField(Value):
    """A number between two bounds, whole or not."""

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def taken(self, value: Any) -> float:
        """The number within its bounds."""
        if not isinstance(value, int | float) or isinstance(value, bool):
            fail("not_number")
        if not self.least <= value <= self.most:
            fail("out_of_range", least=self.least, most=self.most)
        return value

    def as_json(self) -> dict[str, Any]:
        """A number within its bounds."""
        return {"type": "number", "minimum": self.least, "maximum": self.most}


class WholeField(NumberField):
    """A whole number between two bounds."""

    def taken(self, value: Any) -> int:
        """The number, if it has no decimals."""
        return int(super().taken(value if isinstance(value, int) else fail("not_whole")))

    def as_json(self) -> dict[str, Any]:
        """An integer within its bounds."""
        return {**super().as_json(), "type": "integer"}


#: How many rows a list may have unless it says so itself; more is a mistake or an attack.
MOST_ROWS = 2000


class Rows(fields.List[Any]):
    """A list, loaded as a tuple; ``least`` and ``most`` say how many rows there must be."""

    default_error_messages = {**_COMMON, "invalid": "not_list"}

    def __init__(self, inner: Any, *, least: int = 0, most: int = MOST_ROWS, **kw: Any) -> None:
        self.least, self.most = least, most
        super().__init__(inner, **kw)

    def _deserialize(self, value: Any, *rest: Any, **kwargs: Any) -> Any:
        if not isinstance(value, list):  # a mapping would pass as a collection of its keys
            fail("not_list")
        if len(value) < self.least:
            fail("too_few", least=self.least)
        if len(value) > self.most:  # before a single row is looked at
            fail("too_many", found=len(value), limit=self.most)
        return tuple(super()._deserialize(value, *rest, **kwargs))


class Inner(fields.Nested):
    """A mapping inside a mapping."""

    default_error_messages = {**_COMMON, "type": "not_mapping"}


def named(schema: type[Strict]) -> str:
    """What a mapping is called, as its dataclass is."""
    return schema.__name__.removesuffix("Schema")


def mappings(schema: type[Strict], known: set[type[Strict]] | None = None) -> set[type[Strict]]:
    """This mapping and all inside it, at any depth."""
    found = set() if known is None else known
    if schema not in found:
        found.add(schema)
        for field in schema().fields.values():
            while isinstance(field, Rows):
                field = field.inner
            if isinstance(field, Inner):
                mappings(type(field.schema), found)  # type: ignore[arg-type]
    return found


class LabelSchema(Strict):
    """Both languages, both said."""

    zh = TextField(required=True)
    en = TextField(required=True)


Label: TypeAlias = Annotated[Mapping[str, str], Inner(LabelSchema)]
"""A name or text on screen, by language: ``{"zh": ..., "en": ...}``. Read only: it is cached."""

Code: TypeAlias = Annotated[str, CodeField()]
Key: TypeAlias = Annotated[str, KeyField()]
Version: TypeAlias = Annotated[str, VersionField()]
Clock: TypeAlias = Annotated[str, ClockField()]


@dataclass(frozen=True, slots=True)
class Many:
    """How many rows a list may have, where a tuple alone does not say it."""

    least: int = 0
    most: int = MOST_ROWS


def plain(value: Any) -> Any:
    """A loaded value as it could stand in a file; what equals its default need not be said."""
    if is_dataclass(value):
        said = ((each, getattr(value, each.name)) for each in fields_of(value))
        return {each.name: plain(found) for each, found in said if found != each.default}
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return value

"""Fields of a form, declared once → marshmallow schema, start values, labels for its faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel.speaklater import LazyString
from marshmallow import Schema, fields, post_load, pre_load, validate

from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import Day, Lines, Uploads, filled, in_lines, pull_label, push_label

#: Kinds. A label is a text in Chinese and English, ``long`` in boxes of several lines; ``words``
#: one text of several lines; ``lines`` one label a line; ``pick`` one of few or many, ``cards``
#: one of few to be looked at; ``tick`` yes or no.
LABEL, LONG, TEXT, WORDS, LINES = "label", "long", "text", "words", "lines"
NUMBER, PICK, CARDS, TICK, DAY, FILES = "number", "pick", "cards", "tick", "day", "files"
_LABELS = {LABEL, LONG}

#: Value and word of each choice; cards may have a hint and a seal besides.
Choices = Iterable[tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to fill in.

    ``longest`` is the limit of a text in characters (English of a label: ``longest_en``), ``least``
    and ``most`` those of a number, which is written with its ``unit``. ``options`` are the choices,
    or make them when the page is shown; with ``blank`` (its word) none need be chosen. ``once``: it
    is asked for something new and stays for ever. ``missing``: the sentence where no line is there.
    ``read`` gets the stored value of a thing, where that is not the attribute by its name.
    """

    name: str
    label: Any
    kind: str = LABEL
    help: Any = None
    required: bool = False
    longest: int = 60
    longest_en: int = 100
    least: int | None = None
    most: int | None = None
    rows: int = 5
    unit: Any = None
    options: Choices | Callable[[], Choices] = ()
    among: Sequence[str] | None = None
    blank: Any = None
    default: Any = None
    once: bool = False
    missing: Any = None
    read: Callable[[Any], Any] | None = None

    @property
    def choices(self) -> Choices:
        """What can be chosen now, in the reader's language."""
        found = self.options() if callable(self.options) else self.options
        return [(value, *(_said(word) for word in words)) for value, *words in found]


def _said(word: Any) -> Any:
    """A word that is translated late as the text that it is now; pairs of a group as they are."""
    return str(word) if isinstance(word, LazyString) else word


def _kind(kind: str) -> Callable[..., Field]:
    def made(name: str, label: Any, help: Any = None, **more: Any) -> Field:
        return Field(name=name, label=label, help=help, kind=kind, **more)

    return made


#: A field of each kind: its name, its label, its help if there is any, and more by name.
label, long, lines, number = map(_kind, (LABEL, LONG, LINES, NUMBER))
pick, tick = map(_kind, (PICK, TICK))


def cards(name: str, label: Any, options: Sequence[tuple[Any, ...]], **more: Any) -> Field:
    """One of a few that must be chosen when the thing is new, and stays."""
    among = [str(each[0]) for each in options]
    fixed = {"options": options, "among": among, "required": True, "once": True}
    return Field(name=name, label=label, kind=CARDS, **{**fixed, **more})


def whole(least: int | None, most: int | None, **options: Any) -> fields.Integer:
    """A whole number between two others."""
    between = validate.Range(least, most, error=_l("A number from {min} to {max}, please."))
    return fields.Integer(validate=between, **options)


# Schema ----------------------------------------------------------------------------------------


def schema_of(shape: Iterable[Field], *, new: bool = True, extra: type[Schema] = Schema) -> Any:
    """The schema of a form; without ``new`` of one that edits. ``extra`` adds what is its own."""
    asked = [field for field in shape if new or not field.once]
    empty = [f.name for f in asked if f.kind in {NUMBER, PICK, DAY} and not f.required]
    defaults = {f.name: f.default for f in asked if f.kind == NUMBER}
    joined = [field.name for field in asked if field.kind in _LABELS]

    class Declared(extra):  # type: ignore[valid-type, misc]
        """What the fields say."""

        @pre_load
        def _empty(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
            """A field that was left empty is sent as an empty text."""
            return {**data, **{name: data.get(name) or None for name in empty}}

        @post_load
        def _join(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
            for name in joined:
                pull_label(data, name)
            return data | {name: n for name, n in defaults.items() if data.get(name) is None}

    parts = {name: part for field in asked for name, part in _PARTS[field.kind](field).items()}
    return type("Asked", (Declared,), parts)


_Parts = dict[str, fields.Field[Any]]


def _asked(field: Field, **other: Any) -> dict[str, Any]:
    """What is said of a field that must be there, or what stands for one that need not."""
    return {"required": True} if field.required else other


def _label(field: Field) -> _Parts:
    zh, en = validate.Length(max=field.longest), validate.Length(max=field.longest_en)
    needed = filled(field.longest) if field.required else zh
    return {
        f"{field.name}_zh": fields.String(validate=needed, **_asked(field, load_default="")),
        f"{field.name}_en": fields.String(validate=en, load_default=""),
    }


def _text(field: Field) -> _Parts:
    limit = filled(field.longest) if field.required else validate.Length(max=field.longest)
    return {field.name: fields.String(validate=limit, **_asked(field, load_default=""))}


def _lines(field: Field) -> _Parts:
    some = validate.Length(min=1, error=field.missing or _l("Please fill this in."))
    if field.required:
        return {field.name: Lines(required=True, validate=some)}
    return {field.name: Lines(load_default=list)}


def _number(field: Field) -> _Parts:
    default = {"load_default": field.default, "allow_none": True}
    return {field.name: whole(field.least, field.most, **_asked(field, **default))}


def _one(field: Field) -> _Parts:
    fixed = field.among
    if fixed is None and field.options and not callable(field.options):
        fixed = [str(value) for value, *_ in field.options]
    among = validate.OneOf(fixed) if fixed is not None else validate.Length(max=40)
    default = {"load_default": field.default, "allow_none": True}
    return {field.name: fields.String(validate=among, **_asked(field, **default))}


def _tick(field: Field) -> _Parts:
    return {field.name: fields.Boolean(load_default=False)}


def _day(field: Field) -> _Parts:
    return {field.name: Day(**_asked(field, load_default=None, allow_none=True))}


def _files(field: Field) -> _Parts:
    return {field.name: Uploads(load_default=list)}


_PARTS: Mapping[str, Callable[[Field], _Parts]] = {
    LABEL: _label, LONG: _label, TEXT: _text, WORDS: _text, LINES: _lines, NUMBER: _number,
    PICK: _one, CARDS: _one, TICK: _tick, DAY: _day, FILES: _files,
}  # fmt: skip


# Start values ----------------------------------------------------------------------------------


def stored(shape: Iterable[Field], row: Any) -> dict[str, Any]:
    """What a thing has now, as its form shows it; of nothing (None) what stands there at first."""
    values: dict[str, Any] = {}
    for field in shape:
        if not field.once:
            values |= _spelled(field, _value(field, row) if row is not None else field.default)
    return values


def _value(field: Field, row: Any) -> Any:
    return field.read(row) if field.read else getattr(row, field.name)


def _spelled(field: Field, value: Any) -> dict[str, Any]:
    if field.kind in _LABELS:
        pair: dict[str, Any] = {}
        push_label(pair, field.name, value)
        return pair
    if field.kind == LINES:
        return {field.name: in_lines(value or ())}
    if field.kind == TICK:
        return {field.name: bool(value)}
    return {field.name: "" if value is None else value}


def labels_of(shape: Iterable[Field]) -> dict[str, Any]:
    """Field of the form → what it is called in the list of faults."""
    words: dict[str, Any] = {}
    for field in shape:
        words |= dict.fromkeys(_names(field), field.label)
    return words


def _names(field: Field) -> list[str]:
    both = [f"{field.name}_zh", f"{field.name}_en"]
    return both if field.kind in _LABELS else [field.name]

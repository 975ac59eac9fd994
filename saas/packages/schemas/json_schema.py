"""JSON Schema of files that people write, made from the schemas with which we read them.

Editors complete and check with it. It says all that one value can be; what rows and files have to
do with each other only reading the whole package can tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from saas.kernel.i18n import LOCALES, speaking
from saas.packages.schemas.fields import Inner, Rows, Strict, Value, named

DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: Words of the product by the name of what they explain, said in the reader's language.
Said = Mapping[str, Any]
#: Sentences on a mapping (with no name) or on a field of it: two domains may call theirs alike.
Explained = Mapping[tuple[type[Strict], str], Any]


def json_schema(schema: type[Strict], *, words: Said, explained: Explained) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a file.

    ``words`` name fields, by the field's name; ``explained`` are sentences on mappings and on their
    fields. Both stand in it in every language, so this needs an app.
    """
    parts: dict[str, Any] = {}
    top = _mapping(schema, parts, words, explained)
    return {"$schema": DIALECT, **top, "$defs": dict(sorted(parts.items()))}


def _mapping(
    schema: type[Strict], parts: dict[str, Any], words: Said, explained: Explained
) -> dict[str, Any]:
    """A mapping with exactly these keys; those inside it go to ``parts``."""
    made = schema()
    keys = {}
    for name, field in made.fields.items():
        sentence = explained.get((schema, name))
        keys[name] = {
            **_title(words.get(name)),
            **_description(sentence),
            **_field(field, parts, words, explained),
        }
    return {
        **_description(explained.get((schema, ""))),
        "type": "object",
        "properties": keys,
        "required": sorted(name for name, field in made.fields.items() if field.required),
        "additionalProperties": False,
    }


def _field(
    field: fields.Field[Any], parts: dict[str, Any], words: Said, explained: Explained
) -> dict[str, Any]:
    """What a field takes; one that may be empty also takes null."""
    if isinstance(field, Rows):
        inner = _field(field.inner, parts, words, explained)
        found = {"type": "array", "items": inner, "minItems": field.least, "maxItems": field.most}
    elif isinstance(field, Inner):
        found = _reference(type(field.schema), parts, words, explained)  # type: ignore[arg-type]
    elif isinstance(field, Value):
        found = field.as_json()
    else:
        raise TypeError(f"{type(field).__name__} cannot be published: use the fields of packages")
    return {"anyOf": [found, {"type": "null"}]} if field.allow_none else found


def _reference(
    schema: type[Strict], parts: dict[str, Any], words: Said, explained: Explained
) -> dict[str, Any]:
    name = named(schema)
    if name not in parts:
        parts[name] = {}  # so that a tree ends
        parts[name] = _mapping(schema, parts, words, explained)
    return {"$ref": f"#/$defs/{name}"}


def _title(word: object | None) -> dict[str, str]:
    return {"title": " · ".join(_in_all(word))} if word is not None else {}


def _description(sentence: object | None) -> dict[str, str]:
    return {"description": "\n".join(_in_all(sentence))} if sentence is not None else {}


def _in_all(word: object) -> list[str]:
    """A word in every language of the product, each only once."""
    said = []
    for code in LOCALES:
        with speaking(code):
            said.append(str(word))
    return list(dict.fromkeys(said))

"""The JSON Schemas of the files of a package, as they are published and written beside it."""

from __future__ import annotations

import json
from typing import Any

from saas.packages import words
from saas.packages.parts import all_files, plugs
from saas.packages.schemas.json_schema import json_schema

#: The folder beside a package's files in which their schemas lie.
FOLDER = "schema"
#: Lines at the top of a file with which editors find its schema.
_HINTS = ("# yaml-language-server: $schema={place}", "# $schema: {place}")


def schema_of(file: str) -> dict[str, Any]:
    """The JSON Schema of a file of a package by its stem; raises `KeyError` for any other name."""
    found = json_schema(
        all_files()[file], words=words.field_words(file), explained=plugs().explained
    )
    return {"$schema": found["$schema"], "title": f"{file}.yaml", **found}


def schema_text(file: str) -> str:
    """The same as text, for people and machines."""
    return json.dumps(schema_of(file), ensure_ascii=False, indent=2) + "\n"


def with_hint(file: str, content: bytes) -> bytes:
    """The file with the lines that tell an editor its schema, in place of any it had."""
    place = f"{FOLDER}/{file}.json"
    starts = tuple(hint.partition("{")[0].rstrip("=").encode() for hint in _HINTS)
    rest = [line for line in content.splitlines(keepends=True) if not line.startswith(starts)]
    hints = "".join(f"{hint.format(place=place)}\n" for hint in _HINTS)
    return hints.encode() + b"".join(rest)

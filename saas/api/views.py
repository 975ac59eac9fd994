"""The document of the API in rows that a template shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from saas.kernel.i18n import gettext as _

Spec = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One value that goes in or comes out. ``shape`` names a shape of the document, or nothing."""

    name: str
    kind: str
    place: str
    required: bool
    about: str
    choices: list[str]
    limits: str
    shape: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One route as a reader needs it. ``errors`` are pairs of a status and its title."""

    anchor: str
    method: str
    path: str
    summary: str
    about: str
    needs: str
    takes: list[Field]
    status: str
    shape: str
    errors: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Section:
    """The routes of one domain."""

    name: str
    title: str
    operations: list[Operation]


@dataclass(frozen=True, slots=True)
class Shape:
    """A named object and its fields."""

    name: str
    fields: list[Field]


def sections(spec: Spec) -> list[Section]:
    """Every route, by domain, in the order in which they are declared."""
    found = [Section(tag["name"], tag["description"], []) for tag in spec["tags"]]
    by_name = {section.name: section for section in found}
    for path, item in spec["paths"].items():
        shared = item.get("parameters", [])
        for method, operation in item.items():
            if method != "parameters":
                row = _operation(spec, path, method, shared, operation)
                by_name[operation["tags"][0]].operations.append(row)
    return found


def _operation(
    spec: Spec, path: str, method: str, shared: list[Spec], operation: Spec
) -> Operation:
    good = next(status for status in operation["responses"] if status.startswith("2"))
    return Operation(
        anchor=f"{method}-{path.strip('/').replace('/', '-').replace('{', '').replace('}', '')}",
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        about=operation.get("description", ""),
        needs=operation["x-needs"],
        takes=[*_parameters([*shared, *operation.get("parameters", [])]), *_body(spec, operation)],
        status=good,
        shape=_shape_of(_json(operation["responses"][good])),
        errors=[
            (status, spec["components"]["responses"][_tail(answer)]["description"])
            for status, answer in sorted(operation["responses"].items())
            if status != good
        ],
    )


def _parameters(given: list[Spec]) -> Iterator[Field]:
    places = {"path": _("address"), "query": _("query"), "header": _("header")}
    for one in given:
        yield _field(
            one["name"],
            one["schema"],
            place=places[one["in"]],
            required=one.get("required", False),
            about=one.get("description", ""),
        )


def _body(spec: Spec, operation: Spec) -> list[Field]:
    schema = _json(operation.get("requestBody", {}))
    found = spec["components"]["schemas"].get(_shape_of(schema), schema)
    return _fields(found, place=_("body"))


def shapes(spec: Spec) -> list[Shape]:
    """Every named object, by name."""
    return [
        Shape(name, _fields(schema, place=""))
        for name, schema in sorted(spec["components"]["schemas"].items())
    ]


def _fields(schema: Spec, *, place: str) -> list[Field]:
    needed = schema.get("required", [])
    return [
        _field(name, inner, place=place, required=name in needed)
        for name, inner in schema.get("properties", {}).items()
    ]


def _field(name: str, schema: Spec, *, place: str, required: bool, about: str = "") -> Field:
    return Field(
        name,
        _kind(schema),
        place,
        required,
        about or schema.get("description", ""),
        [str(choice) for choice in schema.get("enum", [])],
        _limits(schema),
        _shape_of(schema) or _shape_of(schema.get("items", {})),
    )


def _json(holder: Spec) -> Spec:
    found: Spec = holder.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _tail(reference: Spec) -> str:
    return str(reference.get("$ref", "")).rpartition("/")[2]


def _shape_of(schema: Spec) -> str:
    inner = next((one for one in schema.get("anyOf", []) if "$ref" in one), schema)
    return _tail(inner)


def _kind(schema: Spec) -> str:
    """A type in words. Shapes are named beside it."""
    words = {
        "string": _("text"),
        "integer": _("whole number"),
        "number": _("number"),
        "boolean": _("yes or no"),
        "object": _("object"),
        "array": _("list"),
        "null": _("nothing"),
        "date-time": _("date with time"),
    }
    if schema.get("format") in words:
        return words[schema["format"]]
    given = schema.get("type", "object")
    kinds: list[str] = given if isinstance(given, list) else [given]
    return _(" or ").join(words.get(kind, kind) for kind in kinds)


def _limits(schema: Spec) -> str:
    low = schema.get("minLength", schema.get("minimum"))
    high = schema.get("maxLength", schema.get("maximum"))
    parts = []
    if high is not None:
        unit = _("characters") if "maxLength" in schema else ""
        parts.append(f"{low or 0}–{high} {unit}".strip())
    if schema.get("default") is not None and "enum" not in schema:
        value = schema["default"]
        said = str(value).lower() if isinstance(value, bool) else value
        parts.append(_("else %(value)s", value=said))
    return _("; ").join(parts)


def example(spec: Spec) -> str:
    """A first call that anybody may try: the first list in the document."""
    base = spec["servers"][0]["url"]
    lists = [
        path
        for path, item in spec["paths"].items()
        if "{" not in path
        and any(p["name"] == "page" for p in item.get("get", {}).get("parameters", ()))
    ]
    return f'curl -H "Authorization: Bearer $TOKEN" "{base}{lists[0]}?page_size=5"'

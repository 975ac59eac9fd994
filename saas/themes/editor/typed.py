"""Rows of a pack as a flat form, and back.

A row of ``calendar`` is typed as ``calendar-3-name-zh`` and so on; ``calendar-rows`` holds the
numbers in their order. A removed row stays in the form, marked ``calendar-3-gone``, until it is
saved: so taking it back loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from saas.themes.editor import fields as kinds
from saas.themes.editor.fields import CODED, FIELDS, Field

_MOST_ROWS = 400
_PARTS = ("month", "day", "weekday", "nth", "term")


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of a section in a form: their numbers in order, and those marked as removed."""

    numbers: tuple[int, ...]
    gone: frozenset[int]


def listed(prefix: str, typed: Mapping[str, Any]) -> Listed:
    """Which rows a form holds; numbers that are none are left out."""
    found = str(typed.get(f"{prefix}-rows") or "").split(",")[:_MOST_ROWS]
    numbers = dict.fromkeys(int(one) for one in found if re.fullmatch(r"\d{1,6}", one))
    gone = frozenset(number for number in numbers if typed.get(f"{prefix}-{number}-gone"))
    return Listed(tuple(numbers), gone)


# Rows → form -----------------------------------------------------------------------------------


def spelled(
    prefix: str, shape: Iterable[Field], rows: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Rows as what stands in the fields of a form."""
    typed: dict[str, Any] = {}
    number = -1
    for number, row in enumerate(rows):
        typed[f"{prefix}-{number}-code"] = row.get("code", "")
        for field in shape:
            typed |= _spelled(f"{prefix}-{number}-{field.key}", field, row.get(field.key))
    return typed | {f"{prefix}-rows": ",".join(str(one) for one in range(number + 1))}


def _spelled(name: str, field: Field, value: Any) -> dict[str, Any]:
    if field.kind in {kinds.NAME, kinds.LONG}:
        said = value or {}
        return {f"{name}-zh": said.get("zh", ""), f"{name}-en": said.get("en", "")}
    if field.kind == kinds.LINES:
        return {name: "\n".join(f"{one['zh']} | {one['en']}" for one in value or ())}
    if field.kind == kinds.RULE:
        return _spelled_rule(name, value or {})
    if field.kind == kinds.ROWS:
        return spelled(name, field.rows, value or ())
    if field.kind == kinds.PICKS:
        return {name: list(value or ())}
    if field.kind == kinds.YES:
        return {name: "1" if value else ""}
    return {name: "" if value is None else str(value)}


def _spelled_rule(name: str, rule: Mapping[str, Any]) -> dict[str, Any]:
    kind = next(iter(rule), "lunar")
    inner = rule.get(kind, {})
    given = {"term": inner} if kind == "term" else dict(inner)
    return {f"{name}-kind": kind} | {f"{name}-{p}": str(given.get(p, "")) for p in _PARTS}


# Form → rows -----------------------------------------------------------------------------------


def rows_of(
    section: str, typed: Mapping[str, Any], taken: Collection[str] = ()
) -> list[dict[str, Any]]:
    """The rows that a form says, in order, without the removed ones.

    Rows that have no code get one made from their name; ``taken`` are codes not to be used.
    """
    rows = _rows(section, FIELDS[section], typed)
    if section in CODED:
        codes = {str(row["code"]) for row in rows if row.get("code")} | set(taken)
        for row in rows:
            if not row.get("code"):
                row["code"] = _new_code(section, row, codes)
                codes.add(row["code"])
        return [{"code": row.pop("code"), **row} for row in rows]
    return [{k: v for k, v in row.items() if k != "code" or section in _CHOSEN} for row in rows]


_CHOSEN = ("levels", "rooms")


def _rows(prefix: str, shape: tuple[Field, ...], typed: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = listed(prefix, typed)
    live = (number for number in found.numbers if number not in found.gone)
    return [_row(f"{prefix}-{number}", shape, typed) for number in live]


def _row(prefix: str, shape: tuple[Field, ...], typed: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {"code": _text(typed, f"{prefix}-code")}
    for field in shape:
        value = _read(f"{prefix}-{field.key}", field, typed)
        left_out = value is None or value is False or value in ("", [], {})
        if field.required or not left_out:
            row[field.key] = value
    return row


def _read(name: str, field: Field, typed: Mapping[str, Any]) -> Any:
    if field.kind in {kinds.NAME, kinds.LONG}:
        said = {lang: _text(typed, f"{name}-{lang}") for lang in ("zh", "en")}
        return said if field.required or any(said.values()) else None
    if field.kind == kinds.NUMBER:
        return _number(_text(typed, name))
    if field.kind == kinds.YES:
        return bool(_text(typed, name))
    if field.kind == kinds.PICKS:
        value = typed.get(name) or []
        return list(dict.fromkeys(value if isinstance(value, list) else [value]))
    if field.kind == kinds.LINES:
        return [_line(one) for one in _text(typed, name).splitlines() if one.strip()]
    if field.kind == kinds.RULE:
        return _read_rule(name, typed)
    if field.kind == kinds.ROWS:
        inner = _rows(name, field.rows, typed)
        return [{key: value for key, value in row.items() if key != "code"} for row in inner]
    return _text(typed, name)


def _text(typed: Mapping[str, Any], name: str) -> str:
    value = typed.get(name, "")
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def _number(text: str) -> int | str | None:
    """A whole number; what is none stays as it is, to be told."""
    if not text:
        return None
    return int(text) if re.fullmatch(r"-?\d{1,9}", text, re.ASCII) else text


def _line(text: str) -> dict[str, str]:
    zh, bar, en = (part.strip() for part in text.replace("｜", "|").partition("|"))
    return {"zh": zh, "en": en if bar else ""}


def _read_rule(name: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    kind = _text(typed, f"{name}-kind")
    if kind == "term":
        return {"term": _text(typed, f"{name}-term")}
    asked = {"weekday": ("month", "weekday", "nth")}.get(kind, ("month", "day"))
    return {kind or "lunar": {part: _number(_text(typed, f"{name}-{part}")) for part in asked}}


def _new_code(section: str, row: Mapping[str, Any], codes: set[str]) -> str:
    said = (row.get("name") or row.get("title") or {}).get("en", "")
    stem = re.sub(r"[^a-z0-9]+", "_", said.lower()).strip("_")[:30]
    stem = stem if re.match(r"[a-z]", stem) else section.rstrip("s")
    if stem not in codes:
        return stem
    return next(f"{stem}_{n}" for n in range(2, len(codes) + 3) if f"{stem}_{n}" not in codes)


# Acts on rows ----------------------------------------------------------------------------------

ACTS = ("add", "up", "down", "remove", "undo")


def acted(act: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    """A form after one of its buttons: ``add:calendar``, ``up:calendar-3``, ``undo:calendar-3``.

    Nothing is saved by it, and nothing that was typed is lost. An unknown act changes nothing.
    """
    verb, _colon, where = act.partition(":")
    if verb == "add" and re.fullmatch(r"[a-z_]+(?:-\d+-[a-z]+)?", where):
        found = listed(where, typed)
        new = max(found.numbers, default=-1) + 1
        return {**typed, f"{where}-rows": _joined([*found.numbers, new])}
    prefix, _dash, number = where.rpartition("-")
    if verb not in ACTS or not number.isdigit() or len(number) > 6:
        return dict(typed)
    if verb in {"remove", "undo"}:
        return {**typed, f"{where}-gone": "1" if verb == "remove" else ""}
    return {**typed, f"{prefix}-rows": _moved(listed(prefix, typed).numbers, int(number), verb)}


def _moved(numbers: tuple[int, ...], number: int, verb: str) -> str:
    order = list(numbers)
    if number in order:
        at = order.index(number)
        to = at - 1 if verb == "up" else at + 1
        if 0 <= to < len(order):
            order[at], order[to] = order[to], order[at]
    return _joined(order)


def _joined(numbers: Iterable[int]) -> str:
    return ",".join(str(one) for one in numbers)


# Faults at the field ---------------------------------------------------------------------------


def at_fields(errors: Mapping[str, list[Any]], typed: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Faults at ``calendar.0.name.zh`` as faults at the field of the form that holds it."""
    found: dict[str, list[Any]] = {}
    for path, texts in errors.items():
        found.setdefault(_field_at(path.split("."), typed), []).extend(texts)
    return found


def _field_at(path: list[str], typed: Mapping[str, Any]) -> str:
    if path[0] not in FIELDS or len(path) < 2 or not path[1].isdigit():
        return "-".join(path) or "_schema"
    return _at_row(path[0], FIELDS[path[0]], path[1:], typed)


def _at_row(
    prefix: str, shape: tuple[Field, ...], path: list[str], typed: Mapping[str, Any]
) -> str:
    """The field for ``[row, field, ...]`` inside ``prefix``."""
    found = listed(prefix, typed)
    live = [number for number in found.numbers if number not in found.gone]
    row = f"{prefix}-{live[int(path[0])] if int(path[0]) < len(live) else 0}"
    field = next((one for one in shape if one.key == "".join(path[1:2])), None)
    if field is None:
        return row
    name = f"{row}-{field.key}"
    if field.kind == kinds.ROWS and len(path) > 2 and path[2].isdigit():
        return _at_row(name, field.rows, path[2:], typed)
    if field.kind in {kinds.NAME, kinds.LONG}:
        return f"{name}-{path[2] if path[2:] and path[2] in {'zh', 'en'} else 'zh'}"
    return name

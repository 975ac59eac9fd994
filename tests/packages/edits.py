"""Random edits of a package that leave it one without faults: what a district can do to it."""

from __future__ import annotations

import copy
import random
from typing import Any

from saas.packages.checks import check_package
from saas.packages.parts import settled

Parts = dict[str, Any]


def edited(chance: random.Random, parts: Parts, *, times: int = 4, mark: str = "") -> Parts:
    """A copy with up to ``times`` edits; an edit that would make a fault is not made."""
    result = copy.deepcopy(parts)
    for number in range(chance.randint(0, times)):
        tried = copy.deepcopy(result)
        chance.choice(_EDITS)(chance, tried, f"{mark}{number}")
        if not check_package(tried):
            result = tried
    return settled(result)


def _rename(chance: random.Random, parts: Parts, mark: str) -> None:
    row = chance.choice(_rows(chance, parts))
    row["name"] = {"zh": f"改{mark}", "en": f"renamed {mark}"}


def _rows(chance: random.Random, parts: Parts) -> list[Any]:
    places = (
        ("territory", "kinds"), ("accounts", "roles"), ("rooms", "rooms"), ("words", "words"),
        ("demands", "categories"), ("demands", "reasons"), ("demands", "templates"),
        ("territory", "departments"), ("demands", "kinds"), ("territory", "ladders"),
    )  # fmt: skip
    file, name = chance.choice([place for place in places if parts[place[0]].get(place[1])])
    found: list[Any] = parts[file][name]
    return found


def _move(chance: random.Random, parts: Parts, mark: str) -> None:
    rows = _rows(chance, parts)
    rows.insert(chance.randrange(len(rows)), rows.pop(chance.randrange(len(rows))))


def _remove(chance: random.Random, parts: Parts, mark: str) -> None:
    rows = _rows(chance, parts)
    rows.pop(chance.randrange(len(rows)))


def _add(chance: random.Random, parts: Parts, mark: str) -> None:
    rows = _rows(chance, parts)
    row = copy.deepcopy(chance.choice(rows))
    handle = "term" if "term" in row else "code"
    row[handle] = f"new_{mark}"
    row.pop("administers", None)
    row.pop("resident", None)
    if "seal" in row:
        row["seal"] = chr(ord("一") + chance.randrange(5000))
    rows.insert(chance.randrange(len(rows) + 1), row)


def _permissions(chance: random.Random, parts: Parts, mark: str) -> None:
    role = chance.choice(parts["accounts"]["roles"])
    everything = parts["accounts"]["roles"][0]["permissions"]
    role["permissions"] = chance.sample(everything, chance.randint(1, len(everything)))


def _times(chance: random.Random, parts: Parts, mark: str) -> None:
    row = chance.choice(parts["demands"]["deadlines"])
    row["accept_hours"], row["resolve_hours"] = chance.randint(1, 9), chance.randint(10, 99)


def _terms(chance: random.Random, parts: Parts, mark: str) -> None:
    name = chance.choice(list(parts["demands"]["terms"]))
    parts["demands"]["terms"][name] = chance.randint(1, 30)


def _week(chance: random.Random, parts: Parts, mark: str) -> None:
    days = sorted(chance.sample(range(1, 8), chance.randint(1, 7)))
    parts["workdays"]["week"] = [{"days": days, "opens": "08:00", "closes": "16:00"}]


def _neighbours(chance: random.Random, parts: Parts, mark: str) -> None:
    row = chance.choice(parts["demands"]["categories"])
    if not row.pop("open_to_neighbours", False):
        row["open_to_neighbours"] = True


_EDITS = (
    _rename, _rename, _move, _remove, _add, _permissions, _times, _terms, _week, _neighbours,
)  # fmt: skip

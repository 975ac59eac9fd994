"""What a domain gives to model packages and takes from them.

Each domain's ``package_part.py`` offers one `Part`; `saas.domains` lists them in floor order. What
a district has is thus one value, in the shape of a package, that can be compared with another one,
written to files, and brought back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from saas.kernel.db import session
from saas.packages.schemas import Package
from saas.packages.schemas.fields import CODE

#: An item of a package: file, list in it, and the item's key there, such as
#: ``("rooms", "rooms", "food")``.
Address: TypeAlias = tuple[str, ...]


def _nothing_held() -> Mapping[Address, int]:
    return {}


@dataclass(frozen=True, slots=True)
class Part:
    """A domain's share of a package.

    ``bring`` makes the district's rows say what the package says; in an empty district that is
    installing. What the package does not name goes: deleted where nothing stands on it, else taken
    out of use, else (where neither can be) left as it is; ``held`` counts what stands on such
    items. ``read`` gives what the district has now as ``{file: content}``, in the shape of
    `Package.parts`: after ``bring(p)`` it says what ``p`` says. ``tables`` are those whose rows
    are brought: an upgrade holds them, so that nobody edits what is being merged.
    """

    bring: Callable[[Package], None]
    read: Callable[[], Mapping[str, Any]]
    held: Callable[[], Mapping[Address, int]] = _nothing_held
    tables: tuple[str, ...] = ()


def put(model: Any, known: Mapping[Any, Any], wanted: Mapping[Any, Mapping[str, Any]]) -> list[Any]:
    """Make the rows of a table say what is wanted, and return those that are not.

    ``known`` are the rows by key, ``wanted`` the columns of each key. New rows are written before
    old ones are changed: an old one may come to speak of a new one.
    """
    session.add_all(model(**columns) for key, columns in wanted.items() if key not in known)
    session.flush()
    for key, columns in wanted.items():
        for name, value in columns.items() if key in known else ():
            setattr(known[key], name, value)
    session.flush()
    return [row for key, row in known.items() if key not in wanted]


def drop(rows: list[Any]) -> None:
    """Delete rows one after the other, in the order given."""
    for row in rows:
        session.delete(row)
        session.flush()


def both(label: Mapping[str, str]) -> dict[str, str]:
    """A label in both languages: what a district said in one of them stands for the other too."""
    zh, en = (label.get("zh") or "").strip(), (label.get("en") or "").strip()
    return {"zh": zh or en, "en": en or zh}


def usable_code(code: str) -> bool:
    """Whether a row of a package can have this code."""
    return CODE.fullmatch(code) is not None

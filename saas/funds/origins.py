"""By what a gift can come: floors above say which campaigns, points and fundraisers there are."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from saas.funds.rules import FREE
from saas.kernel.errors import Invalid
from saas.kernel.i18n import lazy_gettext as _l

#: Columns of a gift that hold the code of what it came by.
ORIGINS: Final = ("campaign", "point", "fundraiser")


@dataclass(frozen=True, slots=True)
class Origin:
    """One of them. ``purpose``: the code of what its gifts are for, where it is for one alone."""

    kind: str
    code: str
    name: str
    purpose: str = ""


Known = Callable[[Collection[str] | None, date | None], list[Origin]]
_KNOWN: list[Known] = []


def say_origins(known: Known) -> Known:
    """Declare who knows origins: all that are open on a day (None: today), or those of some codes,
    over or not.
    """
    _KNOWN.append(known)
    return known


def origins(codes: Collection[str] | None = None, day: date | None = None) -> list[Origin]:
    """Those by which a gift of a day can come; or those of some codes, whatever became of them."""
    return [one for known in _KNOWN for one in known(codes, day)]


def ensure_open(given: Any) -> None:
    """Raise `Invalid` for a gift that comes by what is not open on its day, or is for something
    else.
    """
    wanted = {kind: code for kind in ORIGINS if (code := getattr(given, kind))}
    open_then = origins(day=given.received_on) if wanted else ()
    found = {(one.kind, one.code): one for one in open_then}
    for kind, code in wanted.items():
        one = found.get((kind, code))
        if one is None:
            raise Invalid({kind: [_l("It is not open now. Choose one of the list.")]})
        if one.purpose not in {"", FREE, given.purpose} and given.purpose != FREE:
            raise Invalid({"purpose": [_l("%(name)s is for something else: choose its purpose, or"
                                          " wherever it is needed.", name=one.name)]})  # fmt: skip

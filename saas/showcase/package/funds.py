"""The file of a demo district that has what was given to its fund, and what it did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeAlias

from saas.campaigns.rules import PLEDGES
from saas.goods.rules import CONDITIONS, HEADS, KINDS, LOSSES, SOURCES, UNITS
from saas.packages.faults import Fault, Parts, places, strange
from saas.packages.schemas.fields import ChoiceField, Code, Many, TextField, WholeField

_Words: TypeAlias = Annotated[str, TextField(limit=100)]
_Fen: TypeAlias = Annotated[int, WholeField(least=1, most=10**12)]


@dataclass(frozen=True, slots=True)
class DemoCampaign:
    """A kind of campaigns, so many ``times``; ``ways`` by which gifts came in turn. ``proof`` is
    what stands there of each proof of its ``basis``.
    """

    name: _Words
    basis: Code
    proof: _Words
    words: _Words
    times: Annotated[int, WholeField(least=1, most=100)]
    ways: Annotated[tuple[Code, ...], Many(least=1)]


@dataclass(frozen=True, slots=True)
class DemoPoint:
    """A donation point in a unit of the ladder."""

    unit: Code
    name: _Words
    place: _Words
    keeper: Code


@dataclass(frozen=True, slots=True)
class DemoPledge:
    """What was promised so many ``days`` ago: ``yuan`` each month or once; or ``percent`` of as
    much turnover, which came.
    """

    kind: Annotated[str, ChoiceField(*PLEDGES)]
    name: _Words
    yuan: _Fen
    days: Annotated[int, WholeField(least=0, most=400)]
    document: _Words = ""
    percent: Annotated[int, WholeField(least=1, most=100)] | None = None


@dataclass(frozen=True, slots=True)
class DemoPayout:
    """A payout, and so many ``gifts`` of its sum before it; amounts are in fen."""

    on: date
    fen: _Fen
    gifts: Annotated[int, WholeField(least=1, most=1000)]
    purpose: Code
    what: _Words
    payee: _Words
    heads: Annotated[int, WholeField(least=0, most=100_000)]
    told: _Words


@dataclass(frozen=True, slots=True)
class DemoLine:
    """A part of a source, in yuan."""

    name: _Words
    purpose: _Words
    yuan: _Fen
    until: date
    stops: _Words = ""
    about: bool = False
    spent: Annotated[int, WholeField(least=0, most=10**12)] = 0


@dataclass(frozen=True, slots=True)
class DemoSource:
    """Public money, in yuan."""

    name: _Words
    department: _Words
    document: _Words
    yuan: _Fen
    since: date
    until: date
    lines: tuple[DemoLine, ...] = ()
    about: bool = False


_Days: TypeAlias = Annotated[int, WholeField(least=0, most=400)]
_Many: TypeAlias = Annotated[int, WholeField(least=1, most=10_000)]


@dataclass(frozen=True, slots=True)
class DemoOut:
    """So much was given out to so many, so many ``days`` ago."""

    days: _Days
    quantity: _Many
    words: _Words
    heads: _Many
    heads_as: Annotated[str, ChoiceField(*HEADS)]


@dataclass(frozen=True, slots=True)
class DemoLoss:
    """So much was asked to be written off, so many ``days`` ago."""

    days: _Days
    quantity: _Many
    why: Annotated[str, ChoiceField(*LOSSES)]
    words: _Words
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class DemoGoods:
    """Goods that were brought so many ``days`` ago; their best-before day is ``lasts`` days from
    now.
    """

    days: _Days
    what: _Words
    kind: Annotated[str, ChoiceField(*KINDS)]
    quantity: _Many
    unit: Annotated[str, ChoiceField(*UNITS)]
    condition: Annotated[str, ChoiceField(*CONDITIONS)]
    source: Annotated[str, ChoiceField(*SOURCES)]
    place: _Words
    purpose: Code
    shown_as: Annotated[str, ChoiceField("anonymous", "initial", "name")]
    yuan: _Fen | None = None
    lasts: _Days | None = None
    out: tuple[DemoOut, ...] = ()
    off: tuple[DemoLoss, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoFunds:
    """funds.yaml of a demo district. ``seats`` are logins, the chair first, the supervisor last;
    ``asker`` and ``sender`` work on the fund. ``donors`` are samples that show their names in turn,
    fundraisers are called ``fundraiser`` and a number. ``auction`` is the kind of which the last
    one had ``lots``. ``other_side`` is what the bank writes beside each line, ``on_way`` why it had
    something later than the book.
    """

    asker: Code
    sender: Code
    seats: Annotated[tuple[Code, ...], Many(least=5)]
    begun: date
    fundraisers: Annotated[int, WholeField(least=1, most=100)]
    donors: Annotated[tuple[_Words, ...], Many(least=1)]
    fundraiser: _Words
    campaigns: tuple[DemoCampaign, ...]
    auction: _Words
    lots: tuple[_Words, ...]
    accounted: _Words
    other_side: _Words
    on_way: _Words
    points: tuple[DemoPoint, ...]
    pledges: tuple[DemoPledge, ...]
    payouts: tuple[DemoPayout, ...]
    sources: tuple[DemoSource, ...]
    goods: tuple[DemoGoods, ...] = ()


def check_funds(
    parts: Parts, units: Mapping[str, str], people: Mapping[str, Any]
) -> Iterator[Fault]:  # fmt: skip
    """Seats and points of people and in units that are not there."""
    part = parts.get("funds")
    told = part if isinstance(part, Mapping) else {}
    names = [
        str(one) for one in (told.get("asker"), told.get("sender"), *(told.get("seats") or ()))
    ]
    yield from strange("funds", [("seats", one) for one in names], {*people}, "no_such_person")
    yield from strange("funds", places(part, "points", "unit"), units, "no_such_unit")
    yield from strange("funds", places(part, "points", "keeper"), {*people}, "no_such_person")

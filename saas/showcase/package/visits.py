"""The files of a demo district that have who came to see it, and what was reported of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeAlias

from saas.packages.faults import Fault, Parts, places, repeated, strange, text
from saas.packages.schemas.fields import ChoiceField, Code, Label, Many, TextField, WholeField
from saas.publishing.words import KIND

_Words: TypeAlias = Annotated[str, TextField(limit=100)]


@dataclass(frozen=True, slots=True)
class DemoVisit:
    """A delegation that was here; ``own`` is the stop that it chose."""

    day: date
    from_org: _Words
    level: Annotated[str, ChoiceField("leaders", "meeting", "peers", "others")]
    guests: Annotated[int, WholeField(least=1, most=500)]
    purpose: _Words
    own: _Words
    pledge: Annotated[str, ChoiceField("yes", "part", "no")] | None = None


@dataclass(frozen=True, slots=True)
class DemoAsked:
    """What guests asked, and what everybody can read about it."""

    question: _Words
    answer: Annotated[str, TextField(limit=500)]


@dataclass(frozen=True, slots=True)
class DemoVisits:
    """visits.yaml of a demo district. ``guides`` are logins, taken in turn; ``stops`` are places of
    every itinerary, ``posts`` those of the guests; ``letter`` is the number with a blank.
    """

    unit: Code
    letter: _Words
    contact: _Words
    guides: Annotated[tuple[Code, ...], Many(least=1)]
    stops: Annotated[tuple[_Words, ...], Many(least=1, most=4)]
    posts: Annotated[tuple[_Words, ...], Many(least=1)]
    visits: tuple[DemoVisit, ...]
    coming: tuple[DemoVisit, ...]
    asked: tuple[DemoAsked, ...]


@dataclass(frozen=True, slots=True)
class DemoOutlet:
    """An outlet with how many items the source counts; ``reprints``: they repeat others."""

    code: Code
    name: Label
    tier: Annotated[str, ChoiceField("national", "provincial", "city", "county", "portal")]
    items: Annotated[int, WholeField(least=0, most=1000)]
    host: Annotated[str, TextField(limit=100)] | None = None
    reprints: bool = False


@dataclass(frozen=True, slots=True)
class DemoBlock:
    """A block of a public page; without ``ref`` the first record of its kind is meant."""

    kind: Annotated[str, ChoiceField(*KIND)]
    ref: Annotated[str, TextField(limit=80)] | None = None
    words: Label | None = None


@dataclass(frozen=True, slots=True)
class DemoPage:
    """A public page, written by one login and published by another."""

    title: Label
    lead: Label
    by: Code
    second: Code
    blocks: Annotated[tuple[DemoBlock, ...], Many(least=1)]


@dataclass(frozen=True, slots=True)
class DemoMedia:
    """media.yaml of a demo district; ``titles`` have a blank for the number of the item."""

    unit: Code
    first: date
    titles: Annotated[tuple[_Words, ...], Many(least=1)]
    outlets: tuple[DemoOutlet, ...]
    pages: tuple[DemoPage, ...] = ()


def check_visits(
    parts: Parts, units: Collection[str], people: Mapping[str, Any]
) -> Iterator[Fault]:
    """Units and guides that are not there, outlets that come twice."""
    yield from repeated("media", places(parts.get("media"), "outlets"))
    for file, part in ((name, parts.get(name)) for name in ("visits", "media")):
        told = part if isinstance(part, Mapping) else {}
        yield from strange(file, [("unit", text(told, "unit") or "")], {*units}, "no_such_unit")
        guides = [("guides", str(one)) for one in told.get("guides") or ()]
        yield from strange(file, guides, {*people}, "no_such_person")
    media = parts.get("media")
    written = media.get("pages") if isinstance(media, Mapping) else ()
    hands = [(f"pages.{i}.{hand}", str(page.get(hand)))
             for i, page in enumerate(written or ()) if isinstance(page, Mapping)
             for hand in ("by", "second")]  # fmt: skip
    yield from strange("media", hands, {*people}, "no_such_person")

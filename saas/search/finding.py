"""Asking every finder, and the one that knows the pages themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from flask import url_for

from saas.kernel.context import Actor
from saas.kernel.domain import Words
from saas.kernel.folding import folded, parts_of
from saas.kernel.runtime import wired
from saas.search.declared import Finder, Hit
from saas.web.shell import is_staff, is_visible

#: So many hits a group shows; the list behind it has the others.
MOST_HITS = 8


@dataclass(frozen=True, slots=True)
class Group:
    """What one finder found; ``more_url`` leads to the list with all of it."""

    words: str
    hits: Sequence[Hit]
    more_url: str | None


def found(typed: str, actor: Actor) -> tuple[list[Hit], list[Group]]:
    """The things whose code was typed, and the groups of others that fit."""
    if not parts_of(typed):
        return [], []
    exact: list[Hit] = []
    groups = []
    finders = cast(tuple[Finder, ...], wired().domains.finders)
    for finder in sorted(finders, key=lambda one: one.order):
        hits = finder.find(typed, actor, MOST_HITS)
        exact += [hit for hit in hits if hit.exact]
        others = [hit for hit in hits if not hit.exact]
        if others:
            more = _whole(finder, typed, actor) if len(hits) >= MOST_HITS else None
            groups.append(Group(str(finder.words), others, more))
    return exact, groups


def _whole(finder: Finder, typed: str, actor: Actor) -> str | None:
    if finder.whole is None:
        return None
    endpoint, needs = finder.whole
    return url_for(endpoint, q=typed) if needs is None or actor.may(needs) else None


def find_pages(typed: str, actor: Actor, limit: int) -> list[Hit]:
    """Places of the rail, and the pages where things of a kind are set up, by their names."""
    pages = {url: name for name, url in _pages(actor, parts_of(typed))}
    by_name = {name: url for url, name in pages.items()}  # two by one name nobody tells apart
    return [Hit(name, url) for name, url in list(by_name.items())[:limit]]


def _pages(actor: Actor, parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Names and addresses of pages that this actor can open; the rail's names come last and win."""
    domains, staff = wired().domains, is_staff(actor)
    for thing in domains.things.values():
        if staff and _has(thing.words, parts) and (url := thing.page_url(actor)):
            yield str(thing.words), url
    face = "console" if staff else "resident"
    for entry in domains.nav:
        here = entry.plane == "tenant" and entry.face == face and _has(entry.label, parts)
        if here and is_visible(entry, actor):
            yield str(entry.label), url_for(entry.endpoint)


def _has(words: Words, parts: Sequence[str]) -> bool:
    plain = folded(str(words))
    return all(part in plain for part in parts)

"""What the lists show: people with what they hold, and what was done to what, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from saas.accounts import queries
from saas.accounts.queries import HeldPost, Person
from saas.kernel.audit import AuditEntry
from saas.kernel.context import Actor, Label
from saas.kernel.domain import Domains, Link
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.kernel.runtime import wired
from saas.territory import queries as territory


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry. ``kind`` is set where ``name`` is that of one thing of its kind."""

    entry: AuditEntry
    what: str
    name: str
    url: str | None
    kind: str


def entries(rows: Sequence[AuditEntry], actor: Actor) -> list[EntryView]:
    """A page of entries; the things of each kind are found in one question."""
    domains = wired().domains
    links = _links(rows, domains, actor)
    return [_entry(row, links, domains, actor) for row in rows]


def who_did(entry: AuditEntry) -> str:
    """Who did it, by name."""
    nobody = {"system": _("the system"), "clock": _("the clock")}
    return nobody.get(entry.actor_kind, entry.actor_name)


def details(entry: AuditEntry) -> str:
    """What an entry says beside what was done: a reason, what it was and is, a day."""
    facts = entry.facts
    before, after = facts.get("before"), facts.get("after")
    if reason := facts.get("reason"):
        return str(reason)
    if isinstance(before, dict) and isinstance(after, dict):
        return f"{say(before)} → {say(after)}"
    if day := facts.get("day"):
        until = facts.get("until")
        span = f"{day} – {until}" if until and until != day else f"{day}"
        return f"{span} {_said(facts.get('name') or '')}".strip()
    if year := facts.get("year"):
        return str(year)
    return _("phone number changed") if facts.get("phone_changed") else ""


def _links(
    rows: Sequence[AuditEntry], domains: Domains, actor: Actor
) -> dict[tuple[str, int], Link]:
    ids: dict[str, set[int]] = {}
    for row in rows:
        if row.thing_id is not None:
            ids.setdefault(domains.kind_of(row.action, row.thing), set()).add(row.thing_id)
    return {
        (kind, one): link
        for kind, of_kind in ids.items()
        if kind in domains.things
        for one, link in domains.things[kind].links(of_kind, actor).items()
    }


def _entry(
    row: AuditEntry, links: dict[tuple[str, int], Link], domains: Domains, actor: Actor
) -> EntryView:
    kind = domains.kind_of(row.action, row.thing)
    what = str(domains.actions.get(row.action, row.action))
    words = thing_words(kind, domains)
    if row.thing_id is not None and (link := links.get((kind, row.thing_id))):
        return EntryView(row, what, _said(link.name), link.url, words)
    return EntryView(row, what, words, _page_of(kind, domains, actor), "")


def _page_of(kind: str, domains: Domains, actor: Actor) -> str | None:
    """Where things of a kind are found, for who may look there."""
    thing = domains.things.get(kind)
    return thing.page_url(actor) if thing else None


def _said(name: str | Label) -> str:
    return name if isinstance(name, str) else say(name)


def thing_words(kind: str, domains: Domains) -> str:
    """What things of a kind are called."""
    return str(domains.things[kind].words) if kind in domains.things else kind


def actions(counted: Sequence[tuple[str, int]]) -> list[tuple[str, str, int]]:
    """Actions with their words and numbers of entries."""
    domains = wired().domains
    return [(one, str(domains.actions.get(one, one)), number) for one, number in counted]


def kinds(counted: Sequence[tuple[str, int]]) -> list[tuple[str, str, int]]:
    """The kinds of things with their words and numbers of entries, domain by domain."""
    domains = wired().domains
    places = {kind: place for place, kind in enumerate(domains.things)}
    ordered = sorted(counted, key=lambda each: places.get(each[0], len(places)))
    return [(kind, thing_words(kind, domains), number) for kind, number in ordered]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody in the list of people. ``home`` is set where no post is held."""

    person: Person
    posts: Sequence[HeldPost]
    home: Label | None


def people(rows: Sequence[Person], actor: Actor) -> list[PersonRow]:
    """A page of people; posts and homes are found in one question each."""
    held = queries.posts_of([person.id for person in rows])
    homes = territory.names([p.home_unit_id for p in rows if p.home_unit_id])
    return [PersonRow(p, held.get(p.id, ()), homes.get(p.home_unit_id or 0)) for p in rows]

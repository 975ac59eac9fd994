"""Pages as their readers and their writers see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from saas import casework
from saas.casework import ActForm
from saas.kernel.context import Actor
from saas.publishing import blocks, commands, permissions, queries, rules, words
from saas.publishing.blocks import Shown
from saas.publishing.models import Edition, PublicPage


@dataclass(frozen=True, slots=True)
class Desk:
    """A page for who writes it. ``gone`` are keys of blocks whose records are not public now."""

    page: PublicPage
    state: tuple[str, object]
    shown: list[Shown]
    gone: list[dict[str, Any]]
    forms: list[ActForm]
    story: list[dict[str, Any]]
    editions: Any
    alone: bool


def desk_of(page: PublicPage, actor: Actor) -> Desk:
    """A page with everything that can be done with it."""
    shown = blocks.shown(page.blocks, queries.pictures(page))
    known, writer = {one.key for one in shown}, queries.handed_in_by(page)
    open_ = casework.open_verbs(
        rules.TABLE, page.state, commands.bars_of(page), by=permissions.parts_of(actor, writer)
    )
    return Desk(
        page=page,
        state=words.STATE[page.state],
        shown=shown,
        gone=[one for one in page.blocks if one["key"] not in known],
        forms=[casework.form_of(words.VERBS[v], rules.TABLE[page.state, v]) for v in open_],
        story=[casework.line_of(one, words.VERBS[one.verb]) for one in queries.story_of(page)],
        editions=queries.editions(page),
        alone=page.state == "review" and actor.person_id == writer,
    )


def read(page: PublicPage, edition: Edition) -> list[Shown]:
    """An edition as everybody reads it."""
    return blocks.shown(edition.blocks, queries.pictures(page))

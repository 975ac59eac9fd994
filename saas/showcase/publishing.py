"""The public pages of a demo district: each written by one sample person, published by another."""

from __future__ import annotations

from saas.accounts import queries as people
from saas.kernel.context import Actor
from saas.publishing import blocks, commands, queries
from saas.publishing.commands import Deed
from saas.showcase.package.visits import DemoBlock, DemoPage


def publish_pages(pages: tuple[DemoPage, ...]) -> int:
    """All of them, unless there are any; returns how many."""
    if queries.every():
        return 0
    for page in pages:
        _publish(page)
    return len(pages)


def _publish(told: DemoPage) -> None:
    writer, second = _actor(told.by), _actor(told.second)
    page = commands.start(title=dict(told.title), lead=dict(told.lead), sample=True, actor=writer)
    for block in told.blocks:
        commands.add_block(page, block.kind, ref=_ref(block), words=dict(block.words or {}),
                           actor=writer)  # fmt: skip
    commands.act(page, Deed(verb="submit"), actor=writer)
    commands.act(page, Deed(verb="publish"), actor=second)


def _ref(block: DemoBlock) -> str | None:
    if block.kind == "story" or block.ref:
        return block.ref
    return blocks.choices(block.kind)[0][0]


def _actor(login: str) -> Actor:
    person = people.person_by_login(login)
    actor = people.load_actor(person.id) if person else None
    if actor is None:
        raise LookupError(login)
    return actor

"""What posts are called."""

from __future__ import annotations

from saas.accounts import queries
from saas.accounts.commands.people import ensure_may_give
from saas.accounts.models import Post
from saas.kernel import audit
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.territory.queries import Unit


def rename_post(post: Post, *, name: Label, actor: Actor) -> None:
    """Call a post by other words; who holds it and what it may do stay."""
    unit = session.get_one(Unit, post.unit_id)
    ensure_may_give(queries.role(post.role), unit, actor)
    before, post.name = dict(post.name), name
    audit.record(
        "accounts.rename_post",
        "post",
        post.id,
        actor=actor,
        unit_path=unit.path,
        before=before,
        after=dict(name),
    )

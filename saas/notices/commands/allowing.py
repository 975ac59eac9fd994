"""What people allow the official account to send them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import queries, rules, words
from saas.notices.models import Allowance


def allow_messages(
    kind: words.Kind, *, how: str, subject: str, messages: int = 1, actor: Actor
) -> None:
    """``actor`` lets the account send messages of ``kind``: ``how`` is once (``messages`` more of
    them) or long. ``subject`` is who the person is to the account, as the account says.
    """
    if how not in rules.ALLOWANCES or not kind.short:
        raise ValueError(f"{how} {kind.name}")
    row = insert(Allowance).values(
        person_id=actor.person_id,
        channel="account",
        template=kind.name,
        kind=how,
        subject=subject,
        left=1 if how == "long" else messages,
        at=clock.now(),
    )
    more = 1 if how == "long" else Allowance.left + row.excluded.left
    session.execute(
        row.on_conflict_do_update(
            index_elements=["person_id", "channel", "template", "kind"],
            set_={"left": more, "subject": row.excluded.subject, "at": row.excluded.at},
        )
    )
    audit.record("notices.allow_messages", "person", actor.person_id, actor=actor, how=how)


def allow_what_asks(*, actor: Actor) -> None:
    """One message of the account for each kind that asks or answers; where the outbox stands for
    the account, which knows nobody.

    Elsewhere the account itself says who allowed what, and `allow_messages` notes it.
    """
    if not queries.way_home(actor.person_id or 0).asks:
        raise Conflict(_l("This cannot be allowed here."))
    for kind in words.KINDS.values():
        if kind.short and kind is not words.CODE:
            subject = f"sample-{actor.person_id}"
            allow_messages(kind, how="once", subject=subject, actor=actor)


def take_back_messages(*, actor: Actor) -> None:
    """The account sends ``actor`` nothing more."""
    session.execute(
        sa.update(Allowance)
        .where(Allowance.person_id == actor.person_id, Allowance.left > 0)
        .values(left=0)
        .execution_options(synchronize_session="fetch")
    )
    audit.record("notices.take_back_messages", "person", actor.person_id, actor=actor)

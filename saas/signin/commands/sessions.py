"""Sign-ins begin and end."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from saas.kernel import throttle
from saas.kernel.crypto import new_token, token_hash
from saas.kernel.db import session
from saas.signin import rules
from saas.signin.models import sign_ins
from saas.signin.queries import world_now


def begin(
    owner_id: int,
    epoch: int,
    *,
    agent: str,
    app: str | None = None,
    proved_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> str:
    """Somebody is in; what comes back is the key for the cookie, which is kept nowhere else.

    ``agent`` is what the browser says of itself. What was over of the owner's sign-ins goes.
    """
    table, now, key = sign_ins(), world_now(), new_token()
    over = sa.or_(table.epoch != epoch, table.seen_at < now - rules.SIGN_IN_LASTS)
    session.execute(sa.delete(table).where(table.owner_id == owner_id, over))
    session.add(
        table(
            owner_id=owner_id, epoch=epoch, key_hash=token_hash(key),
            device=rules.device_of(agent), app=app, began_at=now, seen_at=now,
            ends_at=ends_at, proved_at=proved_at,
        )
    )  # fmt: skip
    session.flush()
    return key


def end(sign_in_id: int) -> None:
    """It is over: whoever has its cookie has nothing."""
    table = sign_ins()
    session.execute(sa.delete(table).where(table.id == sign_in_id))


def end_others(owner_id: int, kept_id: int) -> None:
    """All of somebody are over but this one."""
    table = sign_ins()
    session.execute(sa.delete(table).where(table.owner_id == owner_id, table.id != kept_id))


def note_proof(sign_in_id: int) -> None:
    """A second factor was given in it just now; it is good as long as any from here on."""
    table = sign_ins()
    query = sa.update(table).where(table.id == sign_in_id)
    session.execute(query.values(proved_at=world_now(), ends_at=None))


def forget_proof(sign_in_id: int) -> None:
    """Its owner has no second factor any more: none is asked for in it."""
    table = sign_ins()
    session.execute(sa.update(table).where(table.id == sign_in_id).values(proved_at=None))


def sweep() -> None:
    """Drop what nobody used for long, and tries that do not count any more."""
    table = sign_ins()
    session.execute(sa.delete(table).where(table.seen_at < world_now() - rules.SIGN_IN_LASTS))
    throttle.sweep()


def note_seen(sign_in_id: int) -> None:
    """Write down that it was used just now."""
    table = sign_ins()
    query = sa.update(table).where(table.id == sign_in_id)
    session.execute(query.values(seen_at=world_now()))

"""Telling people and systems what happened, inside the transaction in which it did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert

from saas.accounts.queries import Person
from saas.kernel import clock
from saas.kernel.context import current_tenant
from saas.kernel.crypto import new_token
from saas.kernel.db import session
from saas.notices import jobs, rules, words
from saas.notices.models import Delivery, Notice, Reach, Webhook
from saas.notices.words import Kind


def notify(
    person_ids: Iterable[int],
    kind: Kind,
    *,
    path: str,
    about: str = "",
    once: str | None = None,
    **facts: Any,
) -> int:
    """Put a notice into the inbox of each of these people; returns into how many.

    ``path`` is the page it opens inside the district (``/demands/abc``). ``about`` names the thing
    (``demand:123``) for `done_about`. Who already has a notice with this ``once`` gets no second
    one; who is shut out gets none. ``facts`` fill the kind's words: JSON values, labels (said in
    the reader's language) and moments. They go into mails and webhooks: NEVER personal data, no
    name, number or address of a person and nothing that a resident wrote.

    Two statements where nobody wants mail and no webhook listens, whatever the number of people.
    Raises `BadFacts` where the kind's words need more facts.
    """
    if not path.startswith("/") or path.startswith("//"):
        raise words.BadFacts(f"{path!r} is no path inside the district")
    said = words.storable(kind, facts)
    common = {"kind": kind.name, "facts": said, "path": path, "about": about, "once": once}
    told = _store(set(person_ids), common)
    if told:
        listeners = _listeners(list(told), kind.name)
        payload = {"facts": said, "path": path, "about": about}
        _send_out(listeners, kind.name, payload, told)
    return len(told)


def _store(person_ids: set[int], common: Mapping[str, Any]) -> dict[int, int]:
    """The notices as rows: person id to notice id of those that are new."""
    if not person_ids:
        return {}
    values = {**common, "at": clock.now()}
    living = sa.select(
        Person.id,
        *(sa.literal(value, Notice.__table__.c[key].type) for key, value in values.items()),
    ).where(Person.id == _any(person_ids), Person.disabled_at.is_(None))
    fresh = insert(Notice).from_select(["person_id", *values], living).on_conflict_do_nothing()
    rows = session.execute(fresh.returning(Notice.person_id, Notice.id))
    return {person_id: notice_id for person_id, notice_id in rows}


def _any(ids: Iterable[int]) -> Any:
    return sa.any_(sa.literal(sorted(ids), ARRAY(sa.BigInteger)))


@dataclass(frozen=True, slots=True)
class _Listener:
    """A way out: a person who wants mail, or a webhook."""

    channel: str
    id: int
    wants: str
    hour: int
    quiet: tuple[time | None, time | None]


def _listeners(person_ids: Sequence[int], event: str) -> list[_Listener]:
    """Who of these people wants mail, and which webhooks want this event, in one statement."""
    none = sa.null().cast(sa.Time)
    mail = sa.select(
        sa.literal("mail"),
        Reach.person_id,
        Reach.wants_mail,
        Reach.digest_hour,
        Reach.quiet_from,
        Reach.quiet_to,
    ).where(Reach.person_id == _any(person_ids), Reach.wants_mail != "off")
    hooks = sa.select(
        sa.literal("webhook"), Webhook.id, sa.literal("each"), sa.literal(0), none, none
    ).where(
        Webhook.active,
        sa.or_(
            Webhook.kinds == sa.literal([], Webhook.kinds.type), Webhook.kinds.contains([event])
        ),
    )
    asked: sa.Executable = hooks
    if person_ids:
        asked = sa.union_all(mail, hooks)
    return [
        _Listener(channel, key, wants, hour, (begins, ends))
        for channel, key, wants, hour, begins, ends in session.execute(asked)
    ]


def _send_out(
    listeners: Sequence[_Listener], event: str, payload: Mapping[str, Any], told: Mapping[int, int]
) -> None:
    """Queue a delivery for each listener; for those who read once a day, the day's digest."""
    now, zone = clock.now(), current_tenant().time_zone
    for hour in {one.hour for one in listeners if one.wants == "digest"}:
        jobs.queue_digest(rules.next_digest(now, hour, zone), hour)
    rows = [_row(one, event, payload, told, now, zone) for one in listeners if one.wants == "each"]
    if rows:
        session.flush()
        ids = session.scalars(sa.insert(Delivery).returning(Delivery.id), rows).all()
        jobs.queue_deliveries(ids, min(row["next_try_at"] for row in rows))


def _row(
    one: _Listener,
    event: str,
    payload: Mapping[str, Any],
    told: Mapping[int, int],
    now: datetime,
    zone: str,
) -> dict[str, Any]:
    mail = one.channel == "mail"
    return {
        "key": new_token(),
        "channel": one.channel,
        "event": event,
        "notice_id": told[one.id] if mail else None,
        "person_id": one.id if mail else None,
        "webhook_id": None if mail else one.id,
        "state": "waiting",
        "next_try_at": rules.after_quiet(now, *one.quiet, zone),
        "payload": None if mail else dict(payload),
        "at": now,
    }


def announce(event: str, payload: Mapping[str, Any]) -> None:
    """Tell the webhooks that listen to ``event``, a declared kind; people are told by `notify`.

    ``payload`` are JSON values and labels: facts of the case, NEVER personal data. One statement
    where nothing listens. Raises `UndeclaredKind`.
    """
    words.declared(event)
    _send_out(_listeners([], event), event, {"facts": dict(payload)}, {})


def done_about(about: str, *kinds: Kind) -> None:
    """What notices asked for about a thing has been done: nobody is asked any more.

    With ``kinds`` only those. What still waits to be mailed about it stays unsent.
    """
    asked = [Notice.about == about, Notice.about != "", Notice.done_at.is_(None)]
    if kinds:
        asked.append(Notice.kind.in_([kind.name for kind in kinds]))
    session.execute(
        sa.update(Notice)
        .where(*asked)
        .values(done_at=clock.now())
        .execution_options(synchronize_session="fetch")
    )

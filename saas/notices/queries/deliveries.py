"""What was delivered or not, and the webhooks: for those who look after the district."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from saas.accounts.queries import Person
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.naming import by_id
from saas.kernel.paging import cut
from saas.notices import permissions, words
from saas.notices.models import Delivery, Notice, Webhook
from saas.notices.queries.inbox import reach_of


def _ensure_runs_the_ways(actor: Actor) -> None:
    if not permissions.runs_the_ways(actor):
        raise NotFound


def access_webhook(webhook_id: int, *, actor: Actor) -> Webhook:
    """A webhook of the district for those who look after them, else `NotFound`."""
    _ensure_runs_the_ways(actor)
    hook = session.get(Webhook, webhook_id)
    if hook is None:
        raise NotFound
    return hook


def webhooks(*, actor: Actor) -> Sequence[Webhook]:
    """Every webhook of the district, the living first."""
    _ensure_runs_the_ways(actor)
    return session.scalars(sa.select(Webhook).order_by(Webhook.active.desc(), Webhook.id)).all()


def anybody_listens() -> bool:
    """Whether any webhook is called at all."""
    return session.scalar(sa.select(Webhook.id).where(Webhook.active).limit(1)) is not None


@dataclass(frozen=True, slots=True)
class Sent:
    """A delivery with what a list says of it: the notice, the reader's name or the webhook's."""

    delivery: Delivery
    notice: Notice | None
    person: str | None
    hook: Webhook | None


#: Lists of deliveries: what is in them.
DELIVERY_LISTS: dict[str, tuple[str, ...]] = {
    "undelivered": ("failed", "given_up"),
    "waiting": ("waiting",),
    "trapped": ("trapped",),
    "sent": ("sent",),
    "spared": ("spared",),
}


def _sent() -> sa.Select[Any]:
    return (
        sa.select(Delivery, Notice, Person.name, Webhook)
        .outerjoin(Notice, Notice.id == Delivery.notice_id)
        .outerjoin(Person, Person.id == Delivery.person_id)
        .outerjoin(Webhook, Webhook.id == Delivery.webhook_id)
        .order_by(Delivery.id.desc())
    )


def deliveries(
    which: str, *, channel: str = "", actor: Actor, number: int = 1, size: int = 30
) -> tuple[list[Sent], dict[str, int]]:
    """One page of a list of deliveries, newest first, and how many are in each list."""
    _ensure_runs_the_ways(actor)
    asked = [Delivery.channel == channel] if channel else []
    by_state = sa.select(Delivery.state, sa.func.count()).where(*asked).group_by(Delivery.state)
    states = {state: count for state, count in session.execute(by_state)}
    counts = {
        key: sum(states.get(state, 0) for state in within) for key, within in DELIVERY_LISTS.items()
    }
    page = _sent().where(Delivery.state.in_(DELIVERY_LISTS[which]), *asked)
    rows = session.execute(cut(page, number, size))
    return [Sent(*row) for row in rows], counts


def waiting_ids() -> list[int]:
    """The deliveries that nobody has carried out yet, the oldest first."""
    query = sa.select(Delivery.id).where(Delivery.state == "waiting").order_by(Delivery.id)
    return list(session.scalars(query))


def everything_caught(number: int, size: int) -> tuple[list[Sent], int]:
    """Whatever was kept instead of sent, by every way out, for guests in their own demo."""
    kept = Delivery.state == "trapped"
    total = session.scalar(sa.select(sa.func.count(Delivery.id)).where(kept)) or 0
    return [Sent(*row) for row in session.execute(cut(_sent().where(kept), number, size))], total


def last_calls(hook: Webhook, *, limit: int = 20) -> list[Sent]:
    """The newest deliveries of a webhook."""
    rows = session.execute(_sent().where(Delivery.webhook_id == hook.id).limit(limit))
    return [Sent(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Trial:
    """A test notice that was really sent, and what became of it on each way out."""

    notice: Notice
    sent: tuple[Sent, ...]


def last_trial(kind: words.Kind) -> Trial | None:
    """The newest notice of a kind that only tests send, with the deliveries of its moment."""
    query = sa.select(Notice).where(Notice.kind == kind.name).order_by(Notice.id.desc()).limit(1)
    notice = session.scalar(query)
    if notice is None:
        return None
    tests = Delivery.event.in_([kind.name, words.TEST.name])
    readers = sa.or_(Delivery.person_id == notice.person_id, Delivery.webhook_id.is_not(None))
    rows = session.execute(_sent().where(tests, readers, Delivery.at >= notice.at))
    newest = {(row[0].person_id, row[0].webhook_id): Sent(*row) for row in reversed(rows.all())}
    return Trial(notice, tuple(newest.values()))


def ways_out(person_id: int) -> tuple[bool, set[int]]:
    """Whether a person has a mail address, and which webhooks are called."""
    reach = reach_of(person_id)
    hooks = session.scalars(sa.select(Webhook.id).where(Webhook.active))
    return bool(reach and reach.mail), set(hooks)


def access_delivery(delivery_id: int, *, actor: Actor, lock: bool = False) -> Delivery:
    """A delivery for those who look after them, else `NotFound`; ``lock`` holds it to the end."""
    _ensure_runs_the_ways(actor)
    delivery = session.get(Delivery, delivery_id, with_for_update=lock or None)
    if delivery is None:
        raise NotFound
    return delivery


def sent_of(delivery: Delivery) -> Sent:
    """One delivery with what belongs to it."""
    return Sent(*session.execute(_sent().where(Delivery.id == delivery.id)).one())


#: What webhooks and deliveries are called, many at once, for links to them.
named_webhooks = by_id(sa.select(Webhook.id, Webhook.name, Webhook.id.label("webhook_id")))
named_deliveries = by_id(sa.select(Delivery.id, Delivery.key, Delivery.id.label("delivery_id")))

"""From a delivery that is due to its outcome, in three steps: take it, carry it, note the result.

A delivery that was taken belongs to its taker for `rules.LEASE`, so that two workers never carry
the same one, and a worker that dies in between leaves it to the next. It may then arrive twice,
under the same key; it is never lost.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import sqlalchemy as sa

from saas.accounts import queries as people
from saas.kernel.context import current_tenant
from saas.kernel.crypto import Unreadable
from saas.kernel.db import session
from saas.kernel.runtime import settings
from saas.notices import chain, letters, queries, rules, shorts, words
from saas.notices.channels import (
    Channel,
    Mail,
    Message,
    NotNeeded,
    Text,
    Undeliverable,
    channel_for,
)
from saas.notices.events import person_reached
from saas.notices.models import Delivery, Notice, Reach, Webhook

_log = logging.getLogger(__name__)
#: What one digest lists at most, and what one run picks up of others' strays.
_LISTED, _STRAYS = 30, 200


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery that was taken, ready to go. ``way`` is what several of them share."""

    delivery_id: int
    channel: Channel
    message: Message
    way: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a parcel: taken by the other side, trapped by the channel, or a fault."""

    trapped: bool = False
    fault: Undeliverable | None = None


class Run:
    """One run of the worker. A way that was found broken is not tried again within it."""

    def __init__(self) -> None:
        self._broken: dict[tuple[str, str], Undeliverable] = {}

    def carry(self, parcel: Parcel) -> Result:
        """Send it. Whatever goes wrong is the parcel's fault and no error of the run."""
        if parcel.way in self._broken:
            return Result(fault=self._broken[parcel.way])
        try:
            parcel.channel.send(parcel.message)
        except Undeliverable as fault:
            if fault.way:
                self._broken[parcel.way] = fault
            return Result(fault=fault)
        except Exception as error:  # noqa: BLE001 - one message must not hold up the others
            _log.error("delivery %s broke: %s", parcel.delivery_id, type(error).__name__)
            return Result(fault=Undeliverable("broken"))
        return Result(trapped=parcel.channel.traps)


def take(delivery_id: int, *, now: datetime) -> Parcel | None:
    """Take a delivery that is due; None when it is not, or when there is nothing left to send."""
    query = sa.select(Delivery).where(
        Delivery.id == delivery_id, Delivery.state.in_(rules.OPEN), Delivery.next_try_at <= now
    )
    delivery = session.scalar(query.with_for_update(skip_locked=True))
    if delivery is None:
        return None
    delivery.tries += 1
    try:
        message = _packed(delivery, now)
    except NotNeeded as why:
        _close(delivery, why.state, now, why.reason)
        return None
    if message is None:
        delivery.tries -= 1
        return None
    delivery.next_try_at = now + rules.LEASE
    delivery.endpoint = _shown(message, delivery.channel)
    channel, where = _way(delivery.channel, message)
    return Parcel(delivery.id, channel, message, (delivery.channel, where))


def _way(name: str, message: Message) -> tuple[Channel, str]:
    """The channel, and what its messages by the same way share."""
    if isinstance(message, Text):
        return shorts.carrier_of(name)
    channel = channel_for(name, settings(), current_tenant())
    return channel, "" if isinstance(message, Mail) else message.to


def _close(delivery: Delivery, state: str, now: datetime, reason: str | None = None) -> None:
    delivery.state, delivery.fault, delivery.done_at = state, reason, now
    delivery.next_try_at = None
    if delivery.channel in rules.SHORT:
        shorts.settle(delivery)


def _shown(message: Message, channel: str) -> str:
    """Where it goes, as a list may show it."""
    if isinstance(message, Mail):
        return rules.masked_mail(message.to)
    if isinstance(message, Text):
        return shorts.shown(message, channel)
    return urlsplit(message.to).hostname or ""


def _packed(delivery: Delivery, now: datetime) -> Message | None:
    """The message as it is now; None while its reader rests."""
    try:
        if delivery.webhook_id:
            return _call(delivery)
        if delivery.channel in rules.SHORT:
            return shorts.packed(delivery, now)
        reach = _reach_of(delivery)
        rested = rules.after_quiet(
            now, reach.quiet_from, reach.quiet_to, current_tenant().time_zone
        )
        if rested > now and delivery.event != words.TEST.name:
            delivery.next_try_at = rested
            return None
        return _WRITE.get(delivery.event, _write_notice)(delivery, reach)
    except Unreadable:
        raise NotNeeded("unreadable", "given_up") from None


def _call(delivery: Delivery) -> Message:
    hook = session.get_one(Webhook, delivery.webhook_id)
    if not hook.active:
        raise NotNeeded("paused", "given_up")
    return letters.call_of(delivery, hook)


def _reach_of(delivery: Delivery) -> Reach:
    """The reader's settings as they are now, not as they were when it was queued."""
    reach = session.scalar(sa.select(Reach).where(Reach.person_id == delivery.person_id))
    person = people.find_person(delivery.person_id or 0)
    if person is None or person.disabled_at:
        raise NotNeeded("shut_out")
    if reach is None or not reach.mail:
        raise NotNeeded("no_address")
    if reach.wants_mail == "off" and delivery.event != words.TEST.name:
        raise NotNeeded("not_wanted")
    return reach


def _write_notice(delivery: Delivery, reach: Reach) -> Mail:
    notice = session.get_one(Notice, delivery.notice_id)
    if notice.read_at or notice.done_at:
        raise NotNeeded("seen")
    return letters.of_notice(delivery, notice, reach)


def _write_digest(delivery: Delivery, reach: Reach) -> Mail:
    unread = sa.select(Notice).where(
        Notice.person_id == reach.person_id, Notice.read_at.is_(None), Notice.done_at.is_(None)
    )
    total = session.scalar(sa.select(sa.func.count()).select_from(unread.subquery())) or 0
    if not total:
        raise NotNeeded("seen")
    listed = session.scalars(unread.order_by(Notice.id.desc()).limit(_LISTED)).all()
    return letters.of_digest(delivery, listed, total, reach)


_WRITE: dict[str, Callable[[Delivery, Reach], Mail]] = {
    words.DIGEST.name: _write_digest,
    words.TEST.name: letters.of_test,
}


def note(parcel: Parcel, result: Result, *, now: datetime) -> None:
    """Store what became of a parcel, and when it is tried again."""
    delivery = session.get_one(Delivery, parcel.delivery_id, with_for_update=True)
    if result.fault is None:
        _close(delivery, "trapped" if result.trapped else "sent", now)
        delivery.answer = None
        if delivery.about and delivery.state in queries.arrived_states():
            chain.close_calls([delivery.about], [delivery.event], now=now)
            person_reached.send(delivery.about, kind=delivery.event)
        return
    again = rules.next_try(now, delivery.tries) if result.fault.retry else None
    if again is None:
        _close(delivery, "given_up", now, result.fault.reason)
        _log.warning("delivery %s is given up: %s", delivery.id, result.fault.reason)
    else:
        delivery.state, delivery.next_try_at = "failed", again
    delivery.fault, delivery.answer = result.fault.reason, result.fault.answer


def unfinished(ids: Sequence[int], *, now: datetime) -> list[tuple[int, datetime]]:
    """Which of ``ids`` still have to go out, and when; and a few strays whose run never came."""
    stray = Delivery.next_try_at < now - rules.STRAY
    query = (
        sa.select(Delivery.id, Delivery.next_try_at)
        .where(Delivery.state.in_(rules.OPEN), sa.or_(Delivery.id.in_(ids), stray))
        .order_by(Delivery.id.in_(ids).desc(), Delivery.id)
        .limit(len(ids) + _STRAYS)
    )
    return [(one, moment) for one, moment in session.execute(query) if moment is not None]

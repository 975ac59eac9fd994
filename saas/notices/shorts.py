"""Short texts: what one says, who carries it, what it costs, and whether it may go out now."""

from __future__ import annotations

from datetime import datetime, time
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from saas.accounts import queries as people
from saas.kernel import clock
from saas.kernel.context import current_tenant
from saas.kernel.crypto import masked_phone
from saas.kernel.db import session
from saas.kernel.runtime import settings
from saas.notices import providers, queries, rules, words
from saas.notices.channels import Channel, NotNeeded, Text
from saas.notices.models import Allowance, Delivery, Notice, Provider, Reach, Template


def carrier_of(channel: str) -> tuple[Channel, str]:
    """Who carries a channel now, and what messages by that way share."""
    provider = queries.provider(channel)
    line = queries.line_of(provider) if provider else None
    if current_tenant().is_demo:
        line = None
    return providers.carrier(line, private=settings().webhook_private), line.url if line else ""


def packed(delivery: Delivery, now: datetime) -> Text | None:
    """The message as it is now; None while it has to wait. Raises `NotNeeded`."""
    provider = queries.provider(delivery.channel, lock=True)
    if provider is None:
        raise NotNeeded("no_provider", "given_up")
    if delivery.channel == "sms" and queries.sms_used_up(but=delivery.id):
        raise NotNeeded("quota", "given_up")
    kind, reach = words.kind_of(delivery.event), queries.reach_of(delivery.person_id or 0)
    _ensure_wanted(delivery)
    if not kind.wakes and _rests(delivery, provider, reach, now):
        return None
    template = queries.template(delivery.channel, kind, reach.locale if reach else None)
    if provider.kind != "test" and template.filing != "filed":
        raise NotNeeded("not_filed", "given_up")
    text = _text(delivery, kind, template)
    if not _afford(delivery, provider, kind, rules.parts_of(text.whole), now):
        return None
    if delivery.channel == "account" and delivery.tries == 1:
        _use_allowance(delivery)
    delivery.body = text.whole
    return text


def _ensure_wanted(delivery: Delivery) -> None:
    if delivery.secret and clock.now() > delivery.at + rules.CODE_GOOD:
        raise NotNeeded("too_late", "given_up")
    if not delivery.notice_id:
        return
    notice = session.get_one(Notice, delivery.notice_id)
    person = people.find_person(notice.person_id)
    if person is None or person.disabled_at:
        raise NotNeeded("shut_out")
    if notice.read_at or notice.done_at:
        raise NotNeeded("seen")


def _rests(delivery: Delivery, provider: Provider, reach: Reach | None, now: datetime) -> bool:
    """Whether it waits for the morning: the district's quiet hours, and its reader's own."""
    zone, rested = current_tenant().time_zone, now
    hours = [(provider.quiet_from, provider.quiet_to)]
    hours += [(reach.quiet_from, reach.quiet_to)] if reach else []
    for begins, ends in (*hours, *hours):  # the end of one may lie within the other
        rested = rules.after_quiet(rested, begins, ends, zone)
    if rested > now:
        delivery.next_try_at = rested
    return rested > now


def _text(delivery: Delivery, kind: words.Kind, template: Template) -> Text:
    zone = current_tenant().time_zone
    facts = (delivery.payload or {}).get("facts", {})
    if delivery.notice_id:
        facts = session.get_one(Notice, delivery.notice_id).facts
    values = kind.values_of(facts, zone)
    if kind is words.CODE:
        values = {"code": delivery.secret or ""}
    if any(rules.holds_link(value) for value in values.values()):
        raise NotNeeded("link_inside", "given_up")
    used = tuple((slot, values.get(slot, "")) for slot in rules.slots_of(template.text))
    return Text(
        key=delivery.key,
        to=_address(delivery),
        template=template.filed_no,
        signature=template.signature,
        text=rules.fill_slots(template.text, values),
        values=used,
    )


def _address(delivery: Delivery) -> str:
    if delivery.channel == "account":
        allowance = queries.allowance(delivery.person_id or 0, delivery.event)
        if allowance is None:
            raise NotNeeded("no_grant", "given_up")
        return allowance.subject
    number = delivery.phone
    if number is None and (person := people.find_person(delivery.person_id or 0)):
        number = person.phone
    if number is None or not rules.is_mobile(number):
        raise NotNeeded("no_phone", "given_up")
    return number


def _afford(
    delivery: Delivery, provider: Provider, kind: words.Kind, parts: int, now: datetime
) -> bool:
    """Set its cost aside for today; what the day has nothing left for waits for the next one."""
    today, fen = clock.today(), parts * provider.part_fen
    delivery.parts = parts
    if fen == 0 or fen <= queries.left(provider, kind.name, but=delivery.id):
        delivery.fen, delivery.spent_on = fen, today
        return True
    if kind is words.CODE:
        raise NotNeeded("capped", "given_up")
    zone = current_tenant().time_zone
    morning = provider.quiet_to or _MORNING
    delivery.next_try_at, delivery.fault = rules.next_morning(now, morning, zone), "capped"
    return False


_MORNING = time(8)


def _use_allowance(delivery: Delivery) -> None:
    """One permission less; what is allowed for long is not counted down."""
    session.execute(
        sa.update(Allowance)
        .where(*_own(delivery), Allowance.kind == "once", Allowance.left > 0)
        .where(~_allowed_for_long(delivery))
        .values(left=Allowance.left - 1)
        .execution_options(synchronize_session="fetch")
    )


def _own(delivery: Delivery) -> list[sa.ColumnElement[bool]]:
    return [
        Allowance.person_id == delivery.person_id,
        Allowance.channel == delivery.channel,
        Allowance.template == delivery.event,
    ]


def _allowed_for_long(delivery: Delivery) -> sa.ColumnElement[bool]:
    other = aliased(Allowance)
    return sa.exists().where(
        other.person_id == delivery.person_id,
        other.channel == delivery.channel,
        other.template == delivery.event,
        other.kind == "long",
        other.left > 0,
    )


def settle(delivery: Delivery) -> None:
    """After its end: what did not go costs nothing, what went is kept no longer in words."""
    if delivery.state == "sent":
        delivery.body = delivery.secret = None
        return
    if delivery.state == "trapped":
        return
    delivery.fen, delivery.spent_on = None, None
    if delivery.channel != "account" or not delivery.tries:
        return
    change: dict[str, object] = {"left": 0}
    living = _own(delivery)
    if delivery.fault != "no_grant":
        change = {"left": Allowance.left + 1}
        living += [Allowance.kind == "once", ~_allowed_for_long(delivery)]
    session.execute(
        sa.update(Allowance)
        .where(*living)
        .values(**change)
        .execution_options(synchronize_session="fetch")
    )


def shown(text: Text, channel: str) -> str:
    """Where it goes, as a list may show it."""
    return masked_phone(text.to) if channel == "sms" else ""


def host_of(url: str) -> str:
    """The host of a provider, for a list."""
    return urlsplit(url).hostname or ""

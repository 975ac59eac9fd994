"""Reading inboxes, and what was delivered or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement

from saas.accounts.queries import Person
from saas.kernel import clock
from saas.kernel.context import Actor, current_tenant
from saas.kernel.db import Prepared, session
from saas.kernel.errors import NotFound
from saas.kernel.i18n import DEFAULT_LOCALE, say, speaking
from saas.kernel.naming import by_id
from saas.kernel.paging import cut
from saas.kernel.runtime import settings
from saas.notices import permissions, rules, words
from saas.notices.models import Allowance, Delivery, Notice, Provider, Reach, Template, Webhook
from saas.notices.providers import Line

#: The count at the bell goes no further than that; what is beyond is "many".
BELL_LIMIT = 100
LISTS = ("all", "unread", "todo")
_UNREAD = (Notice.read_at.is_(None), Notice.done_at.is_(None))
_BELL = Prepared(
    sa.select(sa.func.count()).select_from(
        sa.select(sa.literal(1))
        .where(Notice.person_id == sa.bindparam("person_id"), *_UNREAD)
        .limit(BELL_LIMIT)
        .subquery()
    )
)


def unread_count(person_id: int) -> int:
    """How many notices call for the person's attention, `BELL_LIMIT` at most."""
    return int(_BELL.rows({"person_id": person_id})[0][0])


def _of(which: str) -> list[ColumnElement[bool]]:
    asking = [kind.name for kind in words.KINDS.values() if kind.asks]
    lists: dict[str, list[ColumnElement[bool]]] = {
        "unread": list(_UNREAD),
        "todo": [Notice.kind.in_(asking), Notice.done_at.is_(None)],
    }
    return lists.get(which, [])


def inbox(
    which: str, *, actor: Actor, number: int = 1, size: int = 30
) -> tuple[Sequence[Notice], dict[str, int]]:
    """One page of a list of the actor's inbox, newest first, and how many are in each list."""
    own = Notice.person_id == actor.id
    counts = session.execute(
        sa.select(*(sa.func.count().filter(sa.and_(sa.true(), *_of(key))) for key in LISTS)).where(
            own
        )
    ).one()
    page = sa.select(Notice).where(own, *_of(which)).order_by(Notice.id.desc())
    rows = session.scalars(cut(page, number, size)).all()
    return rows, dict(zip(LISTS, counts, strict=True))


def access_notice(notice_id: int, *, actor: Actor) -> Notice:
    """A notice of the actor's own inbox, else `NotFound`."""
    query = sa.select(Notice).where(Notice.id == notice_id, Notice.person_id == actor.id)
    notice = session.scalar(query)
    if notice is None:
        raise NotFound
    return notice


def reach_of(person_id: int) -> Reach | None:
    """How a person is reached outside the inbox, where the person said so."""
    return session.scalar(sa.select(Reach).where(Reach.person_id == person_id))


# Short texts: who carries them, what they say, what they cost.


def provider(channel: str, *, lock: bool = False) -> Provider | None:
    """Who carries a channel now; None: nobody. A demo district has the outbox without asking.

    ``lock`` lets nobody else count what the day has cost before the transaction ends.
    """
    query = sa.select(Provider).where(Provider.channel == channel)
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None and current_tenant().is_demo:
        return Provider(channel=channel, **PROVIDER_START)
    if row is None or not row.active or (row.kind == "house" and house_line() is None):
        return None
    return row


#: What a provider begins with: the outbox, five fen a part, a hundred yuan a day, quiet nights.
PROVIDER_START: Final[dict[str, Any]] = {
    "kind": "test",
    "part_fen": 5,
    "day_fen": 10_000,
    "quiet_from": time(21),
    "quiet_to": time(8),
}


def house_line() -> Line | None:
    """The operator's gateway, where there is one."""
    known = settings()
    if known.sms_url and known.sms_key_id and known.sms_secret:
        return Line(known.sms_url, known.sms_key_id, known.sms_secret)
    return None


def line_of(row: Provider) -> Line | None:
    """How a provider is reached; None for the outbox."""
    if row.kind == "house":
        return house_line()
    if row.kind == "own":
        return Line(row.url or "", row.key_id or "", row.secret or "")
    return None


def template(channel: str, kind: words.Kind, locale: str | None = None) -> Template:
    """What a kind says on a channel in a language: the district's own row, else the product's
    text, which is stored nowhere and filed with nobody.
    """
    chosen = locale or DEFAULT_LOCALE
    row = session.scalar(
        sa.select(Template).where(
            Template.channel == channel, Template.kind == kind.name, Template.locale == chosen
        )
    )
    return row or start_template(channel, kind, chosen)


def start_template(channel: str, kind: words.Kind, locale: str) -> Template:
    """A template as the product begins it."""
    name = say(current_tenant().name, locale)[: rules.SIGNATURE[1]]
    with speaking(locale):
        place = site() or str(words.SITE)
        signature = name if len(name) >= rules.SIGNATURE[0] else str(words.SIGNATURE)
    return Template(
        channel=channel,
        kind=kind.name,
        locale=locale,
        text=kind.short_in(locale, place),
        signature=signature,
        filing="draft",
        filed_no="",
        refused="",
    )


def site() -> str | None:
    """The public address of the district, which is the one address that a template may name."""
    known, tenant = settings(), current_tenant()
    if known.base_domain:
        return f"https://{tenant.code}.{known.base_domain}"
    if known.public_url:
        return f"{known.public_url.rstrip('/')}/d/{tenant.code}"
    return None


def spent(channel: str, day: date, *, but: int | None = None) -> int:
    """What a channel has cost on a day, in fen; without the delivery ``but``."""
    query = sa.select(sa.func.coalesce(sa.func.sum(Delivery.fen), 0)).where(
        Delivery.channel == channel, Delivery.spent_on == day
    )
    if but is not None:
        query = query.where(Delivery.id != but)
    return int(session.scalar(query) or 0)


def can_text() -> bool:
    """Whether a one-time code would reach a mobile number now: the district has a provider, its
    text is filed, and the day has something left. The outbox counts in demo districts alone, where
    everybody may look into it.
    """
    row = provider("sms")
    if row is None or (row.kind == "test" and not current_tenant().is_demo):
        return False
    filed = row.kind == "test" or template("sms", words.CODE).filing == "filed"
    return filed and spent("sms", clock.today()) + row.part_fen <= row.day_fen


def allowance(person_id: int, kind: str) -> Allowance | None:
    """A permission of a person for a message of the account, for long before once."""
    query = sa.select(Allowance).where(
        Allowance.person_id == person_id, Allowance.template == kind, Allowance.left > 0
    )
    return session.scalar(query.order_by(Allowance.kind).limit(1))


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

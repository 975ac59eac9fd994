"""Short texts: who carries them, what they say, what they cost, whom they reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import sqlalchemy as sa

from saas.accounts import queries as people
from saas.kernel import clock
from saas.kernel.context import current_tenant
from saas.kernel.db import session
from saas.kernel.i18n import DEFAULT_LOCALE, LOCALES, say, speaking
from saas.kernel.paging import cut
from saas.kernel.runtime import settings
from saas.notices import rules, words
from saas.notices.models import Allowance, CallTask, Delivery, Notice, Provider, Template
from saas.notices.providers import Line


def provider(channel: str, *, lock: bool = False) -> Provider | None:
    """Who carries a channel now; None: nobody. A demo district has the outbox without asking.

    ``lock`` lets nobody else count what the day has cost before the transaction ends.
    """
    query = sa.select(Provider).where(Provider.channel == channel)
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None and current_tenant().is_demo:
        return Provider(channel=channel, **PROVIDER_START)
    return row if row is not None and _is_live(row) else None


def own_provider(channel: str) -> Provider | None:
    """What the district has set for a channel, whether it is in use or not."""
    return session.scalar(sa.select(Provider).where(Provider.channel == channel))


def channel_states() -> list[ChannelState]:
    """Each channel for short texts, with what it has cost today and what is filed of it."""
    live, today = live_channels(), clock.today()
    filed = sa.select(Template.channel, sa.func.count()).where(Template.filing == "filed")
    counts = {name: number for name, number in session.execute(filed.group_by(Template.channel))}
    short = [kind for kind in words.KINDS.values() if kind.short]
    return [
        ChannelState(
            name, own_provider(name), live.get(name), spent(name, today),
            counts.get(name, 0), len(short) * len(LOCALES),
        )
        for name in rules.SHORT
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChannelState:
    """A channel: what is set, who carries it now, what today has cost, templates filed of all."""

    name: str
    own: Provider | None
    live: Provider | None
    spent: int
    filed: int
    templates: int


def templates(channel: str) -> list[Template]:
    """What every kind says on a channel in every language: the district's words, or the start."""
    rows = session.scalars(sa.select(Template).where(Template.channel == channel))
    own = {(row.kind, row.locale): row for row in rows}
    return [
        own.get((kind.name, locale)) or start_template(channel, kind, locale)
        for kind in words.KINDS.values()
        if kind.short
        for locale in LOCALES
    ]


@dataclass(frozen=True, slots=True)
class WayHome:
    """How a resident is reached by telephone: ``sms`` and ``account`` say whether it is open,
    ``phone`` the number as far as it is known, ``asks`` whether the account may be allowed here.
    """

    sms: bool
    account: bool
    phone: str | None
    allowed: int
    asks: bool


def way_home(person_id: int) -> WayHome:
    """How a person is reached by telephone in this district."""
    live, person = live_channels(), people.find_person(person_id)
    left = sa.select(sa.func.coalesce(sa.func.sum(Allowance.left), 0))
    allowed = session.scalar(left.where(Allowance.person_id == person_id)) or 0
    account = live.get("account")
    return WayHome(
        sms="sms" in live,
        account=account is not None,
        phone=person.phone if person else None,
        allowed=int(allowed),
        asks=account is not None and account.kind == "test",
    )


def asks_for_account(person_id: int) -> bool:
    """Whether a person is to be asked, after an act that deserves it, to allow the account a
    message: it can be allowed here, and nothing is left of what was.
    """
    way = way_home(person_id)
    return way.asks and not way.allowed


def caught(number: int, size: int) -> tuple[Sequence[Delivery], int]:
    """What the outbox has kept, the newest first; one page, and how much there is."""
    kept = sa.select(Delivery).where(
        Delivery.state == "trapped", Delivery.channel.in_(rules.SHORT), Delivery.body.is_not(None)
    )
    total = session.scalar(sa.select(sa.func.count()).select_from(kept.subquery())) or 0
    return session.scalars(cut(kept.order_by(Delivery.id.desc()), number, size)).all(), total


def live_channels() -> dict[str, Provider]:
    """The channels for short texts that somebody carries now, in one question."""
    rows = {row.channel: row for row in session.scalars(sa.select(Provider))}
    if current_tenant().is_demo:
        rows = {name: Provider(channel=name, **PROVIDER_START) for name in rules.SHORT} | rows
    live = {name: row for name, row in rows.items() if _is_live(row)}
    if "sms" in live and sms_used_up():
        del live["sms"]
    return live


def _is_live(row: Provider) -> bool:
    return row.active is not False and (row.kind != "house" or house_line() is not None)


def arrived_states() -> tuple[str, ...]:
    """States of a delivery that reached its reader. In a demo district the outbox stands for the
    telephone; elsewhere what is kept there has reached nobody.
    """
    return ("sent", "trapped") if current_tenant().is_demo else ("sent",)


def reached_at(about: str, kind: words.Kind, since: datetime) -> datetime | None:
    """When somebody was first reached with what was said about a thing ``since`` then: by a mail
    or a short text, by reading it here, by a call. None: nobody was.
    """
    arrived = Delivery.state.in_(arrived_states())
    said = (Notice.about == about, Notice.kind == kind.name, Notice.at >= since)
    ways = (
        sa.select(sa.func.min(Delivery.done_at)).where(
            Delivery.about == about, Delivery.event == kind.name, Delivery.at >= since, arrived
        ),
        sa.select(sa.func.min(Delivery.done_at))
        .join(Notice, Notice.person_id == Delivery.person_id)
        .where(*said, Delivery.event == words.DIGEST.name, Delivery.at >= Notice.at, arrived),
        sa.select(sa.func.min(Notice.read_at)).where(*said),
        sa.select(sa.func.min(CallTask.done_at)).where(
            CallTask.about == about,
            CallTask.kind == kind.name,
            CallTask.at >= since,
            CallTask.state == "reached",
        ),
    )
    return session.scalar(sa.select(sa.func.least(*(way.scalar_subquery() for way in ways))))


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


def spent(channel: str, day: date, *, but: int | None = None, event: str = "") -> int:
    """What a channel has cost on a day, in fen, without the delivery ``but``; or an event."""
    query = sa.select(sa.func.coalesce(sa.func.sum(Delivery.fen), 0)).where(
        Delivery.channel == channel, Delivery.spent_on == day
    )
    if but is not None:
        query = query.where(Delivery.id != but)
    if event:
        query = query.where(Delivery.event == event)
    return int(session.scalar(query) or 0)


def sms_this_month(*, but: int | None = None) -> int:
    """How many parts of SMS went out in this month, without the delivery ``but``."""
    first = clock.today().replace(day=1)
    query = sa.select(sa.func.coalesce(sa.func.sum(Delivery.parts), 0)).where(
        Delivery.channel == "sms",
        Delivery.spent_on >= first,
        Delivery.spent_on < (first + timedelta(days=31)).replace(day=1),
    )
    return int(session.scalar(query.where(Delivery.id != but) if but else query) or 0)


def sms_used_up(*, but: int | None = None) -> bool:
    """Whether this month's SMS are used up: then it is as if nobody carried them."""
    quota = current_tenant().quotas.sms
    return quota is not None and sms_this_month(but=but) >= quota


def left(row: Provider, event: str, *, but: int | None = None) -> int:
    """What may still be spent on ``event`` today, in fen; without the delivery ``but``."""
    today = clock.today()
    whole = row.day_fen - spent(row.channel, today, but=but)
    if event != words.CODE.name:
        return whole
    codes = spent(row.channel, today, but=but, event=event)
    return min(whole, row.day_fen // rules.CODES_PART - codes)


def can_text() -> bool:
    """Whether a one-time code would reach a mobile number now: the district has a provider, its
    text is filed, and the day has something left for codes. The outbox counts in demo districts
    alone, where everybody may look into it.
    """
    row = provider("sms")
    if row is None or (row.kind == "test" and not current_tenant().is_demo) or sms_used_up():
        return False
    filed = row.kind == "test" or template("sms", words.CODE).filing == "filed"
    return filed and row.part_fen <= left(row, words.CODE.name)


def allowance(person_id: int, kind: str) -> Allowance | None:
    """A permission of a person for a message of the account, for long before once."""
    query = sa.select(Allowance).where(
        Allowance.person_id == person_id, Allowance.template == kind, Allowance.left > 0
    )
    return session.scalar(query.order_by(Allowance.kind).limit(1))

"""What the pages show: notices and deliveries with every word ready."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import orjson

from saas.kernel.i18n import LOCALES
from saas.kernel.i18n import gettext as _
from saas.notices import letters, rules, words
from saas.notices.models import Delivery, Notice, Template
from saas.notices.queries import ChannelState, Sent


@dataclass(frozen=True, slots=True)
class Line:
    """A notice in a list."""

    id: int
    title: str
    text: str
    icon: str
    urgent: bool
    unread: bool
    done: bool
    at: datetime


def line_of(notice: Notice, zone: str) -> Line:
    """A notice in the reader's language."""
    kind = words.kind_of(notice.kind)
    done = notice.done_at is not None
    return Line(
        id=notice.id,
        title=kind.title_with(notice.facts, zone),
        text=kind.text_with(notice.facts, zone),
        icon=kind.icon,
        urgent=kind.urgent and not done,
        unread=notice.read_at is None and not done,
        done=done,
        at=notice.at,
    )


@dataclass(frozen=True, slots=True)
class SentLine:
    """A delivery in a list. ``reader`` names a person no further than needed."""

    delivery: Delivery
    what: str
    reader: str
    tone: str
    state: str
    why: str
    again: bool
    parts: int | None


def sent_line(sent: Sent, zone: str) -> SentLine:
    """A delivery with what it carries, to whom and why it stands so."""
    delivery, kind = sent.delivery, words.kind_of(sent.delivery.event)
    what = kind.title_with(sent.notice.facts, zone) if sent.notice else kind.called
    if sent.hook and delivery.payload:
        what = kind.title_with(delivery.payload.get("facts", {}), zone)
    tone, state = words.STATE[delivery.state]
    return SentLine(
        delivery=delivery,
        what=what,
        reader=sent.hook.name if sent.hook else rules.masked_name(sent.person or ""),
        parts=delivery.parts,
        tone=tone,
        state=str(state),
        why=words.why(delivery.fault, delivery.answer),
        again=rules.may_send_again(delivery.channel, delivery.state),
    )


def content_of(sent: Sent, zone: str) -> str:
    """What a delivery carries, to look at: the words of a mail, or the body of a call."""
    if sent.hook:
        body = orjson.loads(letters.call_of(sent.delivery, sent.hook).body)
        return orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode()
    if sent.delivery.body:
        return sent.delivery.body
    if sent.notice is None:
        return ""
    kind = words.kind_of(sent.notice.kind)
    parts = (kind.title_with(sent.notice.facts, zone), kind.text_with(sent.notice.facts, zone))
    return "\n\n".join(part for part in parts if part)


def choices() -> dict[str, list[tuple[str, str]]]:
    """The kinds that a webhook may listen to: name and words, below what they are about."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, kind in words.KINDS.items():
        if kind.group:
            found.setdefault(str(kind.group), []).append((name, kind.called))
    return found


def heard(kinds: list[str]) -> list[str]:
    """What a webhook listens to, in words."""
    return [words.kind_of(name).called for name in kinds]


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A channel for short texts on the page of channels; money in yuan."""

    name: str
    called: str
    tone: str
    state: str
    carrier: str
    spent: Decimal
    day: Decimal
    quiet: str
    filed: int
    templates: int
    live: bool
    keeps: bool


def channel_of(state: ChannelState) -> ChannelView:
    """A channel with every word ready."""
    row = state.live or state.own
    tone, word = ("good", _("in use")) if state.live else ("paused", _("not in use"))
    if state.live and state.live.kind == "test":
        tone, word = "paused", _("kept here")
    quiet = f"{row.quiet_from:%H:%M}\u2013{row.quiet_to:%H:%M}" if row and row.quiet_from else ""
    return ChannelView(
        name=state.name,
        called=str(words.CHANNEL[state.name]),
        tone=tone,
        state=word,
        carrier=str(words.PROVIDER[row.kind]) if row else _("nobody yet"),
        spent=Decimal(state.spent) / 100,
        day=Decimal(row.day_fen if row else 0) / 100,
        quiet=quiet,
        filed=state.filed,
        templates=state.templates,
        live=state.live is not None,
        keeps=bool(state.live and state.live.kind == "test"),
    )


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template in a list: what it says, in how many parts, how its filing stands."""

    row: Template
    called: str
    language: str
    whole: str
    parts: int
    letters: int
    tone: str
    state: str


def template_line(row: Template) -> TemplateLine:
    """A template with its length as it would be sent with nothing in its slots."""
    whole = rules.signed_text(row.signature, row.text)
    tone, state = words.FILING[row.filing]
    return TemplateLine(
        row=row,
        called=words.kind_of(row.kind).called,
        language=LOCALES[row.locale],
        whole=whole,
        parts=rules.parts_of(whole),
        letters=len(whole),
        tone=tone,
        state=str(state),
    )


@dataclass(frozen=True, slots=True)
class Caught:
    """A text that the outbox kept; ``to`` is masked but for sample numbers."""

    delivery: Delivery
    called: str
    channel: str
    to: str
    body: str


def caught_of(delivery: Delivery, zone: str) -> Caught:
    """A text as the telephone would have shown it."""
    number = delivery.phone or ""
    return Caught(
        delivery=delivery,
        called=words.kind_of(delivery.event).called,
        channel=str(words.CHANNEL[delivery.channel]),
        to=number if rules.is_sample(number) else delivery.endpoint,
        body=delivery.body or "",
    )

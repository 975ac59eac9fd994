"""What the pages show: notices and deliveries with every word ready."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import orjson

from saas.notices import letters, rules, words
from saas.notices.models import Delivery, Notice
from saas.notices.queries import Sent


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
    if sent.notice is None:
        return ""
    kind = words.kind_of(sent.notice.kind)
    parts = (kind.title_with(sent.notice.facts, zone), kind.text_with(sent.notice.facts, zone))
    return "\n\n".join(part for part in parts if part)


def choices() -> list[tuple[str, str]]:
    """The kinds that a webhook may listen to: name and words."""
    own = {words.DIGEST.name, words.TEST.name}
    return [(name, kind.called) for name, kind in words.KINDS.items() if name not in own]


def heard(kinds: list[str]) -> list[str]:
    """What a webhook listens to, in words."""
    return [words.kind_of(name).called for name in kinds]

"""Notices into inboxes, mails and webhooks queued: in the transaction in which it happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from saas.kernel import clock
from saas.kernel.context import current_tenant
from saas.kernel.crypto import new_token
from saas.kernel.db import session
from saas.notices import chain, jobs, rules, words
from saas.notices.commands import bounding
from saas.notices.models import Delivery, Notice, Reach, Webhook
from saas.notices.words import Kind


@dataclass(frozen=True, slots=True)
class _Letter:
    """A notice before it is in anybody's inbox; see `notify` for what its parts mean."""

    person_ids: frozenset[int]
    kind: Kind
    path: str
    about: str = ""
    once: str | None = None
    calls: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def matter(self) -> chain.Matter:
        """What a telephone is sent of it."""
        return chain.Matter(self.kind, self.path, self.about, self.facts, self.calls)

    def payload(self) -> dict[str, Any]:
        """What leaves the district: facts of the case, no persons."""
        return {"facts": dict(self.facts), "path": self.path, "about": self.about}


@dataclass(slots=True)
class _Outbox:
    """What goes out at the end: letters, and what earlier ones asked for that is done."""

    letters: list[_Letter] = field(default_factory=list)
    done: dict[tuple[Kind, ...], list[str]] = field(default_factory=dict)
    moved: dict[str, int] = field(default_factory=dict)


_outbox: ContextVar[_Outbox | None] = ContextVar("saas_notices_outbox", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Inside, `notify` and `done_about` are gathered; they go out at the end, what is done first,
    in as few statements for many things as for one.
    """
    if _outbox.get() is not None:
        yield
        return
    box = _Outbox()
    token = _outbox.set(box)
    try:
        yield
    finally:
        _outbox.reset(token)
    for kinds, things in box.done.items():
        done_about(things, *kinds)
    _hand_over(box.moved)
    _notify_all(box.letters)


def notify(
    person_ids: Iterable[int],
    kind: Kind,
    *,
    path: str,
    about: str = "",
    once: str | None = None,
    calls: int | None = None,
    **facts: Any,
) -> int:
    """Put a notice into the inbox of each of these people; returns into how many (inside
    `together`, where that is not known yet, 0).

    ``path`` is the page it opens inside the district (``/demands/abc``). ``about`` names the thing
    (``demand:123``) for `done_about`. Who already has a notice with this ``once`` gets no second
    one; who is shut out gets none. ``facts`` fill the kind's words: JSON values, labels (said in
    the reader's language) and moments. They go into mails and webhooks: NEVER personal data, no
    name, number or address of a person and nothing that a resident wrote.

    Two statements where nobody wants mail and no webhook listens, whatever the number of people.
    Raises `BadFacts` where the kind's words need more facts.
    """
    letter = _Letter(frozenset(person_ids), kind, path, about, once, calls, facts)
    if (box := _outbox.get()) is None:
        return _notify_all([letter])
    box.letters.append(letter)
    return 0


def _notify_all(letters: Iterable[_Letter]) -> int:
    ready = [_checked(letter) for letter in letters if letter.person_ids]
    if not ready:
        return 0
    folded = _fold(ready)
    told = _store(ready, folded)
    for number, again in folded.items():
        told.setdefault(number, {}).update(
            {person: notice.id for person, (notice, unseen) in again.items() if not unseen}
        )
    known = [(letter, told[n]) for n, letter in enumerate(ready) if n in told]
    if known:
        people = {person for _, notices in known for person in notices}
        listeners = _listeners(sorted(people), {letter.kind.name for letter, _ in known})
        for letter, notices in known:
            _send_out(listeners, letter.kind.name, letter.payload(), notices, letter.about)
            if letter.kind.short and notices:
                _by_telephone(letter, notices, listeners)
    return sum(len(notices) for notices in told.values())


def _by_telephone(
    letter: _Letter, notices: Mapping[int, int], listeners: Sequence[_Listener]
) -> None:
    mailed = {one.id for one in listeners if one.channel == "mail"}
    notices = bounding.readers_within(notices, letter.kind.name)
    if ids := chain.begin(letter.matter, notices, mailed):
        jobs.queue_deliveries(ids, clock.now())


def tell_number(
    phone: str,
    kind: Kind,
    *,
    path: str,
    about: str,
    calls: int | None = None,
    name: str | None = None,
    **facts: Any,
) -> None:
    """Send the short text of ``kind`` to somebody without an account, of whom there is a telephone
    ``phone``; where no SMS reaches it, the people of the unit ``calls`` call ``name``.

    The number and the name are kept sealed. For the rest see `notify`.
    """
    letter = _checked(_Letter(frozenset(), kind, path, about, None, calls, facts))
    if ids := chain.begin_number(letter.matter, phone, name):
        jobs.queue_deliveries(ids, clock.now())


Folded = dict[int, dict[int, tuple[Notice, bool]]]
"""Number of the letter → person id → the notice it was written into, and whether that is unread."""


def _fold(letters: Sequence[_Letter]) -> Folded:
    """Write letters that fold into what their readers have of the same kind about the same thing;
    it is as new and unread again.
    """
    folded: Folded = {}
    for number, letter in enumerate(letters):
        if not letter.kind.folds or not letter.about:
            continue
        earlier = session.scalars(
            sa.select(Notice).where(
                Notice.about == letter.about,
                Notice.kind == letter.kind.name,
                Notice.person_id == _any(letter.person_ids),
                Notice.done_at.is_(None),
            )
        )
        for notice in earlier:
            folded.setdefault(number, {})[notice.person_id] = (notice, notice.read_at is None)
            way = [*notice.facts.get("way", ()), *letter.facts.get("way", ())]
            way = way[-words.MOST_STEPS :]
            notice.facts = {**letter.facts, **({"way": way} if way else {})}
            notice.at, notice.read_at, notice.path = clock.now(), None, letter.path
    return folded


def _checked(letter: _Letter) -> _Letter:
    if not letter.path.startswith("/") or letter.path.startswith("//"):
        raise words.BadFacts(f"{letter.path!r} is no path inside the district")
    return replace(letter, facts=words.storable(letter.kind, letter.facts))


_ROWS = sa.text(
    """
    INSERT INTO notices (person_id, kind, facts, path, about, once, calls_id, at)
    SELECT people.id, given.kind, given.facts, given.path, given.about, given.once, given.calls, :at
    FROM jsonb_to_recordset(CAST(:letters AS jsonb))
        AS given (person_id bigint, kind text, facts jsonb, path text, about text, once text,
                  calls bigint)
    JOIN people ON people.id = given.person_id AND people.disabled_at IS NULL
    ON CONFLICT DO NOTHING RETURNING id, person_id, kind, path, about, once
    """
)


def _store(letters: Sequence[_Letter], folded: Folded) -> dict[int, dict[int, int]]:
    """The letters as rows: number of the letter → person id → notice id, of those that are new."""
    rows = [
        {"person_id": person, "kind": letter.kind.name, "facts": letter.facts, **_place(letter)}
        | {"calls": letter.calls}
        for number, letter in enumerate(letters)
        for person in sorted(letter.person_ids - folded.get(number, {}).keys())
    ]
    session.flush()
    if not rows:
        return {}
    made = session.execute(_ROWS, {"at": clock.now(), "letters": orjson.dumps(rows).decode()})
    numbers = {(letter.kind.name, *_place(letter).values()): n for n, letter in enumerate(letters)}
    told: dict[int, dict[int, int]] = {}
    for notice_id, person_id, *key in made:
        told.setdefault(numbers[tuple(key)], {})[person_id] = notice_id
    return told


def _place(letter: _Letter) -> dict[str, str | None]:
    return {"path": letter.path, "about": letter.about, "once": letter.once}


def _any(ids: Iterable[int]) -> Any:
    return sa.any_(sa.literal(sorted(ids), ARRAY(sa.BigInteger)))


@dataclass(frozen=True, slots=True)
class _Listener:
    """A way out: a person who wants mail, or a webhook; one without ``kinds`` hears them all."""

    channel: str
    id: int
    wants: str
    hour: int
    quiet: tuple[time | None, time | None]
    kinds: tuple[str, ...] = ()

    def hears(self, event: str, told: Mapping[int, int]) -> bool:
        """Whether this goes out to it."""
        if self.channel == "mail":
            return self.id in told
        return not self.kinds or event in self.kinds


def _listeners(person_ids: Sequence[int], events: Iterable[str]) -> list[_Listener]:
    """Who of these people wants mail, which webhooks want any of the events; one statement."""
    none, no_kinds = sa.null().cast(sa.Time), sa.literal([], Webhook.kinds.type)
    mail = sa.select(
        sa.literal("mail"),
        Reach.person_id,
        Reach.wants_mail,
        Reach.digest_hour,
        Reach.quiet_from,
        Reach.quiet_to,
        no_kinds,
    ).where(Reach.person_id == _any(person_ids), Reach.wants_mail != "off")
    wanted = [Webhook.kinds.contains([event]) for event in sorted(events)]
    hooks = sa.select(
        sa.literal("webhook"),
        Webhook.id,
        sa.literal("each"),
        sa.literal(0),
        none,
        none,
        Webhook.kinds,
    ).where(Webhook.active, sa.or_(Webhook.kinds == no_kinds, *wanted))
    asked: sa.Executable = hooks
    if person_ids:
        asked = sa.union_all(mail, hooks)
    return [
        _Listener(channel, key, wants, hour, (begins, ends), tuple(kinds))
        for channel, key, wants, hour, begins, ends, kinds in session.execute(asked)
    ]


def _send_out(
    listeners: Sequence[_Listener],
    event: str,
    payload: Mapping[str, Any],
    told: Mapping[int, int],
    about: str = "",
) -> None:
    """Queue a delivery for each listener; for those who read once a day, the day's digest."""
    now, zone = clock.now(), current_tenant().time_zone
    hearing = [one for one in listeners if one.hears(event, told)]
    for hour in {one.hour for one in hearing if one.wants == "digest"}:
        jobs.queue_digest(rules.next_digest(now, hour, zone), hour)
    rows = [
        {**_row(one, event, payload, told, now, zone), "about": _mailed(one, about)}
        for one in hearing
        if one.wants == "each"
    ]
    if rows := bounding.within(rows):
        session.flush()
        ids = session.scalars(sa.insert(Delivery).returning(Delivery.id), rows).all()
        jobs.queue_deliveries(ids, min(row["next_try_at"] for row in rows))


def _mailed(one: _Listener, about: str) -> str:
    """What a delivery to a person is about; other systems find it in what they are given."""
    return about if one.channel == "mail" else ""


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
    _send_out(_listeners([], [event]), event, {"facts": dict(payload)}, {})


def done_about(about: str | Sequence[str], *kinds: Kind) -> None:
    """What notices asked for about a thing, or several, is done: nobody is asked any more.

    With ``kinds`` only those. What still waits to be mailed about it stays unsent.
    """
    things = [about] if isinstance(about, str) else list(about)
    if (box := _outbox.get()) is not None:
        box.done.setdefault(kinds, []).extend(things)
        return
    asked = [Notice.about.in_(things), Notice.about != "", Notice.done_at.is_(None)]
    if kinds:
        asked.append(Notice.kind.in_([kind.name for kind in kinds]))
    session.execute(
        sa.update(Notice)
        .where(*asked)
        .values(done_at=clock.now())
        .execution_options(synchronize_session="fetch")
    )
    if not kinds or any(kind.short for kind in kinds):
        chain.close_calls(things, [kind.name for kind in kinds], now=clock.now())


def hand_over_calls(about: str, unit_id: int) -> None:
    """A thing has gone to another unit: its people make the calls about it from now on."""
    if (box := _outbox.get()) is not None:
        box.moved[about] = unit_id
        return
    _hand_over({about: unit_id})


def _hand_over(moved: Mapping[str, int]) -> None:
    if not moved:
        return
    rows = orjson.dumps([{"about": about, "unit": unit} for about, unit in moved.items()]).decode()
    for statement in _MOVES:
        session.execute(statement, {"rows": rows})


_MOVES = (
    sa.text(
        """
        UPDATE call_tasks SET unit_id = given.unit
        FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given (about text, unit bigint)
        WHERE call_tasks.about = given.about AND call_tasks.state = 'open'
        """
    ),
    sa.text(
        """
        UPDATE notices SET calls_id = given.unit
        FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given (about text, unit bigint)
        WHERE notices.about = given.about AND notices.calls_id IS NOT NULL
            AND notices.done_at IS NULL
        """
    ),
)

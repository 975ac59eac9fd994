"""No more than so many deliveries at once, when the clock of a demo is turned by months."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from saas.kernel import clock
from saas.kernel.crypto import new_token
from saas.kernel.db import session
from saas.notices.models import Delivery


@dataclass(slots=True)
class _Bound:
    """How many more go out; what was left out, by channel and reader: the last event, how many."""

    left: int
    out: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)

    def take(self, channel: str, reader: int, event: str) -> bool:
        """Whether one more goes out; else it is remembered."""
        if self.left > 0:
            self.left -= 1
            return True
        self.out[channel, reader] = event, self.out.get((channel, reader), ("", 0))[1] + 1
        return False


_bound: ContextVar[_Bound | None] = ContextVar("saas_notices_bound", default=None)


@contextmanager
def at_most(number: int) -> Iterator[None]:
    """Inside, no more than ``number`` deliveries are queued, however much happens at once. What is
    left out stands in the outbox in one line a reader, with how much it was; inboxes have it all.
    """
    bound = _Bound(number)
    token = _bound.set(bound)
    try:
        yield
    finally:
        _bound.reset(token)
    session.add_all(
        Delivery(
            key=new_token(), channel=channel, event=event, state="spared", fault="left_out",
            answer=count, at=clock.now(), done_at=clock.now(), tries=0,
            webhook_id=reader if channel == "webhook" else None,
            person_id=None if channel == "webhook" else reader,
        )
        for (channel, reader), (event, count) in bound.out.items()
    )  # fmt: skip
    session.flush()


def within(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of the rows to be queued that go out."""
    bound = _bound.get()
    if bound is None:
        return rows
    return [
        row
        for row in rows
        if bound.take(row["channel"], row["webhook_id"] or row["person_id"], row["event"])
    ]


def readers_within(notices: Mapping[int, int], event: str) -> Mapping[int, int]:
    """The same of those who are to be reached by telephone: person id → notice id."""
    bound = _bound.get()
    if bound is None:
        return notices
    return {one: notice for one, notice in notices.items() if bound.take("sms", one, event)}

"""A file on its way in: kept sealed until it is taken over in the background, or forgotten."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, Generic, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from saas.jobs.queue import JOBS
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.db import session
from saas.kernel.errors import Conflict, NotFound
from saas.kernel.unit_of_work import unit_of_work

_log = logging.getLogger(__name__)
#: So long it is told what became of a file that was taken over.
KEPT: Final = timedelta(days=1)


class Kept(Protocol):
    """What a table has whose rows are such files: one for each person, sealed, and of further
    columns that `Shelf.within` names.

    ``state`` is faulty, checked, running, done or stopped.
    """

    token: Any
    state: Any
    expires_at: Any


_File = TypeVar("_File", bound=Kept)


def _nothing(held: Any) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Shelf(Generic[_File]):
    """Where everybody's latest file waits for ``waits``. Its text lies in the column ``content``,
    which is emptied when it is taken over by the job ``job``; ``fresh`` are values that further
    columns begin with.
    """

    model: type[_File]
    job: str
    content: str
    waits: timedelta = KEPT
    within: tuple[str, ...] = ()
    fresh: Mapping[str, Any] = field(default_factory=dict)

    def held(self, actor: Actor, *, lock: bool = False, **of: Any) -> _File | None:
        """The file of ``actor`` that waits, runs or was done last; None once its time is over."""
        query = sa.select(self.model).filter_by(person_id=actor.id, **of)
        query = query.where(self.model.expires_at > clock.now())
        return session.scalar(query.with_for_update() if lock else query)

    def named(self, token: str, *, lock: bool = False) -> _File | None:
        """The same by its token, for the work in the background."""
        query = sa.select(self.model).where(self.model.token == token)
        return session.scalar(query.with_for_update() if lock else query)

    def keep(self, text: str, *, state: str, total: int, actor: Actor, **of: Any) -> str:
        """Keep a file in place of what the person had before. Raises `Conflict` while one runs."""
        held = self.held(actor, lock=True, **of)
        if held is not None and held.state == "running":
            raise Conflict
        now, token = clock.now(), new_token()
        values = {
            "token": token, self.content: text, "state": state, "total": total, "done": 0,
            "at": now, "expires_at": now + self.waits, **self.fresh,
        }  # fmt: skip
        row = insert(self.model).values(person_id=actor.id, **of, **values)
        session.execute(
            row.on_conflict_do_update(index_elements=["person_id", *self.within], set_=values),
            execution_options={"synchronize_session": False},
        )
        session.expire_all()
        return token

    def start(
        self, token: str, *, actor: Actor, begun: Callable[[_File], object] = _nothing, **of: Any
    ) -> _File:
        """Take a clean file over. Pressed again it goes on where it stopped, and ``begun`` is not
        called twice. `NotFound` when its time is over, or it has faults.
        """
        held = self.held(actor, lock=True, **of)
        if held is None or held.token != token or held.state == "faulty":
            raise NotFound
        if held.state == "checked":
            held.state, held.expires_at = "running", clock.now() + KEPT
            begun(held)
        if held.state == "running":
            mark = f"{self.job}-{token}"
            JOBS[self.job].enqueue(token=token, lock=mark, once=mark)
        return held

    def take_over(self, token: str, portion: Callable[[str], object]) -> None:
        """The work of the job: ``portion`` after ``portion``, each a unit of work, until one says
        that nothing is left. If one fails, those before it stay done.
        """
        try:
            more: object = True
            while more:
                with unit_of_work():
                    more = portion(token)
        except Exception:  # noqa: BLE001 - whatever a row raises, the person is told that it stopped
            _log.exception("%s stopped: a file could not be taken over", self.job)
            with unit_of_work():
                self.stop(token)

    def close(self, held: _File, state: str) -> None:
        """It is done, or stopped: nothing of what was in it is kept."""
        held.state = state
        setattr(held, self.content, None)

    def stop(self, token: str) -> None:
        """What is left of it can no longer be taken over; the file may come again."""
        held = self.named(token, lock=True)
        if held is not None and held.state == "running":
            self.close(held, "stopped")

    def drop(self, *, actor: Actor, **of: Any) -> None:
        """Forget a file that was not taken over."""
        running = self.model.state != "running"
        query = sa.delete(self.model).filter_by(person_id=actor.id, **of)
        session.execute(query.where(running))

    def forget(self) -> None:
        """What nobody confirmed in time, and what is told of the others, is deleted."""
        session.execute(sa.delete(self.model).where(self.model.expires_at <= clock.now()))

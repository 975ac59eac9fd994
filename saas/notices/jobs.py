"""What the worker does for the notices: carry them out, and make the digests of a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from saas.jobs.queue import job
from saas.kernel import clock
from saas.kernel.rounds import each_alone, raise_first
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.notices import chain, digests, queries, sending


@job("notices.deliver", plane="tenant", own_transactions=True)
def deliver(ids: list[int]) -> None:
    """Carry these deliveries out, one by one; what fails is tried again by a later run.

    Nothing is open in the database while the other side is waited for.
    """
    run = sending.Run()
    broken = each_alone(ids, lambda delivery_id: _carry(run, delivery_id))
    with unit_of_work():
        later = sending.unfinished(ids, now=clock.now())
        if later:
            queue_deliveries([one for one, _ in later], min(moment for _, moment in later))
    raise_first(broken)


def _carry(run: sending.Run, delivery_id: int) -> None:
    begun = clock.now()
    with unit_of_work():
        parcel = sending.take(delivery_id, now=clock.now())
        _go_on(delivery_id, begun)
    if parcel is not None:
        result = run.carry(parcel)
        with unit_of_work():
            sending.note(parcel, result, now=clock.now())
            _go_on(delivery_id, begun)


def _go_on(delivery_id: int, begun: datetime) -> None:
    """What has been given up since this run began with it goes another way."""
    if following := chain.go_on(delivery_id, since=begun):
        queue_deliveries(following, clock.now())


def deliver_waiting() -> None:
    """Carry out at once whatever waits here: of a sample that no worker comes to."""
    with reading():
        ids = queries.waiting_ids()
    deliver.run(ids=ids)


def queue_deliveries(ids: Sequence[int], at: datetime) -> None:
    """Have these deliveries carried out from ``at`` on, in the current transaction."""
    deliver.enqueue(at=at, ids=list(ids))


@job("notices.digest", plane="tenant")
def digest(hour: int) -> None:
    """One mail for everybody who reads at this hour and has something new."""
    ids = digests.gather(hour, now=clock.now())
    if ids:
        queue_deliveries(ids, clock.now())


def queue_digest(at: datetime, hour: int) -> None:
    """Have the digests of ``hour`` made at ``at``; asked for often, done once."""
    digest.enqueue(at=at, once=f"digest:{at.isoformat()}:{hour}", hour=hour)

"""A district with ways out, and the worker's part of the work done by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.jobs.queue import JOBS, Job
from saas.jobs.worker import run_job
from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.i18n import LOCALES
from saas.notices import queries, words
from saas.notices.models import Delivery, Provider
from tests.notices.servers import Hall, MailBox, mail_server, web_server
from tests.support import District


@pytest.fixture
def box(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailBox]:
    """A mail server that the service is set to use."""
    with mail_server() as server:
        use(app, monkeypatch, smtp_url=server.url, mail_from="no-reply@districts.example")
        yield server


@pytest.fixture
def hall(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """A web server on the loopback, which webhooks may call."""
    with web_server() as server:
        use(app, monkeypatch, webhook_private=True)
        yield server


def use(app: Flask, monkeypatch: pytest.MonkeyPatch, **settings: Any) -> None:
    """Other settings for the length of a test."""
    monkeypatch.setitem(app.config, "SAAS", replace(app.config["SAAS"], **settings))


def deliveries(district: District) -> list[Delivery]:
    """Every delivery of a district, oldest first; detached."""
    with district.work():
        found = list(session.scalars(sa.select(Delivery).order_by(Delivery.id)))
        session.expunge_all()
    return found


def run(
    app: Flask, district: District, job: str, *, after: timedelta = timedelta(), **args: Any
) -> None:
    """What the worker does with a job, ``after`` that time."""
    with clock.turned(after):
        run_job(app, JOBS[job], district.tenant.key, **args)


def carry(app: Flask, district: District, *, after: timedelta = timedelta()) -> list[Delivery]:
    """Have everything carried out that is due by then; the deliveries afterwards."""
    run(app, district, "notices.deliver", after=after, ids=[d.id for d in deliveries(district)])
    return deliveries(district)


def gateway(district: District, hall: Hall, channel: str = "sms", **more: Any) -> None:
    """A provider for short texts of the channel, with every template filed, where there is none."""
    given = {"kind": "own", "url": hall.url, "key_id": "k-1", "secret": "s-1", **START, **more}
    with district.work():
        row = session.scalar(sa.select(Provider).where(Provider.channel == channel))
        row = row or Provider(channel=channel)
        for name, value in given.items():
            setattr(row, name, value)
        session.add(row)
        for kind in words.KINDS.values():
            for locale in LOCALES if kind.short else ():
                template = queries.template(channel, kind, locale)
                template.filing, template.filed_no = "filed", f"{kind.name}-{locale}"
                template.changed_at = clock.now()
                session.add(template)


#: A provider that never rests, so that tests run at any hour.
START: Final[dict[str, Any]] = {
    "active": True, "part_fen": 5, "day_fen": 10_000, "quiet_from": None, "quiet_to": None,
}  # fmt: skip

Queued = list[tuple[str, datetime | None, dict[str, Any]]]


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> Queued:
    """Jobs as they are queued: name, when, arguments."""
    seen: Queued = []
    original = Job.enqueue

    def enqueue(job: Job, *, at: datetime | None = None, **rest: Any) -> int | None:
        number = original(job, at=at, **rest)
        if number is not None:
            rest.pop("once", None)
            seen.append((job.name, at, rest))
        return number

    monkeypatch.setattr(Job, "enqueue", enqueue)
    return seen

"""Whether this installation is well, for probes and monitors: /healthz, /readyz, /metrics."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from typing import Any

from flask import Flask, Response, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import GaugeMetricFamily

from saas.jobs import pulse
from saas.kernel.context import Actor
from saas.kernel.db import db
from saas.kernel.errors import NotFound
from saas.kernel.runtime import settings
from saas.tenancy import sealing
from saas.web import metrics
from saas.web.pages import PUBLIC, Access, in_order


def init_app(app: Flask) -> None:
    """Three addresses of the hub that need nobody to be signed in."""
    for work in (healthz, readyz, metrics_page):
        name = work.__name__.removesuffix("_page")
        app.add_url_rule(f"/{name}", name, in_order(Access("hub", PUBLIC, paced=False), work))


def healthz(actor: Actor) -> Response:
    """This process answers."""
    return jsonify(status="ok")


def readyz(actor: Actor) -> Response:
    """It also reaches its database. That the worker stands still is said, and takes no web process
    out of service: residents can still file.
    """
    beats = pulse.pulse()
    return jsonify(
        status="ok",
        database="ok",
        worker={"state": beats.state, "number": beats.workers, "heartbeat_seconds": beats.beat},
        queue={"oldest_due_seconds": beats.due, "kinds": pulse.by_kind()},
        pool=_pool(),
    )


def metrics_page(actor: Actor) -> Response:
    """The same for a monitor, with the requests of this process, as Prometheus reads it."""
    _ensure_monitor()
    text = generate_latest(metrics.REGISTRY) + generate_latest(_Now())
    return Response(text, content_type=CONTENT_TYPE_LATEST)


def _ensure_monitor() -> None:
    """With SAAS_METRICS_TOKEN whoever holds it; without, this machine alone, and no proxy on it."""
    token = settings().metrics_token
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        allowed = hmac.compare_digest(given.encode(), token.encode())
    else:
        passed_on = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
        allowed = request.remote_addr in {"127.0.0.1", "::1"} and not passed_on
    if not allowed:
        raise NotFound


def _pool() -> dict[str, int]:
    pool: Any = db.engine.pool
    return {"size": pool.size(), "used": pool.checkedout()}


class _Now:
    """Numbers that are read at the moment they are asked for."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Worker, queue and pool."""
        beats = pulse.pulse()
        yield _gauge("saas_workers", "Workers that are signed on.", beats.workers)
        if beats.beat is not None:
            yield _gauge(
                "saas_worker_heartbeat_seconds", "Age of the youngest heartbeat.", beats.beat
            )
        yield _gauge(
            "saas_jobs_oldest_due_seconds", "How long the oldest due job waits.", beats.due or 0
        )
        jobs = GaugeMetricFamily("saas_jobs", "Jobs in the queue.", labels=("kind", "state"))
        for kind, states in pulse.by_kind().items():
            for state, number in states.items():
                jobs.add_metric((kind, state), number)
        yield jobs
        yield from _seals()
        pool = GaugeMetricFamily("saas_pool_connections", "Connections.", labels=("state",))
        for state, number in _pool().items():
            pool.add_metric((state,), number)
        yield pool


def _seals() -> Iterator[GaugeMetricFamily]:
    """How the sealing of what may only grow stands; the tenant is never a label."""
    found = sealing.needing()
    yield _gauge("saas_seals_late", "Districts not sealed for two hours.", found.late)
    yield _gauge("saas_seals_faulty", "Districts that a check found changed.", found.faulty)
    yield _gauge("saas_seals_oldest_seconds", "The longest time since a sealing.", found.oldest)


def _gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, value=value)

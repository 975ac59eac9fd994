"""One log line for each request, by which a report of a person and a line of the log are matched.

It names the route, never the address: an address can hold a token or what somebody searched for.
"""

from __future__ import annotations

import logging
import secrets
import time

import structlog
from flask import Flask, Response, g, request

from saas.web import metrics

_log = logging.getLogger(__name__)


def _begin() -> None:
    g.saas_begun, g.saas_request_id = time.perf_counter(), secrets.token_hex(6)
    structlog.contextvars.bind_contextvars(request=g.saas_request_id)


def _end(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.saas_request_id
    seconds = time.perf_counter() - g.saas_begun
    metrics.count(request.endpoint, request.method, response.status_code, seconds)
    if request.endpoint != "static":
        facts = {
            "route": request.endpoint,
            "method": request.method,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
        }
        _log.info("request", extra=facts)
    return response


def _forget(error: BaseException | None) -> None:
    structlog.contextvars.unbind_contextvars("request")


def init_app(app: Flask) -> None:
    """First to see a request, last to see its answer."""
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_forget)

"""One place that turns every error into an answer, HTML or JSON, without anything internal."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from psycopg.errors import DeadlockDetected
from sqlalchemy.exc import OperationalError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from saas.kernel.context import Tenant, current_scope
from saas.kernel.errors import AppError, Conflict, Invalid, ProofNeeded, SignInNeeded, Unavailable
from saas.kernel.i18n import lazy_gettext as _l
from saas.web.addresses import meant_instead, page_above
from saas.web.pages import render

_log = logging.getLogger(__name__)
_SENTENCES = {
    404: _l("There is nothing at this address, or it is not open to you."),
    405: _l("This address does not take that kind of request."),
    413: _l("What you sent is larger than 32 MB. Choose fewer or smaller pictures."),
    429: _l("Too many tries. Please wait a few minutes."),
}
#: Where the standard library renamed a status from one Python to the next.
_CODES = {413: "too_large", 414: "uri_too_long", 416: "range_not_satisfiable", 422: "invalid"}
_FALLBACK = _l("This request cannot be answered.")
_BROKEN = _l("Something went wrong on our side. Nothing was stored. Please try again.")


def wants_json() -> bool:
    """True for the API's addresses and for callers that ask for JSON."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return request.path.startswith("/api/") or best == "application/json"


def answer(status: int, code: str, sentence: object, **data: object) -> Response:
    """An error as problem details or as a page."""
    if wants_json():
        response = _problem(status, code, sentence, data)
    else:
        response = render("error.html", status, code=code, sentence=sentence, number=status, **data)
    response.status_code = status
    return response


def _problem(status: int, code: str, sentence: object, data: Mapping[str, object]) -> Response:
    """RFC 9457: what kind of error, one sentence, and by what name to ask us about it."""
    details = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": str(sentence),
        "code": code,
        "request_id": g.get("saas_request_id", ""),
        **{name: value for name, value in data.items() if value is not None},
    }
    response = jsonify(details)
    response.mimetype = "application/problem+json"
    response.headers["Cache-Control"] = "no-store"
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


_REFUSALS = {
    404: _l("There is no district at this address."),
    410: _l("This district has left. Its pages are gone for good."),
    423: _l("This district is closed for the time being."),
    503: _l("This district is being worked on and will be back in a few minutes."),
}


def refused(status: int, state: str, reason: str | None) -> Response:
    """A district that cannot be served: what is the matter, and why where that is known."""
    return answer(status, state, _REFUSALS[status], reason=reason)


def _instead(status: int) -> ResponseReturnValue | None:
    """The page that was meant, where an address was only pasted badly."""
    meant = meant_instead() if status == HTTPStatus.NOT_FOUND and not wants_json() else None
    return redirect(meant, HTTPStatus.PERMANENT_REDIRECT) if meant else None


def _app_error(error: AppError) -> ResponseReturnValue:
    if (instead := _instead(error.status)) is not None:
        return instead
    if isinstance(error, SignInNeeded) and not wants_json():
        return redirect(_sign_in_url())
    if isinstance(error, ProofNeeded) and not wants_json():
        here = request.script_root + request.full_path.rstrip("?")
        return redirect(
            url_for("signin.prove", next=here if request.method == "GET" else page_above()[0])
        )
    if isinstance(error, Invalid):
        fields = {name: [str(text) for text in texts] for name, texts in error.errors.items()}
        return answer(error.status, error.code, error.text, errors=fields)
    response = answer(error.status, error.code, error.text)
    if "retry_after" in error.data:
        response.headers["Retry-After"] = str(error.data["retry_after"])
    return response


def _sign_in_url() -> str:
    endpoint = "accounts.sign_in" if isinstance(current_scope(), Tenant) else "tenancy.sign_in"
    here = request.full_path.rstrip("?") if request.method == "GET" else ""
    return url_for(endpoint, next=request.script_root + here) if here else url_for(endpoint)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, CSRFError):
        text = _l(
            "This page had been open for too long; nothing was saved. Go back: what you typed is"
            " still there. Copy it, reload the page and send it again."
        )
        return answer(400, "stale_form", text)
    status = error.code or 500
    if status < 400:
        return error
    if (instead := _instead(status)) is not None:
        return instead
    if status == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET" and not wants_json():
        return redirect(page_above()[0])
    code = _CODES.get(status) or HTTPStatus(status).name.lower()
    response = answer(status, code, _SENTENCES.get(status, _FALLBACK))
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            response.headers[name] = value
    return response


def _database_gone(error: Exception) -> ResponseReturnValue:
    if isinstance(getattr(error, "orig", None), DeadlockDetected):
        return _app_error(Conflict())
    _log.error("the database does not answer: %s", type(error).__name__)
    response = answer(503, Unavailable.code, Unavailable.sentence)
    response.headers["Retry-After"] = "30"
    return response


def _unexpected(error: Exception) -> ResponseReturnValue:
    _log.exception("a request broke")
    return answer(500, "broken", _BROKEN)


def init_app(app: Flask) -> None:
    """Register the answers."""
    app.register_error_handler(AppError, _app_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_gone)
    app.register_error_handler(PoolTimeout, _database_gone)
    # A savepoint that the lost connection left behind speaks first.
    app.register_error_handler(PendingRollbackError, _database_gone)
    app.register_error_handler(Exception, _unexpected)

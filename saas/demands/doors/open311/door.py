"""The door of Open311: its addresses, its key, its errors.

Callers are known by ``api_key`` alone (or the header that our own API takes), never by a cookie: so
no page of another site can do anything in somebody's name here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, g, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from saas.api import pace
from saas.api.parsing import LARGEST_BODY
from saas.demands.doors.open311.formats import FORMATS, Told, written
from saas.kernel.context import ANONYMOUS, Actor, current_tenant
from saas.kernel.errors import AppError, Invalid, NotFound, SignInNeeded, Unavailable
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.unit_of_work import insist
from saas.web.pages import NOBODY, PUBLIC, Access, Pages, ensure_allowed, in_order

_log = logging.getLogger(__name__)
Work = Callable[..., Told]

pages = Pages("open311", __name__, plane="tenant", url_prefix="/open311")
pages.record_once(lambda state: state.app.extensions["csrf"].exempt(pages))


def offer(rule: str, *, needs: str = PUBLIC, method: str = "GET") -> Callable[[Work], Work]:
    """Declare an address in both formats. The function gets caller and parts of the path."""

    def declare(work: Work) -> Work:
        view = in_order(Access("tenant", needs, NOBODY), _worked(work, needs))
        for ending in FORMATS:
            pages.add_url_rule(f"{rule}.{ending}", work.__name__, view, methods=[method])
        return work

    return declare


def _worked(work: Work, needs: str) -> Callable[..., Response]:
    @wraps(work)
    def worked(actor: Actor, **parts: Any) -> Response:
        caller = actor if actor.kind == "token" else ANONYMOUS
        ensure_allowed(caller, needs)
        _ensure_jurisdiction()
        if request.method != "POST":
            return written(work(caller, **parts))
        pace.ensure_few_changes(caller)
        told = insist(lambda: work(caller, **parts))
        pace.count_change(caller)
        return written(told)

    return worked


@pages.before_request
def _take_key() -> None:
    """The key is a parameter here. It stands in the body of a POST, so that no log has it."""
    request.max_content_length = LARGEST_BODY
    given = request.authorization
    if given is None or given.type != "bearer":
        g.saas_key = request.form.get("api_key") or request.args.get("api_key") or None
    else:
        g.saas_key = given.token or ""


def _ensure_jurisdiction() -> None:
    """A caller may name the district that it means, as the standard has it by a domain that begins
    with its code; then it must be this one.
    """
    named = request.form.get("jurisdiction_id") or request.args.get("jurisdiction_id")
    if named and named.partition(".")[0] != current_tenant().code:
        raise NotFound(_l("There is no such jurisdiction_id here."))


@pages.errorhandler(AppError)
def _refused(error: AppError) -> Response:
    if isinstance(error, SignInNeeded):  # the standard has one answer for a key that is missing
        return _errors(403, [_("A valid api_key is needed.")])
    if isinstance(error, Invalid):
        return _errors(
            400, [f"{at}: {text}" for at, texts in error.errors.items() for text in texts]
        )
    response = _errors(error.status, [str(error.text)])
    if "retry_after" in error.data:
        response.headers["Retry-After"] = str(error.data["retry_after"])
    return response


@pages.errorhandler(HTTPException)
def _http_error(error: HTTPException) -> Response:
    return _errors(error.code or 500, [error.name])


@pages.errorhandler(OperationalError)
@pages.errorhandler(PoolTimeout)
def _database_gone(error: Exception) -> Response:
    _log.error("the database does not answer: %s", type(error).__name__)
    return _errors(503, [str(Unavailable.sentence)])


@pages.errorhandler(Exception)
def _unexpected(error: Exception) -> Response:
    _log.exception("a request broke")
    return _errors(
        500, [_("Something went wrong on our side. Nothing was stored. Please try again.")]
    )


def _errors(status: int, sentences: list[str]) -> Response:
    """Errors as the standard has them."""
    errors = [{"code": status, "description": sentence} for sentence in sentences]
    return written(Told("errors", errors, status))

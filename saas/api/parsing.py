"""What comes in: checked against its schema, every fault told at its field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import orjson
from flask import Request
from marshmallow import EXCLUDE, RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser, is_json_request
from werkzeug.exceptions import RequestEntityTooLarge

from saas.kernel.errors import AppError, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import faults_in

#: Bytes of a body. Files have routes of their own.
LARGEST_BODY = 1024 * 1024


class WrongType(AppError):
    """The body is not JSON, or does not say so."""

    status = 415
    code = "unsupported_media_type"
    sentence = _l("Send JSON, with Content-Type: application/json.")


class Unreadable(AppError):
    """The body says that it is JSON and is not."""

    status = 400
    code = "bad_json"
    sentence = _l("The body cannot be read as JSON.")


class TooLarge(AppError):
    """More than a body may have."""

    status = 413
    code = "too_large"
    sentence = _l("The body is larger than 1 MB.")


class Parser(FlaskParser):
    """Refuses what it does not know, in the query too: a filter that was mistyped and ignored
    would give everything.
    """

    DEFAULT_UNKNOWN_BY_LOCATION = {"query": RAISE, "json": RAISE, "headers": EXCLUDE}

    def _raw_load_json(self, req: Request) -> Any:
        if not is_json_request(req):
            raise WrongType
        req.max_content_length = LARGEST_BODY
        try:
            body = orjson.loads(req.get_data(cache=True))
        except RequestEntityTooLarge as error:
            raise TooLarge from error
        except orjson.JSONDecodeError as error:
            raise Unreadable from error
        if not isinstance(body, dict):
            raise Invalid({"_schema": [_l("The body is no object of JSON.")]})
        if any("\x00" in text for text in _texts(body)):  # PostgreSQL has no text with one
            raise Invalid({"_schema": [_l("A text holds the sign NUL, which cannot be kept.")]})
        return body

    def handle_error(
        self, error: ValidationError, req: Request, schema: Schema, **_: Any
    ) -> NoReturn:
        """Faults as `Invalid`, which both shells render."""
        (messages,) = error.normalized_messages().values()  # type: ignore[no-untyped-call]
        raise Invalid(dict(faults_in(messages)))


def _texts(value: Any) -> Iterator[str]:
    """Every text in a body, however deep: deeper than a function may call itself."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, Mapping):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            waiting += one

"""The document of the API: OpenAPI 3.1, with this district's address, in the reader's language."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import resolve_schema_cls
from flask import Flask, current_app, request
from flask_babel.speaklater import LazyString
from flask_smorest import Api
from flask_smorest.utils import prepare_response
from marshmallow import Schema, fields

from saas.api.routes import Routes
from saas.api.schemas import Problem
from saas.kernel.context import current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say

PROBLEM_TYPE = "application/problem+json"
_MAY_BE_EMPTY = ("description", "default")
_LATER = (429, 503)
_NO_NUL = r"^[^\u0000]*$"
_RETRY_AFTER = {
    "description": _l("Seconds to wait before the next call."),
    "schema": {"type": "integer"},
}
_SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": _l(
            "A token, made in the console under People, API tokens. It belongs to this district,"
            " reaches one unit and what lies beneath it, and allows what was chosen for it."
        ),
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "saas_session",
        "description": _l(
            "The cookie of a person who is signed in here. What changes something also needs the"
            " header X-CSRFToken."
        ),
    },
}


class Document(Api):  # type: ignore[misc]
    """Collects what routes promise. Errors are rendered with those of the pages, not here: that
    is also what keeps ``Allow`` on a 405. Pages of a list are told in the body, not in a header.
    """

    DEFAULT_ERROR_RESPONSE_NAME = None
    ERROR_SCHEMA = Problem

    def _register_responses(self) -> None:
        for status in HTTPStatus:
            response: dict[str, Any] = {"description": status.phrase}
            if status >= 400:
                response["schema"] = self.ERROR_SCHEMA
            if status in _LATER:
                response["headers"] = {"Retry-After": _RETRY_AFTER}
            prepare_response(response, self.spec, PROBLEM_TYPE)
            self.spec.components.response(status.name, response, lazy=True)

    def _register_error_handlers(self) -> None:
        """There is one place for errors already."""

    def _register_etag_headers(self) -> None:
        """No route has any."""

    def _register_pagination_header(self) -> None:
        """Nor this."""

    def add(self, app: Flask, routes: Routes) -> None:
        """Register a domain's routes and take them into the document."""
        app.register_blueprint(routes)
        app.extensions["csrf"].exempt(routes)  # they see to it themselves: a token needs none
        routes.register_views_in_doc(self, app, self.spec, name=routes.name, parameters=None)
        self.spec.tag({"name": routes.tag, "description": routes.description})


class _Shapes(MarshmallowPlugin):
    """Says of every text that it holds no NUL."""

    def init_spec(self, spec: Any) -> None:
        super().init_spec(spec)
        assert self.converter is not None
        self.converter.add_attribute_function(_text)  # type: ignore[no-untyped-call]


def init_app(app: Flask) -> Document:
    """The empty document of an app; routes are added to it."""
    words = {"title": "API", "version": "v1", "openapi_version": "3.1.0"}
    shapes = _Shapes(schema_name_resolver=_shape_name)
    made = Document(app, spec_kwargs={**words, "marshmallow_plugin": shapes})
    for name, scheme in _SCHEMES.items():
        made.spec.components.security_scheme(name, scheme)
    app.extensions["saas_document"] = made
    return made


def _text(
    _self: object, field: fields.Field[Any], *, ret: dict[str, Any], **_: Any
) -> dict[str, Any]:
    """A NUL in any text is refused by `saas.api.parsing`."""
    said = not isinstance(field, fields.String) or ret.keys() & {"enum", "pattern"}
    return {} if said else {"pattern": _NO_NUL}


def _shape_name(schema: type[Schema]) -> str:
    found = resolve_schema_cls(schema)
    return "" if isinstance(found, list) else found.__name__.removesuffix("Out")


def document() -> dict[str, Any]:
    """The document of the district at hand, as a caller sees its addresses."""
    made: Document = current_app.extensions["saas_document"]
    said: dict[str, Any] = _said(made.spec.to_dict())
    said["info"]["title"] = _("API of %(district)s", district=say(current_tenant().name))
    said["servers"] = [{"url": request.root_url.rstrip("/")}]
    return said


def _said(value: Any) -> Any:
    """A copy with every lazy word said, and empty descriptions and defaults left out."""
    if isinstance(value, dict):
        pairs = ((str(key), _said(inner)) for key, inner in value.items())
        return {key: inner for key, inner in pairs if inner != "" or key not in _MAY_BE_EMPTY}
    if isinstance(value, list | tuple):
        return [_said(inner) for inner in value]
    return str(value) if isinstance(value, LazyString) else value

"""Forms over marshmallow schemas: what was typed is kept, what is wrong stands at its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from marshmallow import EXCLUDE, Schema, ValidationError

from saas.kernel.errors import Conflict, Invalid, TooMany, Unavailable
from saas.kernel.unit_of_work import insist


class Form:
    """One form on one page. ``values`` is what to show, ``errors`` maps field to sentences."""

    def __init__(self, schema: type[Schema], start: Mapping[str, Any] | None = None) -> None:
        self._schema = schema(unknown=EXCLUDE)
        self.values: dict[str, Any] = dict(start or {})
        self.errors: dict[str, list[Any]] = {}
        self.result: Any = None
        if request.method == "POST":
            self.values |= _typed()

    @property
    def status(self) -> int:
        """422 when something was refused, else 200."""
        return 422 if self.errors else 200

    @property
    def general_errors(self) -> list[Any]:
        """Sentences that belong to no field."""
        return self.errors.get("_schema", [])

    def accepts(self, command: Callable[..., Any]) -> bool:
        """Run ``command`` with the checked values on a POST; False with `errors` filled if not.

        The command's own refusals are shown on the form too, and what it began is undone.
        """
        if request.method != "POST":
            return False
        try:
            data = self._schema.load(self.values)
            self.result = insist(lambda: command(**data))
        except ValidationError as error:
            self.errors = _flat(error.normalized_messages())  # type: ignore[no-untyped-call]
        except Invalid as error:
            self.errors = dict(error.errors)
        except (Conflict, TooMany, Unavailable) as error:
            self.errors = {"_schema": [error.text]}
        return not self.errors


def _typed() -> dict[str, Any]:
    """What was sent: one value as a string, several of a name as a list, files as they are."""
    sent: dict[str, Any] = {}
    for name, values in request.form.lists():
        clean = [v.replace("\x00", "").strip() for v in values]
        sent[name] = clean if name.endswith("[]") else clean[-1]
    sent |= {name: file for name, file in request.files.items() if file.filename}
    return {name.removesuffix("[]"): value for name, value in sent.items() if name != "csrf_token"}


def _flat(messages: Mapping[str, Any]) -> dict[str, list[Any]]:
    """marshmallow's nested messages as one list for each field."""
    return {field: _sentences(texts) for field, texts in messages.items()}


def _sentences(texts: Any) -> list[Any]:
    if isinstance(texts, Mapping):
        return [s for inner in texts.values() for s in _sentences(inner)]
    return list(texts) if isinstance(texts, list) else [texts]

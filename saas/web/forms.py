"""Forms over marshmallow schemas: what was typed is kept, what is wrong stands at its field.

A form that edits carries a mark of what was seen when it was opened. When somebody else has changed
the same since, nothing is written: the form comes back with what was typed, what is stored now
beside it and a new mark, so that pressing again overwrites knowingly.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, after_this_request, request
from marshmallow import EXCLUDE, Schema, ValidationError, fields
from sqlalchemy.exc import OperationalError

from saas.kernel import audit
from saas.kernel.context import Tenant, current_scope
from saas.kernel.errors import AppError, Conflict, Invalid, TooMany, Unavailable
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import long_datetime
from saas.kernel.schemas import faults_by_field
from saas.kernel.unit_of_work import insist
from saas.kernel.unseen import seen
from saas.web import marks

_log = logging.getLogger(__name__)
_UNKNOWN = _l(
    "This page does not say what you saw when you opened it. Nothing was saved. Compare the marked"
    " fields with what is stored now, then press again to save what you typed."
)
#: Fields of passwords, present and new.
_SECRETS = frozenset({"password", "old", "new"})


class Form:
    """One form on one page. ``values`` is what to show, ``errors`` maps field to sentences.

    ``stored`` is what the thing that is edited has now; with it the form carries the mark of what
    was seen. ``suggested`` stands in the fields of something new, or of an act, and is no mark.
    ``thing`` is how the audit calls what is edited: its word, its id and, where other things share
    that word, the actions that edit this one; so the form can say who was quicker.
    After a refusal for the sake of the mark, ``changed`` maps each field that somebody else has
    changed to its present value.
    """

    def __init__(
        self,
        schema: type[Schema],
        stored: Mapping[str, Any] | None = None,
        *,
        suggested: Mapping[str, Any] | None = None,
        thing: tuple[Any, ...] | None = None,
    ) -> None:
        self._schema = schema(unknown=EXCLUDE)
        self._stored, self._thing = stored, thing
        self.values: dict[str, Any] = dict(stored or suggested or {})
        self.errors: dict[str, list[Any]] = {}
        self.changed: dict[str, Any] = {}
        self.result: Any = None
        self._too_many = False
        if request.method == "POST":
            self._sent = _typed()
            self.values = self._kept() | self._sent

    def _kept(self) -> dict[str, Any]:
        """Stored values that what was sent may leave out: a box that was cleared is not sent.

        What was only suggested never outlives what somebody did with the form.
        """
        if self._stored is None:
            return {}
        boxes = (fields.Boolean, fields.List)
        known = self._schema.fields
        return {k: v for k, v in self.values.items() if not isinstance(known.get(k), boxes)}

    @property
    def mark(self) -> str:
        """What the form carries of what was seen; empty for a form that edits nothing.

        After a refusal for another reason it is the mark that was sent: it is still as old.
        """
        if self._stored is None:
            return ""
        if request.method == "POST" and not self.changed:
            return str(self._sent.get(marks.NAME, ""))
        return marks.mark_of(self._stored)

    @property
    def status(self) -> int:
        """409 when somebody else was quicker, 429 after too many tries, 422 when something else was
        refused, or 200.
        """
        if self._too_many:
            return 429
        return 409 if self.changed else 422 if self.errors else 200

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
        if self._changed_meanwhile():
            return False
        try:
            data = self._schema.load(self.values)
            self.result = insist(lambda: command(**data))
        except ValidationError as error:
            self.errors = faults_by_field(error)
        except Invalid as error:
            self.errors = dict(error.errors)
        except (Conflict, TooMany, Unavailable) as error:
            self.refuse(error)
        except OperationalError as error:
            if error.connection_invalidated:
                raise
            # A disk that is full, a row that is held for too long: what was typed is not lost.
            _log.error("the database refused a form: %s", type(error.orig).__name__)
            self.refuse(Unavailable())
        return not self.errors

    def refuse(self, error: AppError) -> None:
        """Show what was refused on the form; who tries too often is told how long to wait."""
        self.errors = {"_schema": [error.text]}
        if isinstance(error, TooMany):
            self._too_many = True
            if "retry_after" in error.data:
                after_this_request(_retry_after(error.data["retry_after"]))

    def _changed_meanwhile(self) -> bool:
        """Whether what is sent would undo, unseen, what somebody else has stored."""
        if self._stored is None:
            return False
        seen = self._sent.get(marks.NAME) or None
        self.changed = marks.differing(seen, self._stored, self.values)
        if self.changed:
            self.errors = {"_schema": [_UNKNOWN if seen is None else self._who_and_when()]}
        return bool(self.changed)

    def _who_and_when(self) -> str:
        last, scope = audit.last(*self._thing) if self._thing else None, current_scope()
        if last is None or not isinstance(scope, Tenant):
            return _(
                "Somebody has changed this since you opened it. Nothing was saved. What is stored"
                " now stands at the marked fields; press again to save what you typed instead."
            )
        return _(
            "%(who)s has changed this since you opened it (%(when)s). Nothing was saved. What is"
            " stored now stands at the marked fields; press again to save what you typed instead.",
            who=last.actor_name,
            when=long_datetime(last.at, scope.time_zone),
        )


def _retry_after(seconds: object) -> Callable[[Response], Response]:
    def told(response: Response) -> Response:
        response.headers["Retry-After"] = str(seconds)
        return response

    return told


def _cleaned(name: str, text: str) -> str:
    """What can be seen of a text; a secret stays as it was when it was chosen."""
    return text.replace("\x00", "") if name in _SECRETS else seen(text)


def _typed() -> dict[str, Any]:
    """What was sent: one value as a string, several of a name as a list, files as they are."""
    sent: dict[str, Any] = {}
    for name, values in request.form.lists():
        clean = [_cleaned(name, v).strip() for v in values]
        sent[name] = clean if name.endswith("[]") else clean[-1]
    for name, chosen in request.files.lists():
        if files := [file for file in chosen if file.filename]:
            sent[name] = files if len(files) > 1 else files[0]
    return {name.removesuffix("[]"): value for name, value in sent.items() if name != "csrf_token"}

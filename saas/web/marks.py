"""The mark of what was seen: a keyed digest of every start value of a form, field by field.

It needs no column: a form that is sent computes the start values of now once more and compares.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask import request

from saas.kernel.context import current_scope
from saas.kernel.crypto import keyed_hash
from saas.kernel.db import session

#: The hidden field.
NAME = "as_seen"
_SEEN = "seen"
#: What a form is sent as; a body of another kind is left to who reads it.
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
#: Hexadecimal digits of a digest: enough to notice a change, too few to weigh on a page.
_LENGTH = 12


def mark_of(stored: Mapping[str, Any]) -> str:
    """``name:digest`` of every start value, blanks between; never empty, even if nothing stands."""
    return " ".join([_SEEN, *(f"{name}:{digest}" for name, digest in _digests(stored).items())])


def differing(
    mark: str | None, stored: Mapping[str, Any], sent: Mapping[str, Any]
) -> dict[str, Any]:
    """Fields that are stored otherwise than they were seen, with their value of now.

    A field that is sent as it is stored overwrites nothing and is left out. Of a form without a
    mark nothing is known to have been seen.
    """
    seen = dict(one.rpartition(":")[::2] for one in (mark or "").split(" ") if ":" in one)
    now = _digests(stored)
    moved = [name for name in {**now, **seen} if seen.get(name) != now.get(name)]
    present = {name: stored.get(name, "") for name in moved}
    return {n: value for n, value in present.items() if _plain(sent.get(n)) != _plain(value)}


def _digests(stored: Mapping[str, Any]) -> dict[str, str]:
    return {name: _digest(name, value) for name, value in sorted(stored.items())}


def _digest(name: str, value: Any) -> str:
    text = json.dumps([name, _plain(value)], sort_keys=True)
    return keyed_hash("form", text)[:_LENGTH]


def _plain(value: Any) -> Any:
    """A value as a form would send it, so that 5 is "5" and a box that is not ticked is empty."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value] or ""
    if value is True:
        return "1"
    return "" if value is None or value is False else str(value).replace("\r\n", "\n").strip()


def hold() -> None:
    """Let those who send the same form wait for each other until the transaction ends, so that
    the second one reads what the first one stored. A statement only where a mark was sent.
    """
    scope = current_scope()
    if request.mimetype in _FORMS and NAME in request.form and scope is not None:
        key = hashlib.sha256(f"{scope.key} {request.path}".encode()).digest()[:8]
        number = int.from_bytes(key, "big", signed=True)
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))

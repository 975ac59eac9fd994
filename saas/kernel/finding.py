"""The one thing that is asked for."""

from __future__ import annotations

from typing import TypeVar

import sqlalchemy as sa

from saas.kernel.db import session
from saas.kernel.errors import NotFound

_Thing = TypeVar("_Thing")


def only(query: sa.Select[tuple[_Thing]]) -> _Thing:
    """What a query finds, or `NotFound`: a page that is not there."""
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found

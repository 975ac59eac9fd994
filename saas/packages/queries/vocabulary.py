"""What the current district calls things."""

from __future__ import annotations

import time

import sqlalchemy as sa

from saas.kernel.context import Label, Tenant, current_scope, current_tenant
from saas.kernel.db import session
from saas.kernel.i18n import say
from saas.kernel.unit_of_work import after_commit
from saas.packages.models import Word

_SECONDS = 5.0
#: Schema of the district → until when → its words. The key carries the tenant; see `words`.
_known: dict[str, tuple[float, dict[str, Label]]] = {}
_MOST = 1000


def words() -> dict[str, Label]:
    """Term to label in the current district; remembered for a few seconds per district."""
    scope = current_scope()
    if not isinstance(scope, Tenant):
        return {}
    now, known = time.monotonic(), _known.get(scope.key)
    if known and known[0] > now:
        return known[1]
    found = {term: name for term, name in session.execute(sa.select(Word.term, Word.name))}
    if len(_known) >= _MOST:
        _known.clear()
    _known[scope.key] = (now + _SECONDS, found)
    return found


def forget_words() -> None:
    """Read them again once this unit of work is stored; other processes do within seconds."""
    key = current_tenant().key

    def forget() -> None:
        _known.pop(key, None)

    after_commit(forget)


def word(term: str, fallback: object = "") -> str:
    """The district's word for ``term`` in the reader's language, else ``fallback``."""
    return say(words().get(term)) or str(fallback or term)

"""What the current district calls things.

Three layers: what the model package says, over it the words of the culture pack that is shown, and
over both what the district changed itself. A word is the district's own when it no longer says what
the installed package says.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from saas.kernel.context import Label, Tenant, current_scope, current_tenant
from saas.kernel.db import session
from saas.kernel.i18n import say
from saas.kernel.unit_of_work import after_commit
from saas.packages.models import InstalledPackage, Word

_SECONDS = 5.0
_MOST = 1000


@dataclass(frozen=True, slots=True)
class _Known:
    """The words of a district: from its package, and its own."""

    until: float
    model: Mapping[str, Label]
    own: Mapping[str, Label]


#: Schema of the district → its words. The key carries the tenant; see `words`.
_known: dict[str, _Known] = {}
_layers: list[Callable[[], Mapping[str, Label]]] = []


def lay_over(source: Callable[[], Mapping[str, Label]]) -> None:
    """Put words over the package's: ``source`` says which ones in the current district.

    For the app to wire: what has such words stands on a higher floor.
    """
    _layers[:] = [source]


def words() -> dict[str, Label]:
    """Term to label in the current district; the package's are remembered for a few seconds."""
    if not isinstance(current_scope(), Tenant):
        return {}
    found = _district()
    laid = {term: name for layer in _layers for term, name in layer().items()}
    return {**found.model, **laid, **found.own}


def model_words() -> dict[str, Label]:
    """What the current district calls things without any culture pack."""
    return dict(_district().model) if isinstance(current_scope(), Tenant) else {}


def forget_words() -> None:
    """Read them again once this unit of work is stored; other processes do within seconds."""
    key = current_tenant().key

    def forget() -> None:
        _known.pop(key, None)

    after_commit(forget)


def word(term: str, fallback: object = "") -> str:
    """The district's word for ``term`` in the reader's language, else ``fallback``."""
    if not isinstance(current_scope(), Tenant):
        return str(fallback or term)
    laid = (layer().get(term) for layer in _layers)
    name = _district().own.get(term) or next(laid, None)
    return say(name) or plain_word(term, fallback)


def plain_word(term: str, fallback: object = "") -> str:
    """The word without any culture pack: who works here calls a thing what the texts call it."""
    name = _district().model.get(term) if isinstance(current_scope(), Tenant) else None
    return say(name) or str(fallback or term)


def _district() -> _Known:
    key = getattr(current_scope(), "key", "")
    now, known = time.monotonic(), _known.get(key)
    if known and known.until > now:
        return known
    rows = {term: name for term, name in session.execute(sa.select(Word.term, Word.name))}
    model = _model()
    own = {term: name for term, name in rows.items() if model.get(term) != name}
    if len(_known) >= _MOST:
        _known.clear()
    _known[key] = found = _Known(now + _SECONDS, rows, own)
    return found


def _model() -> dict[str, Label]:
    """What the installed package calls things."""
    query = sa.select(InstalledPackage.content["words"]["words"])
    listed = session.scalar(query.order_by(InstalledPackage.installed_at.desc()).limit(1))
    return {one["term"]: one["name"] for one in listed or ()}

"""Which pack the current district shows: its own edition before the one that ships."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import SessionTransaction

from saas.kernel.context import Label, Tenant, current_scope
from saas.kernel.db import Prepared, session
from saas.kernel.errors import NotFound
from saas.kernel.unit_of_work import forget, once
from saas.themes.models import CultureChoice, CultureEdition
from saas.themes.queries import editions, packs
from saas.themes.rules.sheet import css
from saas.themes.schemas import Pack, RoomName

_Key = TypeVar("_Key")
_KEPT = "themes.shown"
#: So many editions are remembered by a process, about 200 kB each.
_MOST_REMEMBERED = 128
#: District and key of its edition → the pack. An edition never changes, so it is never too old.
_remembered: OrderedDict[tuple[str, int], Pack] = OrderedDict()
#: District → what it showed last, for pages that must be answered without the database.
_last: OrderedDict[str, Pack] = OrderedDict()
_guard = threading.Lock()
_showing: ContextVar[Pack | None] = ContextVar("saas_themes_showing", default=None)
_LAST_CHOICE = Prepared(
    sa.select(CultureChoice.edition_id, CultureChoice.shipped, CultureChoice.taken)
    .order_by(CultureChoice.id.desc())
    .limit(1)
)


def current_pack() -> Pack:
    """The pack that the current district shows; the plain one outside districts.

    Every page, template and style sheet asks here, and nowhere else. Asked again in the same
    transaction it costs nothing and says the same, so that a page is whole in one look; in another
    one it is a single small query, so that every process shows at once what was applied.
    """
    given, scope = _showing.get(), current_scope()
    if given is not None:
        return given
    if not isinstance(scope, Tenant):
        return packs.pack(packs.DEFAULT)
    try:
        return once(_KEPT, lambda: _shown(scope))
    except SQLAlchemyError:
        # The page that says that the database does not answer has a look too.
        return _last.get(scope.key) or packs.pack(scope.look)


@contextmanager
def showing(pack: Pack) -> Iterator[None]:
    """Inside, ``pack`` is shown instead of the district's: for previews."""
    token = _showing.set(pack)
    try:
        yield
    finally:
        _showing.reset(token)


def forget_pack() -> None:
    """Ask anew when it is next needed: this unit of work has put another one on show."""
    forget(_KEPT)


def _shown(scope: Tenant) -> Pack:
    chosen = _LAST_CHOICE.rows()
    edition_id, shipped, taken = chosen[0] if chosen else (None, None, None)
    found = _edition(scope, edition_id) if edition_id else packs.pack(shipped or scope.look, taken)
    _keep(_last, scope.key, found)
    return found


def _keep(memory: OrderedDict[_Key, Pack], key: _Key, found: Pack) -> None:
    """Remember a pack, and let the one go that has not been asked for the longest."""
    with _guard:
        memory[key] = found
        memory.move_to_end(key)
        while len(memory) > _MOST_REMEMBERED:
            memory.popitem(last=False)


def _transaction() -> SessionTransaction | None:
    """The innermost: what was read inside a part that is undone is not true after it."""
    own = session()
    return own.get_nested_transaction() or own.get_transaction()


def _edition(scope: Tenant, edition_id: int) -> Pack:
    key = (scope.key, edition_id)
    with _guard:
        known = _remembered.get(key)
    if known is not None:
        return known
    found = editions.read_edition(session.get_one(CultureEdition, edition_id))
    _keep(_remembered, key, found)
    return found


# Its style sheet -------------------------------------------------------------------------------


def style_sheet(name: str, mark: str) -> tuple[str, bool]:
    """The style sheet at an address, and whether it is exactly what the address asks for.

    ``name`` and ``mark`` are those of a `Pack`. Addresses of earlier editions go on answering;
    an unknown one gets the pack shown now, or the plain one before a district is open.
    """
    for found in _named(name):
        if found.mark == mark:
            return css(found), True
    return css(_fallback(name)), False


def _fallback(name: str) -> Pack:
    scope = current_scope()
    if name in packs.shipped_codes():
        return packs.pack(name)
    if isinstance(scope, Tenant) and scope.staff_only:
        return packs.pack(packs.DEFAULT)
    return current_pack()


def _named(name: str) -> Iterator[Pack]:
    yield current_pack()
    yield packs.pack(name)
    if not isinstance(current_scope(), Tenant):
        return
    kind, _dash, number = name.partition("-")
    try:
        if kind == "edition" and number.isascii() and number.isdigit() and len(number) < 9:
            yield editions.source(editions.OWN.format(int(number)))
        elif name == "the-draft":
            yield editions.drafted()
    except (NotFound, packs.BadPack):
        return


# What it calls things --------------------------------------------------------------------------


def words() -> Mapping[str, Label]:
    """What the current pack calls things, by term; levels as ``level_<code>``.

    Lies between the words of the model package and the district's own; see `packages.words`.
    """
    shown = current_pack()
    levels = {f"level_{code}": dict(name) for code, name in shown.levels.items()}
    return {**{term: dict(name) for term, name in shown.words.items()}, **levels}


def room_name(code: str) -> RoomName | None:
    """How the current pack calls the room of the model package ``code``, with its seal."""
    return current_pack().rooms.get(code)

"""The steps of an act. A domain's `act` calls them in its order, with its own between them:
seen? → allowed? → given what it asks? → move → time → numbered act → audit → fact → notices →
alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from saas.casework.models import ActColumns, CaseColumns
from saas.casework.table import Cell, Table, obstacle
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden
from saas.kernel.i18n import lazy_gettext as _l

#: Who acts when a time is over.
CLOCK = Actor("clock", name="clock")


def ensure_seen(case: CaseColumns, seen: int | None, happened: Callable[[], object]) -> None:
    """Raise `Conflict` with the sentence ``happened`` when another act came since ``seen``, the
    number of the last act that the person saw; None stands for who looks at nothing.
    """
    if seen is not None and seen != case.acts:
        raise Conflict(happened())


def allowed(
    table: Table,
    state: str,
    verb: str,
    *,
    bars: Collection[str],
    parts: Collection[str],
    words: Mapping[str, object],
) -> Cell:
    """The cell by which somebody who plays ``parts`` does ``verb`` now.

    Raises `Conflict` with the word of what stands in the way, else `Forbidden`.
    """
    if bar := obstacle(table, state, verb, bars):
        raise Conflict(words[bar])
    cell = table[state, verb]
    if cell.by not in parts:
        raise Forbidden
    return cell


def ensure_another(actor: Actor, first_id: int | None) -> None:
    """Raise `Conflict` where the second pair of eyes would be those of the person ``first_id``.

    A program is never the second: ``first_id`` may be who made its token.
    """
    if actor.kind == "token":
        raise Conflict(_l("A program cannot decide this: somebody else must look at it."))
    if actor.person_id == first_id:
        raise Conflict(_l("Somebody else must look at it: two pairs of eyes decide."))


def not_given(
    given: object, asks: Iterable[str], words: Mapping[str, object]
) -> dict[str, list[object]]:
    """What is missing, by field, of what a cell ``asks``; ``given`` has each as an attribute."""
    values = {field: getattr(given, field) for field in asks}
    return {
        field: [words[field]]
        for field, value in values.items()
        if value is None or not str(value).strip()
    }


def append(
    case: CaseColumns, act: ActColumns, verb: str, reason: str = "", *, actor: Actor
) -> None:
    """Add ``act``, a row that has the domain's columns, as the next one of ``case``."""
    case.acts = act.number = (case.acts or 0) + 1
    act.verb, act.state, act.reason = verb, case.state, reason.strip() or None
    act.actor_kind, act.actor_id = actor.kind, actor.person_id
    act.token_id = actor.id if actor.kind == "token" else None
    act.at = clock.now()
    session.add(act)

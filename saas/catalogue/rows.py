"""The rows of one list: what is read of them, and every way to change them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

import sqlalchemy as sa

from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.ordering import free_code, reorder


class Listed(Protocol):
    """What a table has whose rows are listed: ``retired`` (or a time, ``retired_at``) besides."""

    id: Any
    code: Any
    position: Any


#: What can be done with a row.
VERBS = ("add", "change", "retire", "restore", "order")
#: Every catalogue of the house, for those who look after its words.
DECLARED: list[Catalogue[Any]] = []
Row = TypeVar("Row", bound=Listed)


def _as_given(values: Mapping[str, Any], row: Any) -> Mapping[str, Any]:
    return values


def _fine(row: Any) -> None:
    return None


def _nothing() -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Catalogue(Generic[Row]):
    """One list. Its acts are recorded as ``<domain>.add_<noun>``, ``change_``, ``retire_``,
    ``restore_`` and ``order_<plural>`` of ``thing``; ``words`` is what one row of it is called, and
    ``plural`` how many are where that is not the noun with an s.

    ``ensure`` raises unless the actor may write here. ``label`` names the column of the name, from
    which codes are made. ``within`` are the columns that divide the list into rows of their own
    order. ``settle`` checks values before a row is added (row None) or changed, and completes them;
    ``may_retire`` and ``may_restore`` raise when a row must stay as it is; ``after`` is called when
    something was stored. ``stem`` is the code of a row without an English name, ``taken`` says
    which codes are not free (the list's own, if not given). ``verbs`` are what a domain does with
    its rows, ``deeds`` those of them that are recorded otherwise.
    """

    model: type[Row]
    domain: str
    noun: str
    thing: str
    ensure: Callable[[Actor], object]
    words: Any = ""
    plural: str = ""
    label: str = "name"
    within: tuple[str, ...] = ()
    retired: str = "retired"
    settle: Callable[[Mapping[str, Any], Row | None], Mapping[str, Any]] = _as_given
    may_retire: Callable[[Row], object] = _fine
    may_restore: Callable[[Row], object] = _fine
    after: Callable[[], object] = _nothing
    stem: str = ""
    taken: Callable[[], Collection[str]] | None = None
    verbs: tuple[str, ...] = VERBS
    deeds: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        DECLARED.append(self)

    @property
    def several(self) -> str:
        """The noun of many rows."""
        return self.plural or f"{self.noun}s"

    @property
    def actions(self) -> tuple[str, ...]:
        """Every action that the audit can hold of it."""
        return tuple(map(self.action, self.verbs))

    def action(self, verb: str) -> str:
        """What is recorded when this is done with a row."""
        usual = f"{verb}_{self.several if verb == 'order' else self.noun}"
        return f"{self.domain}.{self.deeds.get(verb, usual)}"

    # Reading

    def every(self, **of: Any) -> Sequence[Row]:
        """All rows in their order, those out of use too; ``of`` narrows them by column."""
        columns = [self._column(name) for name in (*self.within, "position", "id")]
        query = sa.select(self.model).order_by(*columns)
        return session.scalars(query.filter_by(**of)).all()

    def in_use(self, **of: Any) -> list[Row]:
        """Those that can be chosen, in their order."""
        return [row for row in self.every(**of) if not self.is_retired(row)]

    def row(self, code: str) -> Row:
        """One by its code, or `NotFound`."""
        found = session.scalar(sa.select(self.model).where(self._column("code") == code))
        if found is None:
            raise NotFound
        return found

    def beside(self, row: Row) -> list[Row]:
        """The rows in use among which one has its place."""
        return self.in_use(**{name: getattr(row, name) for name in self.within})

    def is_retired(self, row: Row) -> bool:
        """Whether it is out of use."""
        return bool(getattr(row, self.retired))

    def _column(self, name: str) -> Any:
        return getattr(self.model, name)

    # Writing

    def add(self, *, actor: Actor, **values: Any) -> Row:
        """A new row, the last of the list, under a code that is free."""
        self.ensure(actor)
        settled, known = self.settle(values, None), self.every()
        taken = self.taken() if self.taken else {row.code for row in known}
        row = self.model(**settled)
        row.code = free_code(settled[self.label], self.stem or self.noun, taken)
        row.position = max((each.position for each in known), default=-1) + 1
        session.add(row)
        self._stored("add", row, actor, **{self.label: settled[self.label]})
        return row

    def change(self, row: Row, *, actor: Actor, **values: Any) -> None:
        """Other values; the code stays, and what was decided with the row shows them too."""
        self.ensure(actor)
        before = dict(getattr(row, self.label))
        for name, value in self.settle(values, row).items():
            setattr(row, name, value)
        after = getattr(row, self.label)
        self._stored("change", row, actor, before=before, after=after)

    def shift(self, row: Row, *, way: str, actor: Actor) -> None:
        """One place further ``up`` or ``down`` among those in use."""
        self.ensure(actor)
        reorder(self.beside(row), row.code, way)
        self._stored("order", row, actor, way=way)

    def retire(self, row: Row, *, actor: Actor) -> None:
        """Offer it no more."""
        self.ensure(actor)
        self.may_retire(row)
        setattr(row, self.retired, clock.now() if self.retired.endswith("_at") else True)
        self._stored("retire", row, actor)

    def restore(self, row: Row, *, actor: Actor) -> None:
        """Offer it again."""
        self.ensure(actor)
        self.may_restore(row)
        setattr(row, self.retired, None if self.retired.endswith("_at") else False)
        self._stored("restore", row, actor)

    def _stored(self, verb: str, row: Row, actor: Actor, **facts: Any) -> None:
        session.flush()
        self.after()
        audit.record(self.action(verb), self.thing, row.id, actor=actor, code=row.code, **facts)

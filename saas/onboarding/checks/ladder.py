"""A test demand travels the whole ladder by the real commands, and out again; nothing remains.

Everything happens inside a savepoint that is rolled back: demand, custody, audit, notices, their
deliveries and the jobs, which are rows of the same transaction. What was to be done after the
commit is struck off too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from saas.accounts import queries as people
from saas.accounts.permissions import SETTINGS
from saas.demands import commands, queries
from saas.demands.commands import Deed
from saas.demands.permissions import FILE, HANDLE
from saas.demands.queries import Demand, Stop
from saas.kernel.context import Actor, Grant
from saas.kernel.crypto import new_token
from saas.kernel.errors import AppError
from saas.kernel.i18n import gettext as _
from saas.kernel.unit_of_work import undone
from saas.onboarding.rules import Finding
from saas.territory import queries as territory
from saas.territory.queries import Unit

_ALL = 100_000
_UNITS = "/setup/units"


def check() -> list[Finding]:
    """For each street: who would receive it at each level, and until when."""
    root = territory.root()
    streets = [unit for unit in territory.children(root) if territory.is_place(unit)]
    leaves, asker = queries.open_leaves(), _somebody(root)
    if not streets:
        return [Finding("no_street", "gap", path="/setup/streets")]
    if not leaves or asker is None:
        return [Finding("nothing_to_ask", "gap", path="/demands/settings/categories")]
    return [line for street in streets for line in _street(street, leaves[0].code, asker)]


def _somebody(root: Unit | None) -> int | None:
    """In whose name the test is filed: an administrator's, who is told nothing of it."""
    holders = people.holder_ids([root.id], SETTINGS)[root.id] if root else []
    return holders[0] if holders else None


def _street(street: Unit, category: str, asker: int) -> list[Finding]:
    lowest = _lowest(street)
    if lowest is None:
        return [Finding("no_line", "gap", {"street": dict(street.name)}, path=_UNITS)]
    chain = queries.chain_of(lowest)
    with rehearsing():
        lines = list(_journey(chain, lowest, category, asker))
    return [*lines, *_missing(street, chain)]


def _lowest(street: Unit) -> Unit | None:
    """The first unit of the street on the lowest level that it has."""
    order = {level.kind: level.position for level in queries.escalation_levels()}
    units, _ = territory.list_units([street.path], size=_ALL)
    found = [unit for unit in units if unit.kind in order]
    return min(found, key=lambda unit: (order[unit.kind], unit.path), default=None)


def _missing(street: Unit, chain: Sequence[Stop]) -> list[Finding]:
    """The levels that the street has no unit of: its demands begin higher, or jump."""
    there = {stop.level.code for stop in chain}
    return [
        Finding(
            "level_missing",
            "gap",
            {"street": dict(street.name), "level": level.name},
            f"ladder:{street.code}:{level.code}",
            _UNITS,
        )
        for level in queries.escalation_levels()
        if level.code not in there and level.kind
    ]


@contextmanager
def rehearsing() -> Iterator[None]:
    """Whatever is done inside is undone, and nothing of it is announced."""
    try:
        with undone():
            yield
    finally:
        queries.forget_ground()


def _journey(chain: Sequence[Stop], lowest: Unit, category: str, asker: int) -> Iterator[Finding]:
    """Up the whole ladder, back down to where it began, resolved there and confirmed."""
    resident = _resident(asker, lowest)
    try:
        demand = commands.file_demand(
            category=category,
            unit=lowest,
            words=_("A test"),
            submission=new_token()[:_SUBMISSION],
            actor=resident,
        )
        for number, stop in enumerate(chain):
            arrived = _arrived(demand, chain[number:])
            yield arrived
            if arrived.state == "gap":
                return
            _go_on(demand, arrived.facts["people"][0], chain, stop)
        commands.act(demand, Deed("confirm"), actor=resident)
        facts = {"unit": dict(lowest.name), "levels": len(chain), "acts": demand.acts}
        yield Finding("came_back", "ok", facts)
    except AppError as error:
        facts = {"unit": dict(lowest.name), "text": str(error.text)}
        yield Finding("refused", "gap", facts, path=_UNITS)


_SUBMISSION = 40


def _resident(asker: int, home: Unit) -> Actor:
    """Somebody who lives there and may do no more than file."""
    grant = Grant(home.id, home.path, frozenset({FILE}), "resident", own_only=True)
    return Actor("person", asker, grants=(grant,))


def _arrived(demand: Demand, above: Sequence[Stop]) -> Finding:
    """Who receives it at the first of these stops: its own people, or the nearest above."""
    stop, until = above[0], demand.due_at.isoformat() if demand.due_at else ""
    facts = {"level": stop.level.name, "unit": dict(stop.unit.name), "until": until}
    for other in above:
        if holders := people.holder_ids([other.unit.id], HANDLE)[other.unit.id]:
            kind = "received" if other is stop else "received_above"
            return Finding(kind, "ok", facts | {"people": holders, "who": dict(other.unit.name)})
    return Finding("nobody", "gap", facts, path=f"/setup/people?unit={stop.unit.code}")


def _go_on(demand: Demand, person_id: int, chain: Sequence[Stop], stop: Stop) -> None:
    """Accept it there and pass it up; at the top send it back to the bottom and resolve it."""
    _act(demand, person_id, "accept")
    if stop is not chain[-1]:
        _act(demand, person_id, "pass_up")
        return
    if len(chain) > 1:
        _act(demand, person_id, "return_down", chain[0].unit)
        _act(demand, person_id, "accept")
    _act(demand, person_id, "resolve")


def _act(demand: Demand, person_id: int, verb: str, unit: Unit | None = None) -> None:
    actor = people.load_actor(person_id)
    if actor is not None:
        commands.act(demand, Deed(verb, reason=_("A test"), unit=unit), actor=actor)

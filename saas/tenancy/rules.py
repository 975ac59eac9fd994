"""The life of a tenant in one table, read by console, command line, router and tests alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

STATES: Final = (
    "requested",
    "provisioning",
    "failed",
    "preparing",
    "active",
    "suspended",
    "maintenance",
    "closing",
    "archived",
    "deleted",
)
KINDS: Final = ("standard", "trial", "demo", "template")

#: Kinds of districts that hold sample data alone; a template is what demos are copied from.
SAMPLES: Final = frozenset({"demo", "template"})


@dataclass(frozen=True, slots=True)
class Move:
    """A legal step from one state to another. ``verb`` is what the event and the button say;
    ``samples``: only districts of sample data take it.
    """

    verb: str
    needs_reason: bool = False
    by_operator: bool = True
    samples: bool = False


MOVES: Final[dict[tuple[str, str], Move]] = {
    ("requested", "provisioning"): Move("start", by_operator=False),
    ("provisioning", "failed"): Move("fail", by_operator=False),
    ("provisioning", "active"): Move("activate", by_operator=False),
    ("provisioning", "preparing"): Move("prepare", by_operator=False),
    ("preparing", "active"): Move("go_live", by_operator=False),
    ("preparing", "suspended"): Move("suspend", needs_reason=True),
    ("preparing", "maintenance"): Move("maintain", needs_reason=True),
    ("preparing", "closing"): Move("close", needs_reason=True),
    ("suspended", "preparing"): Move("resume", by_operator=False),
    ("maintenance", "preparing"): Move("resume", by_operator=False),
    ("archived", "preparing"): Move("restore", by_operator=False),
    ("active", "provisioning"): Move("begin_anew", by_operator=False, samples=True),
    ("suspended", "provisioning"): Move("begin_anew", by_operator=False, samples=True),
    ("active", "deleted"): Move("expire", by_operator=False, samples=True),
    ("requested", "deleted"): Move("expire", by_operator=False, samples=True),
    ("suspended", "deleted"): Move("expire", by_operator=False, samples=True),
    ("maintenance", "deleted"): Move("expire", by_operator=False, samples=True),
    ("failed", "provisioning"): Move("retry"),
    ("failed", "deleted"): Move("discard", needs_reason=True),
    ("active", "suspended"): Move("suspend", needs_reason=True),
    ("suspended", "active"): Move("resume"),
    ("active", "maintenance"): Move("maintain", needs_reason=True),
    ("suspended", "maintenance"): Move("maintain", needs_reason=True),
    ("maintenance", "active"): Move("resume"),
    ("maintenance", "suspended"): Move("suspend", needs_reason=True),
    ("active", "closing"): Move("close", needs_reason=True),
    ("suspended", "closing"): Move("close", needs_reason=True),
    ("closing", "suspended"): Move("keep"),
    ("closing", "archived"): Move("archive", by_operator=False),
    ("archived", "active"): Move("restore", by_operator=False),
    ("archived", "suspended"): Move("restore", by_operator=False),
    ("deleted", "suspended"): Move("restore", by_operator=False),
    ("archived", "deleted"): Move("delete", needs_reason=True, by_operator=False),
}


@dataclass(frozen=True, slots=True)
class Routing:
    """What the web answers in a state. ``status`` 200 serves, with ``staff_only`` nobody but those
    who work there; ``retry_after`` is in seconds.
    """

    status: int
    read_only: bool = False
    staff_only: bool = False
    retry_after: int | None = None


#: Nothing half-built is visible, and what is gone says that it is gone.
ROUTING: Final[dict[str, Routing]] = {
    "requested": Routing(404),
    "provisioning": Routing(404),
    "failed": Routing(404),
    "preparing": Routing(200, staff_only=True),
    "active": Routing(200),
    "suspended": Routing(423, read_only=True),
    "maintenance": Routing(503, read_only=True, retry_after=300),
    "closing": Routing(423, read_only=True),
    "archived": Routing(410),
    "deleted": Routing(410),
}

#: How long a district that is closing can still be kept, in days, unless more is asked for.
CLOSING_DAYS: Final = 30
#: States in which a district's own work goes on.
WORKING: Final = frozenset(s for s, routing in ROUTING.items() if routing.status == 200)
#: States in which a schema exists and is brought along by migrations.
MIGRATED: Final = frozenset({"preparing", "active", "suspended", "maintenance", "closing"})
#: Handles that would shadow an address of ours.
RESERVED: Final = frozenset(
    {"hub", "public", "static", "api", "admin", "www", "d", "mail", "healthz", "readyz", "demo"}
)
#: Not as "xn--", which browsers read as a name in other letters: a code is a subdomain too.
_CODE = re.compile(r"(?!xn--)[a-z](?:[a-z0-9-]{0,30}[a-z0-9])")


def legal(before: str, after: str) -> Move | None:
    """The move between two states, or None where there is none."""
    return MOVES.get((before, after))


def first_state(kind: str, *, live: bool) -> str:
    """Where a district arrives that was just made: a demo, or one that is asked to be ``live``, is
    open at once; every other one is prepared by its own people first.
    """
    return "active" if live or kind in SAMPLES else "preparing"


def home_state(*, was_live: bool) -> str:
    """Where a district returns to that was closed for a while: nothing is opened by the way that
    has never gone live.
    """
    return "active" if was_live else "preparing"


def moves_from(state: str) -> dict[str, Move]:
    """What an operator may do with a tenant in ``state``: target state to move."""
    return {to: move for (at, to), move in MOVES.items() if at == state and move.by_operator}


#: From so many hundredths of a quota on it is said that it will be used up.
NEAR: Final = 80


def nearness(used: int, quota: int | None) -> str:
    """How near a quota is: ``fine``, ``near`` or ``over``."""
    if quota is None or used * 100 < quota * NEAR:
        return "fine"
    return "near" if used < quota else "over"


def usable_code(code: str) -> bool:
    """Whether ``code`` can be a handle: 2 to 32 of a-z, 0-9 and inner hyphens, not reserved."""
    return _CODE.fullmatch(code) is not None and code not in RESERVED

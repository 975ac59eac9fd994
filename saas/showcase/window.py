"""The shop window: the service's own first page, with the figures of a demo district, counted."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

from flask import current_app
from flask.typing import ResponseReturnValue

from saas.figures import queries as figures
from saas.figures.views.public import Row, public_rows
from saas.kernel.context import ANONYMOUS, Actor, Tenant, entering
from saas.kernel.i18n import locale_code, speaking
from saas.kernel.runtime import settings, wired
from saas.kernel.unit_of_work import reading
from saas.tenancy import queries as tenants
from saas.territory import queries as territory
from saas.web.pages import PUBLIC, Pages, render

pages = Pages("window", __name__, plane="hub")
_MOST: Final = 8
#: Seconds for which a count is shown: whoever looks at the window again costs the database nothing.
_KEPT: Final = 60.0


@dataclass(frozen=True, slots=True)
class Pilot:
    """A demo district as an example of what is counted."""

    code: str
    name: Any
    rows: Sequence[Row]


_counted: dict[tuple[str, str], tuple[float, Pilot]] = {}


@pages.page("/hub/welcome", needs=PUBLIC)
def landing(actor: Actor) -> ResponseReturnValue:
    """What this is, one picture, what a pilot counts, ways in, and whom to ask."""
    demos = [tenants.as_scope(row) for row in tenants.open_demo_districts()]
    pilots = (_pilot(demo) for demo in demos)
    return render(
        "showcase/window.html",
        demos=demos,
        pilot=next((pilot for pilot in pilots if pilot.rows), None),
        slots={one.place: one for domain in wired().domains for one in domain.window},
        contact=settings().contact,
        own_demos=settings().demos_most,
    )


def _pilot(demo: Tenant) -> Pilot:
    """Its figures that somebody has stated and that are counted all the same."""
    key, now = (demo.schema, locale_code()), time.monotonic()
    known = _counted.get(key)
    if known and known[0] > now:
        return known[1]
    # A context of its own, because a session belongs to one district for life.
    with current_app.app_context(), entering(demo), speaking(key[1]), reading():
        pilot = Pilot(demo.code, demo.name, tuple(chosen())[:_MOST])
    _counted[key] = now + _KEPT, pilot
    return pilot


def chosen() -> Iterator[Row]:
    """What was stated and is counted all the same: from each domain in turn, so that no domain
    alone fills the window.
    """
    root, claims = territory.root(), figures.claims_in_use().values()
    if root is None:
        return
    units = territory.units_by_id({claim.unit_id for claim in claims})
    owners: dict[str, list[Row]] = {}
    for row in public_rows(root, units, ANONYMOUS):
        if row.stated and row.counted.plain not in {"", "0"}:
            owners.setdefault(figures.measures()[row.code].owner, []).append(row)
    for turn in zip_longest(*reversed(owners.values())):
        yield from (row for row in turn if row)

"""What a screen shows in turn, each a whole page, of what everybody may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, Final

from flask import url_for

from saas.activities import queries as activities
from saas.activities import views as activity_views
from saas.figures.views.public import Row
from saas.funds import queries as funds
from saas.funds import views as fund_views
from saas.kernel import clock
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.organisations import queries as organisations
from saas.organisations import rings
from saas.rooms import queries as rooms
from saas.rooms import views as room_views
from saas.showcase.window import chosen
from saas.territory import queries as units

#: So long a picture hangs there.
SECONDS: Final = 20
#: So much stands on one page, in letters that are read from the other end of a hall.
_LINES: Final = 8
_TILES: Final = 6


@dataclass(frozen=True, slots=True)
class Slide:
    """A page: its heading, its picture by the name of its template, large lines beside it."""

    title: str
    lines: Sequence[tuple[str, str]] = ()
    picture: Any = None
    tiles: Sequence[Row] = field(default_factory=list)


def _plan() -> Slide:
    street = rooms.first_street([])
    structure = rooms.structure_of(street) if street else None
    if street is None or structure is None:
        return Slide(_("Rooms"))
    today = room_views.open_today(structure, clock.local())[:_LINES]
    lines = [(say(one.room.name), one.spans) for one in today]
    return Slide(say(street.name), lines, room_views.plan_of(structure))


def _ladder() -> Slide:
    """Stairs from the smallest place up to the district, with how many there are of each."""
    root, names = units.root(), units.kind_names()
    if root is None:
        return Slide(_("A demand climbs from below"))
    counts = {**units.count_by_kind(root.path), root.kind: 1}
    kinds = [kind for kind in names if kind in counts and kind != units.DEPARTMENT]
    stairs = [(say(names[kind]), str(counts[kind])) for kind in reversed(kinds)]
    return Slide(_("A demand climbs from below"), picture=stairs[-_LINES:])


def _rings() -> Slide:
    address = partial(url_for, "organisations.groups")
    drawn = rings.drawn(
        organisations.all_living(), organisations.every_type(), organisations.stages(), address
    )
    lines = [(ring.words, str(len(ring.dots))) for ring in drawn.rings if ring.words and ring.dots]
    return Slide(_("Growth rings"), lines[:_LINES], drawn)


def _figures() -> Slide:
    return Slide(_("Figures of the district"), tiles=list(islice(chosen(), _TILES)))


def _river() -> Slide:
    """From whom gifts came to what they did; its bands are told in the lines beside."""
    money, title = funds.money(), _("Every yuan in the open")
    if not money.raised:
        return Slide(title)
    sums = (
        (_("Received in all"), money.raised),
        (_("Used"), money.used),
        (_("Still there"), money.left),
    )
    lines = [(word, fund_views.yuan(amount)) for word, amount in sums]
    lines += [(name, used) for _code, name, used, _left in fund_views.purposes_of(money)]
    return Slide(title, lines[:_LINES], fund_views.river_of(money))


def _coming() -> Slide:
    street = rooms.first_street([])
    cards = activity_views.cards_of(activities.coming(street)[:_LINES]) if street else []
    lines = [(say(one.scene.activity.title), one.when) for one in cards]
    return Slide(_("What happens next"), lines)


SLIDES: Final[dict[str, Callable[[], Slide]]] = {
    "plan": _plan,
    "ladder": _ladder,
    "rings": _rings,
    "figures": _figures,
    "river": _river,
    "coming": _coming,
}


def after(name: str) -> str:
    """The one that follows, and the first again after the last."""
    names = list(SLIDES)
    return names[(names.index(name) + 1) % len(names)]

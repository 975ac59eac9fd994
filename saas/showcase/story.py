"""What a demo district is given once it has opened, part by part: by jobs in a showroom, in one go
in the sample that demos are copied from. Each part does nothing where it is there already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from saas.showcase.activities import take_place
from saas.showcase.bookings import book_around_today
from saas.showcase.funds import fill_fund
from saas.showcase.organisations import take_over
from saas.showcase.package.shapes import Demo
from saas.showcase.points import give_points
from saas.showcase.publishing import publish_pages
from saas.showcase.visits import enter_media, receive_visits
from saas.showcase.volunteers import give_help


def activities(demo: Demo) -> None:
    """What happened in it and what is to come, who helped, and what they can have for it."""
    take_place(demo)
    give_help(demo)
    give_points(demo)


def visits(demo: Demo) -> None:
    """Who came to see it, and what was reported."""
    receive_visits(demo.visits)
    enter_media(demo.media)


def funds(demo: Demo) -> None:
    """What was given to the fund, and what it did."""
    fill_fund(demo.funds)


def pages(demo: Demo) -> None:
    """What was written about it, from all of this."""
    publish_pages(demo.media.pages)


#: In this order; the past of demands (`history`) comes last, since it takes longest.
PARTS: Final[Mapping[str, Callable[[Demo], object]]] = {
    "organisations": take_over,
    "bookings": book_around_today,
    "activities": activities,
    "visits": visits,
    "funds": funds,
    "pages": pages,
}

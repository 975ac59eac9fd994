"""Background work of demo districts."""

from __future__ import annotations

from saas.jobs.queue import job
from saas.kernel.context import entering
from saas.kernel.unit_of_work import unit_of_work
from saas.showcase.activities import take_place
from saas.showcase.bookings import book_around_today
from saas.showcase.demos.commands import make_sample_later
from saas.showcase.history import live_through
from saas.showcase.organisations import take_over
from saas.showcase.queries import read_demo
from saas.showcase.visits import enter_media, receive_visits
from saas.showcase.volunteers import give_help
from saas.tenancy.provisioning import hub


@job("showcase.organisations", plane="tenant")
def organisations(demo: str) -> None:
    """Give a demo district its organisations, once it has opened; again it does nothing."""
    take_over(read_demo(demo))


@job("showcase.history", plane="tenant", own_transactions=True)
def history(demo: str) -> None:
    """Give a demo district its past, once it has opened; again it does nothing."""
    live_through(read_demo(demo))
    with entering(hub()), unit_of_work():
        make_sample_later()


@job("showcase.bookings", plane="tenant")
def bookings(demo: str) -> None:
    """Give a demo district bookings around its today, once it has opened; again it does nothing."""
    book_around_today(read_demo(demo))


@job("showcase.activities", plane="tenant")
def activities(demo: str) -> None:
    """Give a demo district what happened in it and what is to come; again it does nothing."""
    told = read_demo(demo)
    take_place(told)
    give_help(told)


@job("showcase.visits", plane="tenant")
def visits(demo: str) -> None:
    """Give a demo district who came to see it and what was reported; again it does nothing."""
    told = read_demo(demo)
    receive_visits(told.visits)
    enter_media(told.media)

"""Background work of demo districts."""

from __future__ import annotations

from collections.abc import Callable

from saas.jobs.queue import job
from saas.kernel.context import entering
from saas.kernel.unit_of_work import unit_of_work
from saas.showcase.demos.commands import make_sample_later
from saas.showcase.history import live_through
from saas.showcase.package.shapes import Demo
from saas.showcase.queries import read_demo
from saas.showcase.story import PARTS
from saas.tenancy.provisioning import hub


def _give(name: str, part: Callable[[Demo], object]) -> None:
    """A job that gives a demo district a part of its story; again it does nothing."""

    @job(f"showcase.{name}", plane="tenant")
    def give(demo: str) -> None:
        part(read_demo(demo))


for _name, _part in PARTS.items():
    _give(_name, _part)


@job("showcase.history", plane="tenant", own_transactions=True)
def history(demo: str) -> None:
    """Give a demo district its past, once it has opened; again it does nothing."""
    live_through(read_demo(demo))
    with entering(hub()), unit_of_work():
        make_sample_later()

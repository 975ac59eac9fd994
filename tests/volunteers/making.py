"""Shifts at sessions, and who takes them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from saas.activities.models import Session
from saas.kernel.errors import Conflict
from saas.volunteers import commands, queries
from saas.volunteers.commands import Need
from saas.volunteers.models import Service, Shift, Volunteer
from tests.activities.making import actor_of, scene
from tests.support import District


def shift(district: District, one: Session, who: str = "street", need: int = 2) -> Shift:
    """Help that a session needs while it lasts."""
    wanted = Need(work={"zh": "接待", "en": "Receiving"}, need=need, start=one.start, end=one.end)
    return commands.add_shift(scene(one), wanted, actor=actor_of(district, who))


def joined(district: District, who: str = "resident") -> Volunteer:
    """On the roll, by account."""
    return commands.join(skills="书法", actor=actor_of(district, who))


def taken(district: District, one: Session, asked: Shift, who: str = "resident") -> Volunteer:
    """Somebody on the roll takes a shift."""
    mine = queries.own(actor_of(district, who)) or joined(district, who)
    commands.take(asked, mine, scene(one), actor=actor_of(district, who))
    return mine


def verified(
    district: District, one: Session, asked: Shift, whom: Volunteer, minutes: int = 90,
    who: str = "street", cause: str = "",
) -> Service:  # fmt: skip
    """Hours, as another saw them."""
    actor = actor_of(district, who)
    return commands.verify(asked, whom, minutes, scene(one), cause=cause, actor=actor)


@contextmanager
def refused(text: object) -> Iterator[None]:
    """In these words."""
    with pytest.raises(Conflict) as error:
        yield
    assert str(error.value.text) == str(text)

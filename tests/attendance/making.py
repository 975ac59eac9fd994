"""Sessions that go on, and people who come to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from saas.activities.models import Session, SignUp
from saas.attendance import commands, queries
from saas.attendance.commands import Came
from saas.attendance.models import Mark
from saas.attendance.queries import Counts
from saas.kernel import clock
from saas.kernel.errors import Conflict
from tests.activities.making import act, actor_of, published, scene
from tests.support import District

_keys = count()


def key() -> str:
    """Another key of a device."""
    return f"test-key-{next(_keys):08}"


def soon(district: District, **given: Any) -> Session:
    """A session that begins in ten minutes, open for signing up."""
    start = clock.now() + timedelta(minutes=10)
    return published(district, start, start + timedelta(hours=2), room=False, **given)


def begun(district: District, **given: Any) -> Session:
    """A session that was begun by hand."""
    one = soon(district, **given)
    act(district, one, "begin", "street")
    return one


def came(
    district: District, one: Session, signup: SignUp, n: int = 1, who: str = "street", **given: Any
) -> Mark:  # fmt: skip
    """Somebody shows a slip."""
    with_ = {"key": key(), **given}
    return commands.come(scene(one), Came(signup=signup, n=n), **with_,
                         actor=actor_of(district, who))  # fmt: skip


def counted(
    district: District, one: Session, who: str = "street", listed: int = 0, cause: str = "",
    **bands: int,
) -> list[Mark]:  # fmt: skip
    """People without a name."""
    return commands.tally(scene(one), bands, listed=listed, key=key(), cause=cause,
                          actor=actor_of(district, who))  # fmt: skip


def back(
    district: District, one: Session, mark: Mark, who: str = "street", cause: str = ""
) -> Mark:  # fmt: skip
    """A mark taken back."""
    return commands.take_back(scene(one), mark, key=key(), cause=cause,
                              actor=actor_of(district, who))  # fmt: skip


def counts(one: Session) -> Counts:
    """How many are here."""
    return queries.counts_of([one.id])[one.id]


@contextmanager
def refused(words: object = "") -> Iterator[None]:
    """Not now, with a sentence that has these words."""
    with pytest.raises(Conflict) as error:
        yield
    assert str(words) in str(error.value.text)

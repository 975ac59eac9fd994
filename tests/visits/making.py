"""Visits as tests need them: made by the commands that people use."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

import pytest

from saas.kernel import clock
from saas.kernel.context import ANONYMOUS, SYSTEM, Actor
from saas.kernel.errors import Conflict, Invalid
from saas.visits import commands, queries
from saas.visits.commands import Deed, StopWish, Wish
from saas.visits.models import Stop, Visit
from tests.support import District

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@dataclass
class Letter:
    """A file as a form sends it."""

    filename: str = "letter.pdf"
    stream: Any = field(default_factory=lambda: io.BytesIO(PDF))


def in_days(days: int) -> date:
    """A day, so many from today."""
    return clock.today() + timedelta(days=days)


def wish(day: date | None = None, **given: Any) -> Wish:
    """What a delegation wants."""
    return Wish(**{
        "from_org": "邻县社会工作部", "level": "peers", "purpose": "学习社区治理",
        "day": day or in_days(3), "start": time(9), "end": time(12), "guests_n": 12,
        "contact_name": "李同志", "contact_phone": "13900139333", "letter_no": "样例〔2026〕1号",
        **given,
    })  # fmt: skip


def asked(district: District, day: date | None = None, **given: Any) -> Visit:
    """A delegation has asked."""
    return commands.ask(district.unit("street"), wish(day, **given), actor=ANONYMOUS)


def actor_of(district: District, who: str) -> Actor:
    """One of the cast."""
    return SYSTEM if who == "system" else district.actor(who)


def act(district: District, visit: Visit, verb: str, who: str = "street", **given: Any) -> None:
    """One act."""
    commands.act(visit, Deed(verb=verb, **given), actor=actor_of(district, who))


def checked(district: District, day: date | None = None, **given: Any) -> Visit:
    """The letter is in order."""
    visit = asked(district, day, **given)
    act(district, visit, "check", letter_no="样例〔2026〕1号", letter=[Letter()],
        secretary="书记同意：省厅交办")  # fmt: skip
    return visit


def stop(
    district: District, visit: Visit, start: time, end: time, guide: str = "community", **given: Any
) -> Stop:
    """One stop more."""
    key = str(district.people[guide]) if guide else ""
    given = given or {"place": "桂苑1号院"}
    wanted = StopWish(start=start, end=end, guide=key, **given)
    return commands.lay_stop(visit, wanted, actor=district.actor("street"))


def confirmed(district: District, day: date | None = None, **given: Any) -> Visit:
    """With two stops, one of them the guests' own."""
    visit = checked(district, day, **given)
    stop(district, visit, time(9), time(10))
    stop(district, visit, time(10), time(11), chosen=True)
    act(district, visit, "confirm")
    return visit


def faults(do: Callable[[], object]) -> dict[str, str]:
    """At which fields something is refused, and why."""
    with pytest.raises(Invalid) as error:
        do()
    return {name: str(texts[0]) for name, texts in error.value.errors.items()}


def why(do: Callable[[], object]) -> object:
    """Why something cannot be done now."""
    with pytest.raises(Conflict) as error:
        do()
    return error.value.text


def verbs(visit: Visit) -> list[str]:
    """The story in verbs."""
    return [one.verb for one in queries.story_of(visit)]

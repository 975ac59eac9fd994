"""The rows of activities.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from saas.activities.rules import MOST_REMIND, OFFER_HOURS, REMIND_HOURS
from saas.packages.schemas.fields import Code, Label, WholeField


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of activities; so many hours an offer of places stands at it, and so many before the
    begin those who come are reminded.
    """

    code: Code
    name: Label
    offer_hours: Annotated[int, WholeField(least=1, most=720)] = OFFER_HOURS
    remind_hours: Annotated[int, WholeField(least=0, most=MOST_REMIND)] = REMIND_HOURS


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag by which activities are counted apart."""

    code: Code
    name: Label


@dataclass(frozen=True, slots=True)
class Activities:
    """activities.yaml."""

    kinds: tuple[Kind, ...] = ()
    tags: tuple[Tag, ...] = ()

"""The file of a demo district that has its food street and its walks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from saas.packages.schemas.fields import ChoiceField, Code, Label, Many, TextField, WholeField

_StepFree: TypeAlias = Annotated[str, ChoiceField("yes", "no", "unknown")]


@dataclass(frozen=True, slots=True)
class DemoMerchantKind:
    """A kind of merchants in the district's own words."""

    code: Code
    name: Label


@dataclass(frozen=True, slots=True)
class DemoMerchant:
    """An invented merchant, in the order of the street; ``hours`` as a clerk types them."""

    code: Code
    kind: Code
    name: Label
    sells: Label
    hours: Annotated[str, TextField(limit=60)]
    concession: Label | None = None
    step_free: _StepFree = "unknown"


@dataclass(frozen=True, slots=True)
class DemoStop:
    """A stop of a walk: one of ``room``, ``venue``, ``merchant``, or a place by its ``name``."""

    minutes: Annotated[int, WholeField(least=0, most=240)]
    room: Code | None = None
    venue: Code | None = None
    merchant: Code | None = None
    name: Label | None = None
    what: Label | None = None
    step_free: _StepFree = "unknown"


@dataclass(frozen=True, slots=True)
class DemoWalk:
    """A walk that is published."""

    code: Code
    name: Label
    purpose: Label
    stops: Annotated[tuple[DemoStop, ...], Many(least=2)]
    step_free: _StepFree = "unknown"


@dataclass(frozen=True, slots=True)
class DemoPlaces:
    """places.yaml of a demo district: the food street and the walks of one street office."""

    unit: Code
    place: Label
    kinds: tuple[DemoMerchantKind, ...]
    merchants: tuple[DemoMerchant, ...]
    walks: tuple[DemoWalk, ...]

"""The schema of a row, made from its one declaration: a frozen dataclass.

The annotation of a field says what may stand in the file; what says nothing more is taken by its
type. A field with a default may be left out. One without a default that allows None must be there,
and may be null::

    code: Code
    days: Annotated[tuple[Annotated[int, WholeField(least=1, most=7)], ...], Many(least=1)]
    above: Code | None          # must be given, may be null
    based_on: Code | None = None  # may be left out, may not be null
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from marshmallow import Schema
from marshmallow.fields import Field

from saas.packages.schemas.fields import (
    DayField,
    FlagField,
    Inner,
    Many,
    Rows,
    Strict,
    TextField,
)

_BY_TYPE: dict[Any, Callable[[], Field[Any]]] = {str: TextField, bool: FlagField, date: DayField}


_Base = TypeVar("_Base", bound=Schema)


@cache
def schema_of(shape: type) -> type[Strict]:
    """The schema that loads a mapping to this dataclass, or says every fault in it."""
    return derived(shape, Strict)


def derived(shape: type, base: type[_Base]) -> type[_Base]:
    """The same on another base, for files whose faults are said otherwise."""
    hints = get_type_hints(shape, include_extras=True)
    made: dict[str, Any] = {"shape": shape, "__doc__": shape.__doc__}
    for each in fields(shape):
        required = each.default is MISSING and each.default_factory is MISSING
        made[each.name] = _declared(hints[each.name], required=required)
    return cast("type[_Base]", type(shape.__name__, (base,), made))


def _declared(hint: Any, *, required: bool) -> Field[Any]:
    inner, nullable = _without_none(hint)
    made = _field(inner)
    made.required, made.allow_none = required, required and nullable
    return made


def _without_none(hint: Any) -> tuple[Any, bool]:
    """What a hint allows beside None, and whether it allows None."""
    if get_origin(hint) not in {Union, UnionType}:
        return hint, False
    (inner,) = (each for each in get_args(hint) if each is not NoneType)
    return inner, True


def _field(hint: Any) -> Field[Any]:
    """The field of one hint; raises `TypeError` for what a file cannot hold."""
    if get_origin(hint) is Annotated:
        inner, *_, said = get_args(hint)  # the last word counts
        return _rows(inner, said) if isinstance(said, Many) else copy.copy(said)
    if get_origin(hint) is tuple:
        return _rows(hint, Many())
    if is_dataclass(hint):
        return Inner(lambda: schema_of(hint)())  # type: ignore[arg-type]
    if hint in _BY_TYPE:
        return _BY_TYPE[hint]()
    raise TypeError(f"{hint} cannot stand in a file: annotate it with a field of packages")


def _rows(hint: Any, many: Many) -> Rows:
    return Rows(_field(get_args(hint)[0]), least=many.least, most=many.most)

"""The rows of accounts.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from saas.packages.schemas.fields import Code, Label, Many, TextField


@dataclass(frozen=True, slots=True)
class Role:
    """A set of permissions that a post at one of these kinds of unit may carry."""

    code: Code
    name: Label
    at: Annotated[tuple[Code, ...], Many(least=1, most=40)]
    permissions: Annotated[tuple[Annotated[str, TextField(limit=80)], ...], Many(least=1, most=200)]
    administers: bool = False
    resident: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    """accounts.yaml."""

    roles: Annotated[tuple[Role, ...], Many(least=1, most=60)]

"""The steps of the tour, as they stand in their file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from marshmallow import Schema, fields, post_load, validate

from saas.settings import TENANTS_DIR

_PATH = validate.Regexp(r"/[a-z/-]*")


@dataclass(frozen=True, slots=True)
class Step:
    """As whom (empty for a visitor), on which page, what to do there."""

    code: str
    role: str
    page: str
    title: dict[str, str]
    do: dict[str, str]


class _StepIn(Schema):
    code = fields.String(required=True, validate=validate.Regexp(r"[a-z_]{1,20}"))
    role = fields.String(required=True)
    page = fields.String(required=True, validate=_PATH)
    title = fields.Dict(fields.String(), fields.String(), required=True)
    do = fields.Dict(fields.String(), fields.String(), required=True)

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> Step:
        return Step(**data)


@cache
def tour() -> tuple[int, Sequence[Step]]:
    """How many minutes it takes, and its steps; read once a process."""
    said = yaml.safe_load((TENANTS_DIR / "tour" / "tour.yaml").read_text(encoding="utf-8"))
    return int(said["minutes"]), tuple(_StepIn(many=True).load(said["steps"]))

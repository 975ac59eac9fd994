"""What a pack looks like: colours, the frames of seals, and the slots for drawings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

from marshmallow import Schema, post_load, validate
from marshmallow import fields as f

from saas.kernel.i18n import lazy_gettext as _l

#: A name or text on screen, by language: ``{"zh": ..., "en": ...}``.
Label: TypeAlias = Mapping[str, str]
#: The three kinds of seal, from the smallest to the one in the middle of the plan.
TIERS = ("room", "platform", "centre")
#: Drawings that every pack brings: the tiled line of a header, the corner of the first page, and
#: what stands where a list is empty.
MOTIFS = ("band", "corner", "empty")


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a pack: the file, where in it, and a sentence."""

    file: str
    path: str
    sentence: str


@dataclass(frozen=True)
class Palette:
    """Colours of a pack as ``#rrggbb``. Tints and shades are derived, never written."""

    ground: str
    paper: str
    ink: str
    muted: str
    hairline: str
    control: str
    accent: str
    on_accent: str
    support: str
    on_support: str
    good: str
    warn: str
    late: str
    paused: str


COLOURS = tuple(one.name for one in fields(Palette))


@dataclass(frozen=True)
class Frame:
    """The outline of a seal: a filled face and fine lines on it, as SVG path data."""

    view_box: str
    face: str
    lines: tuple[str, ...]


_HEX = validate.Regexp(r"^#[0-9A-Fa-f]{6}\Z", error=_l("A colour is written #rrggbb."))
_PATH = validate.Regexp(
    r"^[MmLlHhVvCcSsQqTtAaZz0-9 ,.\-]+\Z", error=_l("Only the letters and numbers of a path.")
)
PaletteSchema = Schema.from_dict(
    {name: f.String(required=True, validate=_HEX) for name in COLOURS}, name="PaletteSchema"
)


class FrameSchema(Schema):
    """One seal frame, drawn in a square of 48."""

    view_box = f.String(load_default="0 0 48 48", validate=validate.Equal("0 0 48 48"))
    face = f.String(required=True, validate=_PATH)
    lines = f.List(f.String(validate=_PATH), load_default=list)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Frame:
        return Frame(data["view_box"], data["face"], tuple(data["lines"]))


FramesSchema = Schema.from_dict(
    {tier: f.Nested(FrameSchema, required=True) for tier in TIERS}, name="FramesSchema"
)

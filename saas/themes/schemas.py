"""The shape of look.yaml, and of what is made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from markupsafe import Markup
from marshmallow import Schema, post_load, validate
from marshmallow import fields as f

from saas.kernel.i18n import lazy_gettext as _l

#: The three kinds of seal, from the smallest to the one in the middle of the plan.
TIERS = ("room", "platform", "centre")
#: Drawings that every look brings: the tiled line of a header, the corner of the first page, and
#: what stands where a list is empty.
MOTIFS = ("band", "corner", "empty")


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a look: the file, where in it, and a sentence."""

    file: str
    path: str
    sentence: str


@dataclass(frozen=True)
class Palette:
    """Colours of a look as ``#rrggbb``. Tints and shades are derived, never written."""

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


@dataclass(frozen=True)
class Look:
    """A culture look, checked and ready for pages. ``icon`` is a data address for browser tabs."""

    code: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    palette: Palette
    frames: Mapping[str, Frame]
    motifs: Mapping[str, Markup]
    icon: str

    @property
    def seal_frame(self) -> Frame:
        """The frame of a room's seal."""
        return self.frames["room"]

    def motif(self, name: str) -> Markup:
        """A drawing to stand in a page; nothing where the look has none of that name."""
        return self.motifs.get(name, Markup())


def _text(longest: int) -> f.String:
    return f.String(required=True, validate=validate.Length(min=1, max=longest))


class LabelSchema(Schema):
    """A name in both languages."""

    zh = _text(200)
    en = _text(300)


_HEX = validate.Regexp(r"^#[0-9A-Fa-f]{6}$", error=_l("A colour is written #rrggbb."))
_PATH = validate.Regexp(
    r"^[MmLlHhVvCcSsQqTtAaZz0-9 ,.\-]+$", error=_l("Only the letters and numbers of a path.")
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


class LookSchema(Schema):
    """The whole of look.yaml."""

    code = f.String(required=True, validate=validate.Regexp(r"^[a-z][a-z0-9_]{0,39}$"))
    title = f.Nested(LabelSchema, required=True)
    summary = f.Nested(LabelSchema, required=True)
    palette = f.Nested(PaletteSchema, required=True)
    frames = f.Nested(FramesSchema, required=True)

"""Building blocks of a pack's rows: texts, labels, codes, and rows that become dataclasses."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, TypeAlias

from marshmallow import Schema, ValidationError, post_load, validate
from marshmallow import fields as f

from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.unseen import seen
from saas.themes.schemas.look import Label

CODE = re.compile(r"^[a-z][a-z0-9_]{0,39}\Z")
#: A name or a sentence is one line.
_BREAKS = re.compile(r"[\n\r\t\u2028\u2029]")


class Row(Schema):
    """A mapping with exactly these keys, built into ``shape``; lists arrive there as tuples."""

    shape: ClassVar[type[Any]] = dict

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Any:
        """The frozen dataclass that this mapping stands for."""
        return self.shape(**{k: tuple(v) if isinstance(v, list) else v for k, v in data.items()})


def _clean(text: str) -> None:
    if text != text.strip():
        raise ValidationError([_l("There are blanks at the beginning or the end.")])
    if _BREAKS.search(text) or seen(text) != text:
        raise ValidationError([_l("There are characters in it that cannot be seen.")])


def text(longest: int, least: int = 1, **options: Any) -> f.String:
    """A text that must be there, of ``least`` to ``longest`` characters, on one line."""
    options.setdefault("required", True)
    return f.String(validate=[validate.Length(min=least, max=longest), _clean], **options)


def code(**options: Any) -> f.String:
    """A handle by which other rows name this one."""
    options.setdefault("required", True)
    return f.String(validate=validate.Regexp(CODE), **options)


def seal() -> f.String:
    """The one character that stands on a seal."""
    return f.String(
        required=True,
        validate=[validate.Length(equal=1, error=_l("A seal is one character.")), _clean],
    )


def whole(least: int, most: int, **options: Any) -> f.Integer:
    """A whole number between two bounds."""
    options.setdefault("required", True)
    return f.Integer(strict=True, validate=validate.Range(least, most), **options)


class ShortLabel(Schema):
    """A name in both languages."""

    zh = text(40)
    en = text(120)


class LongLabel(Schema):
    """A sentence or two in both languages."""

    zh = text(200)
    en = text(700)


class StoryLabel(Schema):
    """The text of a card: long enough to tell something, short enough to be read standing."""

    zh = text(200, least=80)
    en = text(1200)


def name(**options: Any) -> f.Nested:
    """A field that holds a short label."""
    options.setdefault("required", True)
    return f.Nested(ShortLabel, **options)


def sentence(**options: Any) -> f.Nested:
    """A field that holds a long label."""
    options.setdefault("required", True)
    return f.Nested(LongLabel, **options)


Code: TypeAlias = Annotated[str, code()]
Seal: TypeAlias = Annotated[str, seal()]
Name: TypeAlias = Annotated[Label, name()]
Sentence: TypeAlias = Annotated[Label, sentence()]


def rows(inner: Any, most: int) -> f.List[Any]:
    """A list of rows that may be left out."""
    field = f.Nested(inner) if isinstance(inner, type) else inner
    return f.List(field, load_default=list, validate=validate.Length(max=most))

"""What comes in from the pages of the editor."""

from __future__ import annotations

from marshmallow import Schema, validate
from marshmallow import fields as f

from saas.kernel.i18n import lazy_gettext as _l

_SOURCE = f.String(
    required=True,
    validate=validate.Regexp(
        r"^(?:#\d{1,6}|[a-z][a-z0-9_]{0,39})\Z", error=_l("Choose one of the list.")
    ),
)


class SourceIn(Schema):
    """A shipped pack by its code, or an edition as ``#3``."""

    source = _SOURCE


class SectionsIn(Schema):
    """Sections bound to a pack's place that are to be shown; none of them is an answer too."""

    look = f.String(required=True, validate=validate.Length(max=40))
    sections = f.List(f.String(validate=validate.Length(max=40)), load_default=list)


class NoteIn(Schema):
    """What an edition is for, and whether to show it at once."""

    note = f.String(load_default="", validate=validate.Length(max=200))
    at_once = f.Boolean(load_default=False)


class SeenIn(Schema):
    """The digest of what the writer saw of a section."""

    seen = f.String(required=True, validate=validate.Length(max=40))


class NothingIn(Schema):
    """A press of a button."""

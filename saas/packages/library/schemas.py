"""The form with which an archive is handed in."""

from __future__ import annotations

from marshmallow import Schema

from saas.kernel.schemas import Upload


class ArchiveIn(Schema):
    """An archive, as a browser sends it."""

    file = Upload(required=True)

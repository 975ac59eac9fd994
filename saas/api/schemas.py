"""Shapes that all routes share: pages of a list, the key of a change, problems."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from saas.kernel.i18n import lazy_gettext as _l

_BETWEEN = _l("Between {min} and {max}, please.")
PAGE_SIZE, LARGEST_PAGE, LAST_PAGE = 20, 100, 100_000
KEY_HEADER = "Idempotency-Key"


class PageAsked(Schema):
    """Which page of a list."""

    page = fields.Integer(
        load_default=1,
        validate=validate.Range(1, LAST_PAGE, error=_BETWEEN),
        metadata={"description": _l("Number of the page, from 1.")},
    )
    page_size = fields.Integer(
        load_default=PAGE_SIZE,
        validate=validate.Range(1, LARGEST_PAGE, error=_BETWEEN),
        metadata={"description": _l("Entries on a page.")},
    )


class PageOut(Schema):
    """Where a page stands in its list; lists add their ``items``."""

    total = fields.Integer(
        required=True, metadata={"description": _l("How many entries there are in all.")}
    )
    page = fields.Integer(required=True)
    pages = fields.Integer(
        required=True, metadata={"description": _l("How many pages; one for an empty list.")}
    )


class KeyAsked(Schema):
    """The header by which a change sent twice is done once."""

    idempotency_key = fields.String(
        data_key=KEY_HEADER,
        validate=validate.Regexp(
            r"^[!-~]{1,80}$", error=_l("Use 1 to 80 printable characters without spaces.")
        ),
        metadata={
            "description": _l(
                "Makes a change that is sent twice happen once: the second is answered like the"
                " first. Kept for 48 hours."
            )
        },
    )


class Problem(Schema):
    """An error, as RFC 9457 has it, with a code for programs."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True, metadata={"description": _l("One sentence for people.")})
    code = fields.String(
        required=True, metadata={"description": _l("One word for programs; it stays the same.")}
    )
    request_id = fields.String(
        required=True, metadata={"description": _l("Name it when you report a fault.")}
    )
    errors = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        metadata={"description": _l("Field to sentences; parts of a field follow after a slash.")},
    )

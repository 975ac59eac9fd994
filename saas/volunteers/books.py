"""What of volunteers is sealed (`saas.seals`): every row of hours."""

from __future__ import annotations

from typing import cast

import sqlalchemy as sa

from saas.kernel.i18n import lazy_gettext as _l
from saas.seals.declared import Book
from saas.volunteers.models import Service

BOOK = Book(
    "services",
    cast(sa.Table, Service.__table__),
    (
        "id", "shift_id", "session_id", "begun", "volunteer_id", "person_key", "unit_id",
        "held_at", "what", "minutes", "verified_by", "voids_id", "follows_id", "target", "before",
        "cause", "at", "sample",
    ),
    _l("Hours of volunteers"),
)  # fmt: skip

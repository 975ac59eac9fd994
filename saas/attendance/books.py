"""What of attendance is sealed (`saas.seals`): every mark and every void."""

from __future__ import annotations

from typing import cast

import sqlalchemy as sa

from saas.attendance.models import Mark
from saas.kernel.i18n import lazy_gettext as _l
from saas.seals.declared import Book

BOOK = Book(
    "attendances",
    cast(sa.Table, Mark.__table__),
    (
        "id", "session_id", "begun", "unit_id", "held_at", "what", "kind", "n", "band",
        "signup_id", "person_id", "subject", "how", "key", "voids_id", "follows_id", "target",
        "before", "cause", "at", "actor_kind", "actor_id", "sample",
    ),
    _l("Who came"),
)  # fmt: skip

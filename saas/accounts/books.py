"""What of the accounts is sealed (`saas.seals`): the audit list."""

from __future__ import annotations

from typing import cast

import sqlalchemy as sa

from saas.kernel.audit import AuditEntry
from saas.kernel.i18n import lazy_gettext as _l
from saas.seals.declared import Book

AUDIT_BOOK = Book(
    "audit",
    cast(sa.Table, AuditEntry.__table__),
    (
        "id",
        "at",
        "actor_kind",
        "actor_id",
        "actor_name",
        "action",
        "thing",
        "thing_id",
        "unit_path",
        "facts",
    ),
    _l("Audit list"),
)

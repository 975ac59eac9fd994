"""What the API remembers: answers to requests that carried a key."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import TenantModel


class ApiAnswer(TenantModel):
    """The answer to a change, so that the same request sent again is answered and not done again.

    ``key`` is the keyed hash of who asked and the key they sent, ``fingerprint`` that of the
    request. A row is written in the transaction of the change itself.
    """

    __tablename__ = "api_answers"

    key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    status: Mapped[int]
    body: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True), index=True)

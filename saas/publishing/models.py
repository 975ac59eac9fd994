"""Tables of public pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.casework import ActColumns, CaseColumns
from saas.kernel.db import APPEND_ONLY, TenantModel
from saas.publishing import rules

_PERSON, _WHEN = "people.id", sa.DateTime(timezone=True)


class PublicPage(CaseColumns, TenantModel):
    """A page as it is being written. ``blocks`` are in the order of the page: ``kind``, ``ref``
    (what record, nothing for a story), ``words`` (label) and ``key``, its number on this page, by
    which its picture is kept. ``live`` is the number of the edition that everybody reads.
    """

    __tablename__ = "public_pages"
    __table_args__ = (sa.CheckConstraint(sa.column("state").in_(rules.STATES), name="state"),)

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    title: Mapped[dict[str, str]]
    lead: Mapped[dict[str, str]]
    blocks: Mapped[list[dict[str, Any]]]
    keys: Mapped[int] = mapped_column(server_default="0")
    live: Mapped[int | None]
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class Edition(TenantModel):
    """A page as it was handed in, by whom."""

    __tablename__ = "public_page_editions"
    __table_args__ = (
        sa.UniqueConstraint("page_id", "number"),
        sa.UniqueConstraint("page_id", "number", "by_id"),
        APPEND_ONLY,
    )

    page_id: Mapped[int] = mapped_column(sa.ForeignKey(PublicPage.id))
    number: Mapped[int]
    title: Mapped[dict[str, str]]
    lead: Mapped[dict[str, str]]
    blocks: Mapped[list[dict[str, Any]]]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey(_PERSON))
    at: Mapped[datetime] = mapped_column(_WHEN)


class Act(ActColumns, TenantModel):
    """One act on a page. Of an edition that is published it says who handed it in, and the
    database refuses that this is who publishes it.
    """

    __tablename__ = "public_page_acts"
    __table_args__ = (
        sa.UniqueConstraint("page_id", "number"),
        sa.ForeignKeyConstraint(
            ["page_id", "edition", "written_by"],
            [Edition.page_id, Edition.number, Edition.by_id],
            name="fk_public_page_acts_edition",
        ),
        sa.CheckConstraint(
            "verb <> 'publish' OR edition IS NOT NULL AND written_by IS NOT NULL"
            " AND actor_id IS NOT NULL AND actor_id <> written_by",
            name="two_people",
        ),
        APPEND_ONLY,
    )

    page_id: Mapped[int] = mapped_column(sa.ForeignKey(PublicPage.id))
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
    token_id: Mapped[int | None] = mapped_column(sa.ForeignKey("api_tokens.id"))
    edition: Mapped[int | None]
    written_by: Mapped[int | None]

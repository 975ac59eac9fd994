"""Apps that show the district inside themselves, and whom their tickets mean.

Why: residents come out of the app of their city, and a street has none of its own. New tables;
nothing that is there is touched.
Locks: none.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "apps"
down_revision = "bringing_in"
branch_labels = None
depends_on = None

_WHEN = sa.DateTime(timezone=True)


def _id() -> sa.Column:
    return sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False)


def _of_app(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["app_id"], ["apps.id"], name=op.f(f"fk_{table}_app_id"))


def upgrade() -> None:
    op.create_table(
        "apps",
        _id(),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("algorithm", sa.String(length=10), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("ancestors", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.CheckConstraint(
            "algorithm IN ('ES256', 'RS256', 'HS256')", name=op.f("ck_apps_algorithm")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_apps")),
        sa.UniqueConstraint("code", name=op.f("uq_apps_code")),
    )
    op.create_table(
        "identities",
        _id(),
        sa.Column("app_id", sa.BigInteger(), nullable=False),
        sa.Column("subject_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("linked_at", _WHEN, nullable=False),
        _of_app("identities"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_identities_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
        sa.UniqueConstraint(
            "app_id", "subject_hash", name=op.f("uq_identities_app_id_subject_hash")
        ),
    )
    op.create_index(op.f("ix_identities_person_id"), "identities", ["person_id"])
    op.create_table(
        "used_tickets",
        _id(),
        sa.Column("app_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_hash", sa.String(length=64), nullable=False),
        sa.Column("until", _WHEN, nullable=False),
        _of_app("used_tickets"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_used_tickets")),
        sa.UniqueConstraint(
            "app_id", "ticket_hash", name=op.f("uq_used_tickets_app_id_ticket_hash")
        ),
    )
    op.create_index(op.f("ix_used_tickets_until"), "used_tickets", ["until"])


def downgrade() -> None:
    op.drop_table("used_tickets")
    op.drop_table("identities")
    op.drop_table("apps")

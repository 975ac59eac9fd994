"""Totals that somebody stated, to stand beside what is counted.

Why: a report says 631, the records say what they say; both are shown, each with where it comes
from. A new table alone; nothing of what is there is touched.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "claims"
down_revision = "questions_and_reports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("measure", sa.String(length=60), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("first_month", sa.Date(), nullable=True),
        sa.Column("last_month", sa.Date(), nullable=True),
        sa.Column("stated", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("source", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(first_month IS NULL) = (last_month IS NULL)", name=op.f("ck_claims_span")
        ),
        sa.CheckConstraint("stated >= 0", name=op.f("ck_claims_stated")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_claims_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_unit_id"), "claims", ["unit_id"])
    op.create_index(
        "uq_claims_in_use",
        "claims",
        ["measure"],
        unique=True,
        postgresql_where=sa.text("retired_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("claims")

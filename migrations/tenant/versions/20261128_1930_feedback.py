"""What those who came say of a session, and that they have been asked.

Why: two questions after each session, answered once and by nobody in particular: no column leads
from one table to the other, and only the day is kept. New tables alone; both may only grow.
Locks: sessions and attendances, for a moment.
"""

import sqlalchemy as sa
from alembic import op

revision = "feedback"
down_revision = "feeds"
branch_labels = None
depends_on = None

_ONLY_GROWS = ("feedback", "feedback_asked")


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("grade", sa.String(length=10), nullable=False),
        sa.Column("wish", sa.String(length=300), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("grade IN ('good', 'fair', 'poor')", name=op.f("ck_feedback_grade")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_feedback_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feedback_token_hash")),
    )
    op.create_index(op.f("ix_feedback_session_id"), "feedback", ["session_id"], unique=False)

    op.create_table(
        "feedback_asked",
        sa.Column("mark_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["mark_id"], ["attendances.id"], name=op.f("fk_feedback_asked_mark_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_asked")),
        sa.UniqueConstraint("mark_id", name=op.f("uq_feedback_asked_mark_id")),
    )
    for table in _ONLY_GROWS:
        op.execute(
            f"""DO $$ BEGIN
              IF EXISTS (SELECT FROM pg_roles WHERE rolname = current_schema()) THEN
                EXECUTE format('REVOKE UPDATE, DELETE ON {table} FROM %I', current_schema());
              END IF;
            END $$"""
        )


def downgrade() -> None:
    for table in _ONLY_GROWS:
        op.drop_table(table)

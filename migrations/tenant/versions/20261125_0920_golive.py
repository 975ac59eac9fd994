"""Setting a district up: what was said of its steps, what its checks found, gaps accepted by name.

Why: a district is prepared over several sittings and goes live on a list that verifies; that an
administrator could really sign in has to be known. Existing people count as not seen until they
sign in again. New tables, and one nullable column: no rewrite of what is there.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "golive"
down_revision = "street_library"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("last_sign_in_at", sa.DateTime(timezone=True), nullable=True))
    _marks()
    _results()
    _acceptances()


def _marks() -> None:
    op.create_table(
        "setup_marks",
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("mark", sa.String(length=20), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "step IN ('package', 'streets', 'units', 'people', 'rooms', 'terms', 'culture', 'check', 'live')",
            name=op.f("ck_setup_marks_step"),
        ),
        sa.CheckConstraint("mark IN ('done', 'skipped')", name=op.f("ck_setup_marks_mark")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_setup_marks_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup_marks")),
        sa.UniqueConstraint("step", name=op.f("uq_setup_marks_step")),
    )


def _results() -> None:
    op.create_table(
        "check_results",
        sa.Column("check", sa.String(length=20), nullable=False),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("gaps", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_check_results_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_results")),
        sa.UniqueConstraint("check", name=op.f("uq_check_results_check")),
    )


def _acceptances() -> None:
    op.create_table(
        "accepted_gaps",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_accepted_gaps_by_id")),
        sa.ForeignKeyConstraint(
            ["revoked_by_id"], ["people.id"], name=op.f("fk_accepted_gaps_revoked_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accepted_gaps")),
    )
    op.create_index(
        "uq_accepted_gaps_living",
        "accepted_gaps",
        ["key"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("accepted_gaps")
    op.drop_table("check_results")
    op.drop_table("setup_marks")
    op.drop_column("people", "last_sign_in_at")

"""Seals of what may only grow, and what checks against them found.

Why: an entry of the audit that is changed, taken out or slipped in afterwards must be found. The
first seals of a district cover everything that is there; nothing is to be done by hand.
Locks: none, both tables are new.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "seals"
down_revision = "providers"
branch_labels = None
depends_on = None

_WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "seals",
        sa.Column("book", sa.String(length=40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.BigInteger(), nullable=True),
        sa.Column("after_id", sa.BigInteger(), nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.BigInteger(), nullable=False),
        sa.Column("sealed_at", _WHEN, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.CheckConstraint(
            "CASE WHEN number = 1 THEN before IS NULL AND after_id = 0 AND prev = ''"
            " ELSE before IS NOT NULL AND before = number - 1 END",
            name=op.f("ck_seals_follows"),
        ),
        sa.CheckConstraint("last_id > after_id AND rows > 0", name=op.f("ck_seals_covers")),
        sa.ForeignKeyConstraint(
            ["book", "before", "after_id", "prev"],
            ["seals.book", "seals.number", "seals.last_id", "seals.root"],
            name="fk_seals_chain",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seals")),
        sa.UniqueConstraint("book", "number", name=op.f("uq_seals_book_number")),
        sa.UniqueConstraint("book", "number", "last_id", "root", name="uq_seals_chain"),
        info={"append_only": True},
    )
    op.create_table(
        "seal_checks",
        sa.Column("asked_by", sa.String(length=100), nullable=False),
        sa.Column("asked_at", _WHEN, nullable=False),
        sa.Column("done_at", _WHEN, nullable=True),
        sa.Column("rows", sa.BigInteger(), nullable=True),
        sa.Column("seals", sa.BigInteger(), nullable=True),
        sa.Column("faults", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal_checks")),
    )
    op.execute(
        """DO $$ BEGIN
          IF EXISTS (SELECT FROM pg_roles WHERE rolname = current_schema()) THEN
            EXECUTE format('REVOKE UPDATE, DELETE ON seals FROM %I', current_schema());
          END IF;
        END $$"""
    )


def downgrade() -> None:
    op.drop_table("seal_checks")
    op.drop_table("seals")

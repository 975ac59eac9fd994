"""What a fund is made of: a committee, spaces, platforms.

Why: they are named by the model, some of them as rooms. A new table alone.
Locks: none.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "fund_organs"
down_revision = "campaigns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fund_organs",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("room", sa.String(length=40), nullable=True),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "kind IN ('committee', 'space', 'platform')", name=op.f("ck_fund_organs_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_organs")),
        sa.UniqueConstraint("code", name=op.f("uq_fund_organs_code")),
    )


def downgrade() -> None:
    op.drop_table("fund_organs")

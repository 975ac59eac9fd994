"""Operators who look into a district by its leave.

Why: nobody but the district's own people sees anything of it, unless they let an operator look in.
Locks: none on what is there but a moment on people.
"""

import sqlalchemy as sa
from alembic import op

revision = "support"
down_revision = "seals"
branch_labels = None
depends_on = None

_WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "support_grants",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted_by_id", sa.BigInteger(), nullable=False),
        sa.Column("granted_at", _WHEN, nullable=False),
        sa.Column("ends_at", _WHEN, nullable=False),
        sa.Column("ended_at", _WHEN, nullable=True),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["people.id"], name=op.f("fk_support_grants_granted_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_grants")),
    )
    op.create_table(
        "support_entries",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("grant_id", sa.BigInteger(), nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=False),
        sa.Column("operator_login", sa.String(length=60), nullable=False),
        sa.Column("operator_name", sa.String(length=100), nullable=False),
        sa.Column("hub_sign_in", sa.BigInteger(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("ticket_until", _WHEN, nullable=False),
        sa.Column("entered_at", _WHEN, nullable=True),
        sa.Column("ended_at", _WHEN, nullable=True),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["support_grants.id"], name=op.f("fk_support_entries_grant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_entries")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_support_entries_key_hash")),
    )
    op.create_index(op.f("ix_support_entries_grant_id"), "support_entries", ["grant_id"])


def downgrade() -> None:
    op.drop_table("support_entries")
    op.drop_table("support_grants")

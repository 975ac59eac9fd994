"""The clock of a demo district can stand ahead of the world's.

Why: a visitor who watches a demand climb cannot wait for days. Locks: tenants, for a moment.
"""

import sqlalchemy as sa
from alembic import op

revision = "demo_clock"
down_revision = "own_scope"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "tenants",
        sa.Column("clock_shift", sa.Interval(), server_default=sa.text("'0'"), nullable=False),
        schema="hub",
    )


def downgrade() -> None:
    op.drop_column("tenants", "clock_shift", schema="hub")

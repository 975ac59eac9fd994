"""Reasons that are chosen no more.

Why: a district changes its causes for suspending and declining; what was decided with one keeps
its name, so a cause is retired and never removed. What is there stays in use. Locks: the small
table of reasons, for a moment.
"""

import sqlalchemy as sa
from alembic import op

revision = "retired_reasons"
down_revision = "api_door"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "demand_reason_codes",
        sa.Column("retired", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("demand_reason_codes", "retired")

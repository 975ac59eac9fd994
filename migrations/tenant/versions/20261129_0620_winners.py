"""Who won a lot is told, once.

Locks: campaign_lots for a moment.
"""

import sqlalchemy as sa
from alembic import op

revision = "winners"
down_revision = "statements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaign_lots", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("campaign_lots", "told_at")

"""A custody row says by whose post somebody acted where that was not the holder's.

Why: a review by the level above read as if the holder had reviewed itself. What is there already
keeps its meaning: nothing means the holder. Locks: custody, for a moment.
"""

import sqlalchemy as sa
from alembic import op

revision = "acting_unit"
down_revision = "program_hands"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("custody", sa.Column("as_unit_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_custody_as_unit_id"), "custody", "units", ["as_unit_id"], ["id"])


def downgrade() -> None:
    op.drop_constraint(op.f("fk_custody_as_unit_id"), "custody", type_="foreignkey")
    op.drop_column("custody", "as_unit_id")

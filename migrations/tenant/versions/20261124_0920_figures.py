"""The index over the days on which demands were filed carries what figures read.

Why: months, ladder and durations of a hundred thousand demands are counted from the index alone.
Locks: demands, for writing, while the index is built (a fraction of a second a hundred thousand).
"""

from alembic import op

revision = "figures"
down_revision = "ways_in"
branch_labels = None
depends_on = None

_INCLUDED = ["state", "peak", "unit_id", "level", "category", "channel", "worked_minutes"]


def upgrade() -> None:
    op.drop_index("ix_demands_filed_at", "demands")
    op.create_index("ix_demands_filed_at", "demands", ["filed_at"], postgresql_include=_INCLUDED)


def downgrade() -> None:
    op.drop_index("ix_demands_filed_at", "demands")
    op.create_index("ix_demands_filed_at", "demands", ["filed_at"])

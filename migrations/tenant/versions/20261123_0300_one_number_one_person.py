"""A phone number signs in one person.

Why: two who were given the same number in the same moment both got it, and the first of them was
found at the door. Where that happened the first keeps it for signing in; the number itself stays
with both. Locks: people, for as long as an index over one district's people takes.
"""

import sqlalchemy as sa
from alembic import op

revision = "one_number"
down_revision = "ground"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        sa.text(
            "UPDATE people SET phone_hash = NULL WHERE phone_hash IS NOT NULL AND EXISTS ("
            " SELECT FROM people AS first"
            " WHERE first.phone_hash = people.phone_hash AND first.id < people.id)"
        )
    )
    op.drop_index(op.f("ix_people_phone_hash"), table_name="people")
    op.create_unique_constraint(op.f("uq_people_phone_hash"), "people", ["phone_hash"])


def downgrade() -> None:
    op.drop_constraint(op.f("uq_people_phone_hash"), "people", type_="unique")
    op.create_index(op.f("ix_people_phone_hash"), "people", ["phone_hash"], unique=False)

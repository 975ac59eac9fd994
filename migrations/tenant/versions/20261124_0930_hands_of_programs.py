"""The token by which a program acted on a demand.

Why: a story that says only that some program did it cannot be followed up. Locks: custody for a
moment, the column is empty and nothing is rewritten.
"""

import sqlalchemy as sa
from alembic import op

revision = "program_hands"
down_revision = "figures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("custody", sa.Column("token_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_custody_token_id"), "custody", "api_tokens", ["token_id"], ["id"]
    )


def downgrade() -> None:
    op.drop_constraint(op.f("fk_custody_token_id"), "custody", type_="foreignkey")
    op.drop_column("custody", "token_id")

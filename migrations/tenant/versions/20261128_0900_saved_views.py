"""People keep views of lists: what they asked, under a name.

Why: who works through the same part of a long list every day sets the same filters every day.
Locks: none, the table is new.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "saved_views"
down_revision = "claims"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_views",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("listing", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("asked", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_saved_views_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint(
            "person_id", "listing", "name", name=op.f("uq_saved_views_person_id_listing_name")
        ),
    )


def downgrade() -> None:
    op.drop_table("saved_views")

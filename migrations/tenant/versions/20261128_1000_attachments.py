"""Files of things: several a thing, of several kinds, sealed where they are personal.

Why: a demand had one picture in a column of its own, and nothing else could have a file. Pictures
of today stay where they are and are shown as before.
Locks: none, the table is new.
"""

import sqlalchemy as sa
from alembic import op

revision = "attachments"
down_revision = "saved_views"
branch_labels = None
depends_on = None

_WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("thing", sa.String(40), nullable=False),
        sa.Column("thing_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(20), nullable=False),
        sa.Column("act", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("at", _WHEN, nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("retired_at", _WHEN, nullable=True),
        sa.CheckConstraint(
            "kind IN ('jpeg', 'pdf', 'xlsx', 'docx')", name=op.f("ck_attachments_kind")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_attachments_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("key", name=op.f("uq_attachments_key")),
        sa.UniqueConstraint(
            "thing", "thing_id", "position", name=op.f("uq_attachments_thing_thing_id_position")
        ),
    )


def downgrade() -> None:
    op.drop_table("attachments")

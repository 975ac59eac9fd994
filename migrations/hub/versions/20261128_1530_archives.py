"""A district can leave and come back: the key that its archives are sealed to, the keys that it
brought along, and what was archived.

Why: what is sealed in a district opens with keys that are derived from the master key of this
installation and the name of its schema; one that was archived elsewhere, or stands beside itself,
keeps its own. Locks: tenants, for a moment.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "archives"
down_revision = "pulse"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("keys", sa.LargeBinary(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("tenants", column, schema="hub")
    op.create_table(
        "archives",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.String(length=64), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("tables", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("files", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["hub.tenants.id"], name=op.f("fk_archives_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives")),
        schema="hub",
    )
    op.create_index(op.f("ix_archives_tenant_id"), "archives", ["tenant_id"], schema="hub")


def downgrade() -> None:
    op.drop_table("archives", schema="hub")
    for name in ("due_at", "keys", "recipient"):
        op.drop_column("tenants", name, schema="hub")

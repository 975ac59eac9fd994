"""Files with which a district is set up, sealed until they are taken over.

Why: a workbook of units, people and rooms is looked at before anything of it is written. Locks:
none, the table is new.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "setup_imports"
down_revision = "acting_unit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "setup_imports",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("token", sa.String(length=26), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("total", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("done", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("outcome", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("kind IN ('workbook', 'divisions')", name=op.f("ck_setup_imports_kind")),
        sa.CheckConstraint(
            "state IN ('faulty', 'checked', 'running', 'done', 'stopped')",
            name=op.f("ck_setup_imports_state"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_setup_imports_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup_imports")),
        sa.UniqueConstraint("person_id", "kind", name=op.f("uq_setup_imports_person_id_kind")),
        sa.UniqueConstraint("token", name=op.f("uq_setup_imports_token")),
    )


def downgrade() -> None:
    op.drop_table("setup_imports")

"""Seals of what the hub itself keeps for ever, the roots that it keeps of districts, how they stand.

Why: who could write all of a district could seal it anew; what was kept elsewhere then differs.
Locks: none, the tables are new.
"""

import sqlalchemy as sa
from alembic import op

revision = "seals"
down_revision = "sign_ins"
branch_labels = None
depends_on = None

_WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "seals",
        sa.Column("book", sa.String(length=40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.BigInteger(), nullable=True),
        sa.Column("after_id", sa.BigInteger(), nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.BigInteger(), nullable=False),
        sa.Column("sealed_at", _WHEN, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.CheckConstraint(
            "CASE WHEN number = 1 THEN before IS NULL AND after_id = 0 AND prev = ''"
            " ELSE before IS NOT NULL AND before = number - 1 END",
            name=op.f("ck_seals_follows"),
        ),
        sa.CheckConstraint("last_id > after_id AND rows > 0", name=op.f("ck_seals_covers")),
        sa.ForeignKeyConstraint(
            ["book", "before", "after_id", "prev"],
            ["hub.seals.book", "hub.seals.number", "hub.seals.last_id", "hub.seals.root"],
            name="fk_seals_chain",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seals")),
        sa.UniqueConstraint("book", "number", name=op.f("uq_seals_book_number")),
        sa.UniqueConstraint("book", "number", "last_id", "root", name="uq_seals_chain"),
        schema="hub",
        info={"append_only": True},
    )
    op.create_table(
        "anchors",
        sa.Column("schema_name", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("book", sa.String(length=40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("at", _WHEN, nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.CheckConstraint("kind IN ('day', 'restored')", name=op.f("ck_anchors_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchors")),
        schema="hub",
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_anchors_schema_name_id"), "anchors", ["schema_name", "id"], schema="hub"
    )
    op.create_table(
        "sealings",
        sa.Column("schema_name", sa.String(length=40), nullable=False),
        sa.Column("sealed_at", _WHEN, nullable=True),
        sa.Column("checked_at", _WHEN, nullable=True),
        sa.Column("faults", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealings")),
        sa.UniqueConstraint("schema_name", name=op.f("uq_sealings_schema_name")),
        schema="hub",
    )


def downgrade() -> None:
    for table in ("sealings", "anchors", "seals"):
        op.drop_table(table, schema="hub")

"""A district has editions of its own culture pack, a draft of the next, and what was put on show.

Why: a district's look was the name of a pack that ships; now it can be edited, applied and rolled
back while people read. Editions and what was shown are history: they can only be added to.
Without any row everything is as before. Locks: none, the tables are new.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "culture_editions"
down_revision = "golive"
branch_labels = None
depends_on = None

_ONLY_GROW = ("culture_editions", "culture_choices")
_KEEP_HISTORY = """DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = current_schema()) THEN
    EXECUTE format('REVOKE UPDATE, DELETE ON {table} FROM %I', current_schema());
  END IF;
END $$"""


def upgrade() -> None:
    op.create_table(
        "culture_draft",
        sa.Column("single", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("based_on", sa.String(length=70), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("drawings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changed_by", sa.String(length=100), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("single", name=op.f("ck_culture_draft_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_culture_draft")),
        sa.UniqueConstraint("single", name=op.f("uq_culture_draft_single")),
    )
    op.create_table(
        "culture_editions",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("based_on", sa.String(length=70), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("drawings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("mark", sa.String(length=12), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("made_by_id", sa.BigInteger(), nullable=True),
        sa.Column("made_by", sa.String(length=100), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_culture_editions")),
        sa.UniqueConstraint("number", name=op.f("uq_culture_editions_number")),
    )
    op.create_table(
        "culture_choices",
        sa.Column("edition_id", sa.BigInteger(), nullable=True),
        sa.Column("shipped", sa.String(length=40), nullable=True),
        sa.Column("chosen_by_id", sa.BigInteger(), nullable=True),
        sa.Column("chosen_by", sa.String(length=100), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(edition_id IS NULL) <> (shipped IS NULL)", name=op.f("ck_culture_choices_one")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["culture_editions.id"],
            name=op.f("fk_culture_choices_edition_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_culture_choices")),
    )
    for table in _ONLY_GROW:
        op.execute(_KEEP_HISTORY.format(table=table))


def downgrade() -> None:
    op.drop_table("culture_choices")
    op.drop_table("culture_editions")
    op.drop_table("culture_draft")

"""Notices, how people are reached, webhooks, and what was delivered.

Why: people have to hear of what waits for them, and nothing may be lost when a mail server or a
webhook is down. Only new tables: no lock on what is there.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "notices"
down_revision = "workdays"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _notices()
    _ways()
    _deliveries()


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("about", sa.String(length=80), server_default="", nullable=False),
        sa.Column("once", sa.String(length=120), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_notices_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index(
        "ix_notices_open_about",
        "notices",
        ["about"],
        postgresql_where=sa.text("done_at IS NULL AND about <> ''"),
    )
    op.create_index(op.f("ix_notices_person_id_id"), "notices", ["person_id", "id"])
    op.create_index(
        "ix_notices_unread",
        "notices",
        ["person_id"],
        postgresql_where=sa.text("read_at IS NULL AND done_at IS NULL"),
    )
    op.create_index(
        "uq_notices_once",
        "notices",
        ["person_id", "once"],
        unique=True,
        postgresql_where=sa.text("once IS NOT NULL"),
    )


def _ways() -> None:
    op.create_table(
        "reaches",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("mail", sa.LargeBinary(), nullable=True),
        sa.Column("wants_mail", sa.String(length=10), nullable=False),
        sa.Column("digest_hour", sa.BigInteger(), nullable=False),
        sa.Column("digested_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_to", sa.Time(), nullable=True),
        sa.Column("locale", sa.String(length=20), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "wants_mail IN ('off', 'each', 'digest')", name=op.f("ck_reaches_wants_mail")
        ),
        sa.CheckConstraint("wants_mail = 'off' OR mail IS NOT NULL", name=op.f("ck_reaches_mail")),
        sa.CheckConstraint("digest_hour BETWEEN 0 AND 23", name=op.f("ck_reaches_digest_hour")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reaches_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reaches")),
        sa.UniqueConstraint("person_id", name=op.f("uq_reaches_person_id")),
    )
    op.create_table(
        "webhooks",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("kinds", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_by_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["people.id"], name=op.f("fk_webhooks_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("notice_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("webhook_id", sa.BigInteger(), nullable=True),
        sa.Column("endpoint", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(length=40), nullable=True),
        sa.Column("answer", sa.BigInteger(), nullable=True),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("channel IN ('mail', 'webhook')", name=op.f("ck_deliveries_channel")),
        sa.CheckConstraint(
            "state IN ('waiting', 'failed', 'sent', 'given_up', 'trapped', 'spared')",
            name=op.f("ck_deliveries_state"),
        ),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (webhook_id IS NULL)", name=op.f("ck_deliveries_one_reader")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_deliveries_notice_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_deliveries_person_id")),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhooks.id"], name=op.f("fk_deliveries_webhook_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("key", name=op.f("uq_deliveries_key")),
    )
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["next_try_at"],
        postgresql_where=sa.text("state IN ('waiting', 'failed')"),
    )
    op.create_index(op.f("ix_deliveries_notice_id"), "deliveries", ["notice_id"])
    op.create_index(op.f("ix_deliveries_state_id"), "deliveries", ["state", "id"])
    op.create_index(op.f("ix_deliveries_webhook_id_id"), "deliveries", ["webhook_id", "id"])


def downgrade() -> None:
    for table in ("deliveries", "webhooks", "reaches", "notices"):
        op.drop_table(table)

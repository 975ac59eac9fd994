"""Short texts: who carries them, what they say, who allowed them, one-time codes; calls to make.

Why: nobody was reached outside the site but by mail. New tables, and columns of deliveries and
notices that are empty for what was sent before.
Locks: deliveries and notices, for the columns (which rewrite nothing), two checks (read once) and
the indexes.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "short_texts"
down_revision = "organisations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _message_providers()
    _message_templates()
    _text_codes()
    _call_tasks()
    _channel_grants()
    _deliveries()
    _notices()


def _message_providers() -> None:
    op.create_table(
        "message_providers",
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("key_id", sa.String(length=100), nullable=True),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("part_fen", sa.BigInteger(), nullable=False),
        sa.Column("day_fen", sa.BigInteger(), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_to", sa.Time(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "channel IN ('sms', 'account')", name=op.f("ck_message_providers_channel")
        ),
        sa.CheckConstraint(
            "kind <> 'own' OR num_nulls(url, key_id, secret) = 0",
            name=op.f("ck_message_providers_whole_address"),
        ),
        sa.CheckConstraint(
            "kind IN ('test', 'own', 'house')", name=op.f("ck_message_providers_kind")
        ),
        sa.CheckConstraint(
            "part_fen >= 0 AND day_fen >= 0", name=op.f("ck_message_providers_costs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_providers")),
        sa.UniqueConstraint("channel", name=op.f("uq_message_providers_channel")),
    )


def _message_templates() -> None:
    op.create_table(
        "message_templates",
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("locale", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(length=12), nullable=False),
        sa.Column("filing", sa.String(length=10), server_default="draft", nullable=False),
        sa.Column("filed_no", sa.String(length=60), server_default="", nullable=False),
        sa.Column("refused", sa.String(length=300), server_default="", nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "channel IN ('sms', 'account')", name=op.f("ck_message_templates_channel")
        ),
        sa.CheckConstraint(
            "filing <> 'filed' OR filed_no <> ''", name=op.f("ck_message_templates_filed_no")
        ),
        sa.CheckConstraint(
            "filing IN ('draft', 'asked', 'filed', 'refused')",
            name=op.f("ck_message_templates_filing"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_templates")),
        sa.UniqueConstraint(
            "channel", "kind", "locale", name=op.f("uq_message_templates_channel_kind_locale")
        ),
    )


def _text_codes() -> None:
    op.create_table(
        "text_codes",
        sa.Column("phone_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_codes")),
        sa.UniqueConstraint("phone_hash", "purpose", name=op.f("uq_text_codes_phone_hash_purpose")),
    )


def _call_tasks() -> None:
    op.create_table(
        "call_tasks",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="open", nullable=False),
        sa.Column("tries", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'reached', 'dropped')", name=op.f("ck_call_tasks_state")
        ),
        sa.CheckConstraint(
            "num_nonnulls(person_id, phone) = 1", name=op.f("ck_call_tasks_one_reader")
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["people.id"], name=op.f("fk_call_tasks_done_by_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_call_tasks_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_call_tasks_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_tasks")),
    )
    op.create_index(op.f("ix_call_tasks_about_id"), "call_tasks", ["about", "id"], unique=False)
    op.create_index(
        "ix_call_tasks_open",
        "call_tasks",
        ["unit_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "uq_call_tasks_open",
        "call_tasks",
        ["about", "kind"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )


def _channel_grants() -> None:
    op.create_table(
        "channel_grants",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("template", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("left", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("kind IN ('once', 'long')", name=op.f("ck_channel_grants_kind")),
        sa.CheckConstraint('"left" >= 0', name=op.f("ck_channel_grants_left")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_channel_grants_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_grants")),
        sa.UniqueConstraint(
            "person_id",
            "channel",
            "template",
            "kind",
            name=op.f("uq_channel_grants_person_id_channel_template_kind"),
        ),
    )


def _deliveries() -> None:
    op.add_column("deliveries", sa.Column("phone", sa.LargeBinary(), nullable=True))
    op.add_column(
        "deliveries", sa.Column("about", sa.String(length=80), server_default="", nullable=False)
    )
    op.add_column("deliveries", sa.Column("calls_id", sa.BigInteger(), nullable=True))
    op.add_column("deliveries", sa.Column("body", sa.LargeBinary(), nullable=True))
    op.add_column("deliveries", sa.Column("secret", sa.LargeBinary(), nullable=True))
    op.add_column("deliveries", sa.Column("parts", sa.BigInteger(), nullable=True))
    op.add_column("deliveries", sa.Column("fen", sa.BigInteger(), nullable=True))
    op.add_column("deliveries", sa.Column("spent_on", sa.Date(), nullable=True))
    op.create_index(
        "ix_deliveries_about",
        "deliveries",
        ["about"],
        unique=False,
        postgresql_where=sa.text("about <> ''"),
    )
    op.create_index(
        op.f("ix_deliveries_channel_spent_on"),
        "deliveries",
        ["channel", "spent_on"],
        unique=False,
        postgresql_where=sa.text("spent_on IS NOT NULL"),
    )
    op.create_foreign_key(
        op.f("fk_deliveries_calls_id"), "deliveries", "units", ["calls_id"], ["id"]
    )
    op.drop_constraint(op.f("ck_deliveries_channel"), "deliveries")
    op.create_check_constraint(
        op.f("ck_deliveries_channel"),
        "deliveries",
        "channel IN ('mail', 'webhook', 'sms', 'account')",
    )
    op.drop_constraint(op.f("ck_deliveries_one_reader"), "deliveries")
    op.create_check_constraint(
        op.f("ck_deliveries_one_reader"),
        "deliveries",
        "num_nonnulls(person_id, webhook_id, phone) = 1",
    )


def _notices() -> None:
    op.add_column("notices", sa.Column("calls_id", sa.BigInteger(), nullable=True))
    op.drop_index(op.f("ix_notices_person_id_id"), table_name="notices")
    op.create_index(
        op.f("ix_notices_person_id_at_id"), "notices", ["person_id", "at", "id"], unique=False
    )
    op.create_foreign_key(op.f("fk_notices_calls_id"), "notices", "units", ["calls_id"], ["id"])


def downgrade() -> None:
    op.drop_constraint(op.f("fk_notices_calls_id"), "notices", type_="foreignkey")
    op.drop_index(op.f("ix_notices_person_id_at_id"), table_name="notices")
    op.create_index(op.f("ix_notices_person_id_id"), "notices", ["person_id", "id"], unique=False)
    op.drop_column("notices", "calls_id")
    op.drop_constraint(op.f("fk_deliveries_calls_id"), "deliveries", type_="foreignkey")
    op.drop_index(
        op.f("ix_deliveries_channel_spent_on"),
        table_name="deliveries",
        postgresql_where=sa.text("spent_on IS NOT NULL"),
    )
    op.drop_index(
        "ix_deliveries_about", table_name="deliveries", postgresql_where=sa.text("about <> ''")
    )
    op.execute("DELETE FROM deliveries WHERE channel IN ('sms', 'account')")
    op.drop_constraint(op.f("ck_deliveries_channel"), "deliveries")
    op.create_check_constraint(
        op.f("ck_deliveries_channel"), "deliveries", "channel IN ('mail', 'webhook')"
    )
    op.drop_constraint(op.f("ck_deliveries_one_reader"), "deliveries")
    op.create_check_constraint(
        op.f("ck_deliveries_one_reader"),
        "deliveries",
        "(person_id IS NULL) <> (webhook_id IS NULL)",
    )
    op.drop_column("deliveries", "spent_on")
    op.drop_column("deliveries", "fen")
    op.drop_column("deliveries", "parts")
    op.drop_column("deliveries", "secret")
    op.drop_column("deliveries", "body")
    op.drop_column("deliveries", "calls_id")
    op.drop_column("deliveries", "about")
    op.drop_column("deliveries", "phone")
    op.drop_table("channel_grants")
    op.drop_index(
        "uq_call_tasks_open", table_name="call_tasks", postgresql_where=sa.text("state = 'open'")
    )
    op.drop_index(
        "ix_call_tasks_open", table_name="call_tasks", postgresql_where=sa.text("state = 'open'")
    )
    op.drop_index(op.f("ix_call_tasks_about_id"), table_name="call_tasks")
    op.drop_table("call_tasks")
    op.drop_table("text_codes")
    op.drop_table("message_templates")
    op.drop_table("message_providers")

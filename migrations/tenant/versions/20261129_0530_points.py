"""Points: what is earned by coming and helping, rewards with their stock, months of merchants.

Why: thanks that can be spent, given and end, in a ledger that the database keeps; never money. New
tables alone. Locks: people, units, attendances, services and merchants, for a moment.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "points"
down_revision = "life"
branch_labels = None
depends_on = None

_TABLES = (
    "points_badges",
    "points_terms",
    "points_accounts",
    "points_rewards",
    "points_settlements",
    "points_entries",
    "points_handed",
    "points_grants",
)
_ONLY_GROW = ("points_entries", "points_grants", "points_handed")


def upgrade() -> None:
    op.create_table(
        "points_badges",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("what IN ('came', 'helped')", name=op.f("ck_points_badges_what")),
        sa.CheckConstraint("times >= 1", name=op.f("ck_points_badges_times")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_badges")),
        sa.UniqueConstraint("code", name=op.f("uq_points_badges_code")),
    )

    op.create_table(
        "points_terms",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("source", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("dated", sa.String(length=10), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_terms")),
        sa.UniqueConstraint("code", name=op.f("uq_points_terms_code")),
    )

    op.create_table(
        "points_accounts",
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("slip", sa.String(length=26), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("book", sa.String(length=10), nullable=False),
        sa.Column("may_overdraw", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_points_accounts_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_accounts")),
        sa.UniqueConstraint("code", name=op.f("uq_points_accounts_code")),
        sa.UniqueConstraint("id", "book", name="uq_points_accounts_book"),
        sa.UniqueConstraint("id", "may_overdraw", name="uq_points_accounts_overdraw"),
        sa.UniqueConstraint("person_id", name=op.f("uq_points_accounts_person_id")),
        sa.UniqueConstraint("slip", name=op.f("uq_points_accounts_slip")),
    )

    op.create_table(
        "points_rewards",
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("merchant_id", sa.BigInteger(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("price BETWEEN 1 AND 100000", name=op.f("ck_points_rewards_price")),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_points_rewards_merchant_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_points_rewards_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_rewards")),
        sa.UniqueConstraint("code", name=op.f("uq_points_rewards_code")),
    )
    op.create_index(
        op.f("ix_points_rewards_merchant_id"), "points_rewards", ["merchant_id"], unique=False
    )
    op.create_index(op.f("ix_points_rewards_unit_id"), "points_rewards", ["unit_id"], unique=False)

    op.create_table(
        "points_settlements",
        sa.Column("merchant_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("first_by", sa.BigInteger(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("second_by", sa.BigInteger(), nullable=True),
        sa.Column("second_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("extract(day FROM month) = 1", name=op.f("ck_points_settlements_month")),
        sa.CheckConstraint("first_by <> second_by", name=op.f("ck_points_settlements_two_people")),
        sa.ForeignKeyConstraint(
            ["first_by"], ["people.id"], name=op.f("fk_points_settlements_first_by")
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_points_settlements_merchant_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_by"], ["people.id"], name=op.f("fk_points_settlements_second_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_settlements")),
        sa.UniqueConstraint(
            "merchant_id", "month", name=op.f("uq_points_settlements_merchant_id_month")
        ),
    )

    op.create_table(
        "points_entries",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("book", sa.String(length=10), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("before_number", sa.BigInteger(), nullable=True),
        sa.Column("before", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("after", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column(
            "opposite",
            sa.Numeric(precision=14, scale=2),
            sa.Computed("-amount", persisted=True),
            nullable=False,
        ),
        sa.Column("may_overdraw", sa.Boolean(), nullable=False),
        sa.Column("reverses", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("book IN ('points', 'stock')", name=op.f("ck_points_entries_book")),
        sa.CheckConstraint("account_id <> other_id", name=op.f("ck_points_entries_two_sides")),
        sa.CheckConstraint(
            "account_id IS NULL OR number >= 1 AND CASE WHEN number = 1 THEN before_number IS NULL AND before = 0 ELSE before_number IS NOT NULL AND before_number = number - 1 END",
            name=op.f("ck_points_entries_follows"),
        ),
        sa.CheckConstraint("after = before + (amount)", name=op.f("ck_points_entries_sum")),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_points_entries_something")),
        sa.CheckConstraint("amount = trunc(amount)", name=op.f("ck_points_entries_whole")),
        sa.CheckConstraint("may_overdraw OR after >= 0", name=op.f("ck_points_entries_overdraft")),
        sa.CheckConstraint(
            "reverses IS NULL OR reason IS NOT NULL", name=op.f("ck_points_entries_why")
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "before_number", "before"],
            ["points_entries.account_id", "points_entries.number", "points_entries.after"],
            name="fk_points_entries_chain",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "book"],
            ["points_accounts.id", "points_accounts.book"],
            name="fk_points_entries_book",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "may_overdraw"],
            ["points_accounts.id", "points_accounts.may_overdraw"],
            name="fk_points_entries_overdraw",
        ),
        sa.ForeignKeyConstraint(
            ["key", "other_id", "account_id", "opposite"],
            [
                "points_entries.key",
                "points_entries.account_id",
                "points_entries.other_id",
                "points_entries.amount",
            ],
            name="fk_points_entries_mirror",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["other_id", "book"],
            ["points_accounts.id", "points_accounts.book"],
            name="fk_points_entries_other_book",
        ),
        sa.ForeignKeyConstraint(
            ["reverses", "account_id", "other_id", "opposite"],
            [
                "points_entries.key",
                "points_entries.account_id",
                "points_entries.other_id",
                "points_entries.amount",
            ],
            name="fk_points_entries_reverses",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_entries")),
        sa.UniqueConstraint("account_id", "number", "after", name="uq_points_entries_chain"),
        sa.UniqueConstraint("account_id", "number", name="uq_points_entries_number"),
        sa.UniqueConstraint(
            "key", "account_id", "other_id", "amount", name="uq_points_entries_side"
        ),
        sa.UniqueConstraint("key", "account_id", name="uq_points_entries_once"),
        sa.UniqueConstraint("reverses", "account_id", name="uq_points_entries_reversed"),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_points_entries_kind"), "points_entries", ["kind"], unique=False)

    op.create_table(
        "points_handed",
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("submission", sa.String(length=40), nullable=True),
        sa.Column("reward_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("by_id <> person_id", name=op.f("ck_points_handed_by_another")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["points_accounts.id"], name=op.f("fk_points_handed_account_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_points_handed_by_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_points_handed_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["reward_id"], ["points_rewards.id"], name=op.f("fk_points_handed_reward_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_handed")),
        sa.UniqueConstraint("code", name=op.f("uq_points_handed_code")),
        sa.UniqueConstraint("submission", name=op.f("uq_points_handed_submission")),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_points_handed_account_id"), "points_handed", ["account_id"], unique=False
    )
    op.create_index(
        op.f("ix_points_handed_reward_id"), "points_handed", ["reward_id"], unique=False
    )

    op.create_table(
        "points_grants",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("mark_id", sa.BigInteger(), nullable=True),
        sa.Column("service_id", sa.BigInteger(), nullable=True),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(mark_id, service_id) = 1", name=op.f("ck_points_grants_one_cause")
        ),
        sa.CheckConstraint("points >= 0", name=op.f("ck_points_grants_points")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["points_accounts.id"], name=op.f("fk_points_grants_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["mark_id"], ["attendances.id"], name=op.f("fk_points_grants_mark_id")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_points_grants_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_grants")),
        sa.UniqueConstraint("mark_id", name="uq_points_grants_mark_id"),
        sa.UniqueConstraint("service_id", name="uq_points_grants_service_id"),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_points_grants_account_id"), "points_grants", ["account_id"], unique=False
    )

    for table in _ONLY_GROW:
        op.execute(
            f"""DO $$ BEGIN
              IF EXISTS (SELECT FROM pg_roles WHERE rolname = current_schema()) THEN
                EXECUTE format('REVOKE UPDATE, DELETE ON {table} FROM %I', current_schema());
              END IF;
            END $$"""
        )


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)

"""The host's statement: months, their lines, what each line is, months that were closed.

Why: book and bank are held against each other line by line, in rows that the database keeps in a
chain. New tables alone. Locks: people, fund_gifts, fund_gift_acts, fund_payouts and fund_postings,
for a moment.
"""

import sqlalchemy as sa
from alembic import op

revision = "statements"
down_revision = "committee"
branch_labels = None
depends_on = None

_TABLES = (
    "statement_months",
    "statement_lines",
    "statement_parties",
    "statement_acts",
    "statement_closings",
)
_ONLY_GROW = ("statement_months", "statement_lines", "statement_acts", "statement_closings")


def upgrade() -> None:
    op.create_table(
        "statement_months",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("before_month", sa.Date(), nullable=True),
        sa.Column("opening", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("closing", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("lines", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "before_month IS NULL OR before_month + interval '1 month' = month",
            name=op.f("ck_statement_months_follows"),
        ),
        sa.CheckConstraint(
            "extract(day FROM month) = 1", name=op.f("ck_statement_months_first_day")
        ),
        sa.CheckConstraint("lines >= 0", name=op.f("ck_statement_months_lines")),
        sa.ForeignKeyConstraint(
            ["before_month", "opening"],
            ["statement_months.month", "statement_months.closing"],
            name="fk_statement_months_chain",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_statement_months_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_months")),
        sa.UniqueConstraint(
            "before_month", name="uq_statement_months_before", postgresql_nulls_not_distinct=True
        ),
        sa.UniqueConstraint("month", "by_id", name="uq_statement_months_by"),
        sa.UniqueConstraint("month", "closing", name="uq_statement_months_chain"),
        sa.UniqueConstraint(
            "month", "opening", "closing", "lines", name="uq_statement_months_whole"
        ),
        sa.UniqueConstraint("month", "opening", "lines", name="uq_statement_months_lines"),
        sa.UniqueConstraint("month", name=op.f("uq_statement_months_month")),
        info={"append_only": True},
    )
    op.create_table(
        "statement_lines",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("opening", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("lines", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("before_number", sa.BigInteger(), nullable=True),
        sa.Column("before", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("after", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            '"on" >= month AND "on" < month + interval \'1 month\'',
            name=op.f("ck_statement_lines_day"),
        ),
        sa.CheckConstraint("after = before + (amount)", name=op.f("ck_statement_lines_sum")),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_statement_lines_something")),
        sa.CheckConstraint(
            "month IS NULL OR number >= 1 AND CASE WHEN number = 1 THEN before_number IS NULL AND before = opening ELSE before_number IS NOT NULL AND before_number = number - 1 END",
            name=op.f("ck_statement_lines_follows"),
        ),
        sa.CheckConstraint("number <= lines", name=op.f("ck_statement_lines_lines")),
        sa.ForeignKeyConstraint(
            ["month", "before_number", "before"],
            ["statement_lines.month", "statement_lines.number", "statement_lines.after"],
            name="fk_statement_lines_chain",
        ),
        sa.ForeignKeyConstraint(
            ["month", "opening", "lines"],
            ["statement_months.month", "statement_months.opening", "statement_months.lines"],
            name="fk_statement_lines_month",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_lines")),
        sa.UniqueConstraint("id", "month", "amount", name="uq_statement_lines_amount"),
        sa.UniqueConstraint("month", "number", "after", name="uq_statement_lines_chain"),
        sa.UniqueConstraint("month", "number", name="uq_statement_lines_number"),
        sa.UniqueConstraint("reference", name=op.f("uq_statement_lines_reference")),
        info={"append_only": True},
    )
    op.create_table(
        "statement_parties",
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["statement_lines.id"], name=op.f("fk_statement_parties_line_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_parties")),
        sa.UniqueConstraint("line_id", name=op.f("uq_statement_parties_line_id")),
    )
    op.create_table(
        "statement_acts",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("before_number", sa.BigInteger(), nullable=True),
        sa.Column("before", sa.BigInteger(), nullable=False),
        sa.Column("after", sa.BigInteger(), nullable=False),
        sa.Column("verb", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=True),
        sa.Column("line_id", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("slip", sa.String(length=40), nullable=True),
        sa.Column("gift_id", sa.BigInteger(), nullable=True),
        sa.Column("payout_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "thing",
            sa.Text(),
            sa.Computed(
                "CASE kind WHEN 'slip' THEN 'slip:' || slip WHEN 'payout' THEN 'payout:' || payout_id::text WHEN 'gift' THEN 'gift:' || gift_id::text WHEN 'refund' THEN 'refund:' || gift_id::text ELSE 'line:' || line_id::text END",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.Column("line_number", sa.BigInteger(), nullable=True),
        sa.Column("line_before", sa.BigInteger(), nullable=True),
        sa.Column("thing_number", sa.BigInteger(), nullable=True),
        sa.Column("thing_before", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(length=300), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("before_by", sa.BigInteger(), nullable=True),
        sa.Column("imported_by", sa.BigInteger(), nullable=False),
        sa.Column(
            "is_open", sa.Boolean(), sa.Computed("verb <> 'close'", persisted=True), nullable=False
        ),
        sa.Column(
            "before_open",
            sa.Boolean(),
            sa.Computed("before_number IS NOT NULL", persisted=True),
            nullable=False,
        ),
        sa.Column(
            "taken",
            sa.Text(),
            sa.Computed(
                "CASE WHEN verb = 'back' THEN CASE kind WHEN 'slip' THEN 'slip:' || slip WHEN 'payout' THEN 'payout:' || payout_id::text WHEN 'gift' THEN 'gift:' || gift_id::text WHEN 'refund' THEN 'refund:' || gift_id::text ELSE 'line:' || line_id::text END END",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.Column(
            "gift_amount",
            sa.Numeric(precision=14, scale=2),
            sa.Computed("CASE kind WHEN 'refund' THEN -amount ELSE amount END", persisted=True),
            nullable=True,
        ),
        sa.Column(
            "needs",
            sa.String(length=10),
            sa.Computed(
                "CASE kind WHEN 'refund' THEN 'reversed' ELSE 'banked' END", persisted=True
            ),
            nullable=True,
        ),
        sa.Column(
            "paid",
            sa.Numeric(precision=14, scale=2),
            sa.Computed("-amount", persisted=True),
            nullable=True,
        ),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(coalesce(kind, '') = 'slip') = (slip IS NOT NULL) AND (coalesce(kind, '') IN ('gift', 'refund')) = (gift_id IS NOT NULL) AND (coalesce(kind, '') = 'payout') = (payout_id IS NOT NULL)",
            name=op.f("ck_statement_acts_what"),
        ),
        sa.CheckConstraint(
            "CASE WHEN line_number IS NULL THEN line_before IS NULL ELSE line_number >= 1 AND (mod(line_number, 2) = 1) = (verb = 'match') AND coalesce(line_before, 0) = line_number - 1 END",
            name=op.f("ck_statement_acts_line_turn"),
        ),
        sa.CheckConstraint(
            "CASE WHEN thing_number IS NULL THEN thing_before IS NULL ELSE thing_number >= 1 AND (mod(thing_number, 2) = 1) = (verb = 'match') AND coalesce(thing_before, 0) = thing_number - 1 END",
            name=op.f("ck_statement_acts_thing_turn"),
        ),
        sa.CheckConstraint(
            "CASE verb WHEN 'close' THEN num_nonnulls(kind, line_id, line_number, thing_number) = 0 WHEN 'wait' THEN num_nonnulls(line_id, line_number, thing_number) = 0 AND kind IN ('slip', 'gift', 'payout', 'refund') AND note <> '' ELSE num_nonnulls(kind, line_id, amount, line_number, thing_number) = 5 END",
            name=op.f("ck_statement_acts_says"),
        ),
        sa.CheckConstraint(
            "after = before + (CASE verb WHEN 'match' THEN 1 WHEN 'back' THEN -1 ELSE 0 END)",
            name=op.f("ck_statement_acts_sum"),
        ),
        sa.CheckConstraint(
            "amount IS NULL OR kind = 'other' OR (amount > 0) = (kind IN ('slip', 'gift', 'interest'))",
            name=op.f("ck_statement_acts_way"),
        ),
        sa.CheckConstraint(
            "kind IN ('slip', 'gift', 'payout', 'refund', 'fee', 'interest', 'other')",
            name=op.f("ck_statement_acts_kind"),
        ),
        sa.CheckConstraint(
            "note <> '' OR NOT (verb = 'back' OR verb = 'match' AND kind = 'other')",
            name=op.f("ck_statement_acts_why"),
        ),
        sa.CheckConstraint(
            "verb <> 'close' OR by_id <> imported_by AND by_id IS DISTINCT FROM before_by",
            name=op.f("ck_statement_acts_two_people"),
        ),
        sa.CheckConstraint(
            "verb IN ('match', 'back', 'wait', 'close')", name=op.f("ck_statement_acts_verb")
        ),
        sa.CheckConstraint(
            "month IS NULL OR number >= 1 AND CASE WHEN number = 1 THEN before_number IS NULL AND before = 0 ELSE before_number IS NOT NULL AND before_number = number - 1 END",
            name=op.f("ck_statement_acts_follows"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_statement_acts_by_id")),
        sa.ForeignKeyConstraint(
            ["gift_id", "gift_amount"],
            ["fund_gifts.id", "fund_gifts.amount"],
            name="fk_statement_acts_gift_amount",
        ),
        sa.ForeignKeyConstraint(
            ["gift_id", "needs"],
            ["fund_gift_acts.gift_id", "fund_gift_acts.state"],
            name="fk_statement_acts_gift_state",
        ),
        sa.ForeignKeyConstraint(
            ["line_id", "line_before", "taken"],
            ["statement_acts.line_id", "statement_acts.line_number", "statement_acts.thing"],
            name="fk_statement_acts_back",
        ),
        sa.ForeignKeyConstraint(
            ["line_id", "line_before"],
            ["statement_acts.line_id", "statement_acts.line_number"],
            name="fk_statement_acts_line",
        ),
        sa.ForeignKeyConstraint(
            ["line_id", "month", "amount"],
            ["statement_lines.id", "statement_lines.month", "statement_lines.amount"],
            name="fk_statement_acts_amount",
        ),
        sa.ForeignKeyConstraint(
            ["month", "before_number", "before"],
            ["statement_acts.month", "statement_acts.number", "statement_acts.after"],
            name="fk_statement_acts_chain",
        ),
        sa.ForeignKeyConstraint(
            ["month", "before_number", "before_by"],
            ["statement_acts.month", "statement_acts.number", "statement_acts.by_id"],
            name="fk_statement_acts_before_by",
        ),
        sa.ForeignKeyConstraint(
            ["month", "before_number", "before_open"],
            ["statement_acts.month", "statement_acts.number", "statement_acts.is_open"],
            name="fk_statement_acts_open",
        ),
        sa.ForeignKeyConstraint(
            ["month", "imported_by"],
            ["statement_months.month", "statement_months.by_id"],
            name="fk_statement_acts_imported_by",
        ),
        sa.ForeignKeyConstraint(
            ["payout_id", "paid"],
            ["fund_payouts.id", "fund_payouts.amount"],
            name="fk_statement_acts_payout_amount",
        ),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["fund_postings.payout_id"], name="fk_statement_acts_posting"
        ),
        sa.ForeignKeyConstraint(
            ["thing", "thing_before"],
            ["statement_acts.thing", "statement_acts.thing_number"],
            name="fk_statement_acts_thing",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_acts")),
        sa.UniqueConstraint("line_id", "line_number", "thing", name="uq_statement_acts_said"),
        sa.UniqueConstraint("line_id", "line_number", name="uq_statement_acts_line"),
        sa.UniqueConstraint("month", "number", "after", name="uq_statement_acts_chain"),
        sa.UniqueConstraint("month", "number", "by_id", name="uq_statement_acts_by"),
        sa.UniqueConstraint("month", "number", "is_open", name="uq_statement_acts_open"),
        sa.UniqueConstraint("month", "number", name="uq_statement_acts_number"),
        sa.UniqueConstraint("thing", "thing_number", name="uq_statement_acts_thing"),
        info={"append_only": True},
    )
    op.create_index(
        "uq_statement_acts_wait",
        "statement_acts",
        ["month", "thing"],
        unique=True,
        postgresql_where=sa.text("verb = 'wait'"),
    )
    op.create_table(
        "statement_closings",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("before_month", sa.Date(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("opening", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("closing", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("lines", sa.BigInteger(), nullable=False),
        sa.Column(
            "last", sa.BigInteger(), sa.Computed("nullif(lines, 0)", persisted=True), nullable=True
        ),
        sa.Column("book", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("own", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("unbooked", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("on_way", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("begin", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("begin_words", sa.String(length=300), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "before_month IS NULL OR before_month + interval '1 month' = month",
            name=op.f("ck_statement_closings_follows"),
        ),
        sa.CheckConstraint(
            "begin = 0 OR begin_words <> ''", name=op.f("ck_statement_closings_begin")
        ),
        sa.CheckConstraint("NOT is_open", name=op.f("ck_statement_closings_act")),
        sa.CheckConstraint(
            "book + own + unbooked - on_way + begin = closing",
            name=op.f("ck_statement_closings_sum"),
        ),
        sa.CheckConstraint(
            "lines > 0 OR opening = closing", name=op.f("ck_statement_closings_empty")
        ),
        sa.ForeignKeyConstraint(
            ["before_month"], ["statement_closings.month"], name="fk_statement_closings_before"
        ),
        sa.ForeignKeyConstraint(
            ["month", "last", "closing"],
            ["statement_lines.month", "statement_lines.number", "statement_lines.after"],
            name="fk_statement_closings_last",
        ),
        sa.ForeignKeyConstraint(
            ["month", "number", "is_open"],
            ["statement_acts.month", "statement_acts.number", "statement_acts.is_open"],
            name="fk_statement_closings_act",
        ),
        sa.ForeignKeyConstraint(
            ["month", "number", "lines"],
            ["statement_acts.month", "statement_acts.number", "statement_acts.after"],
            name="fk_statement_closings_explained",
        ),
        sa.ForeignKeyConstraint(
            ["month", "opening", "closing", "lines"],
            [
                "statement_months.month",
                "statement_months.opening",
                "statement_months.closing",
                "statement_months.lines",
            ],
            name="fk_statement_closings_month",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_closings")),
        sa.UniqueConstraint(
            "before_month", name="uq_statement_closings_before", postgresql_nulls_not_distinct=True
        ),
        sa.UniqueConstraint("month", name=op.f("uq_statement_closings_month")),
        info={"append_only": True},
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

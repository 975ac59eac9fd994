"""Funds: the ledger of gifts and public money, gifts and their uses, payouts, the committee, sheets.

Why: every yuan in the open, and a database that refuses whatever does not fit. New tables alone.
Locks: people, units, organisations and api_tokens, for a moment.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "funds"
down_revision = "volunteers"
branch_labels = None
depends_on = None

_TABLES = (
    "fund_purposes",
    "fund_terms",
    "fund_boxes",
    "fund_sources",
    "fund_accounts",
    "fund_disclosures",
    "fund_gifts",
    "fund_handovers",
    "fund_lines",
    "fund_members",
    "fund_notes",
    "fund_donors",
    "fund_entries",
    "fund_gift_acts",
    "fund_openings",
    "fund_payouts",
    "fund_gift_uses",
    "fund_payout_acts",
    "fund_resolutions",
    "fund_stories",
    "fund_votes",
    "fund_postings",
)
_ONLY_GROW = (
    "fund_disclosures",
    "fund_gifts",
    "fund_notes",
    "fund_entries",
    "fund_gift_acts",
    "fund_openings",
    "fund_gift_uses",
    "fund_payout_acts",
    "fund_resolutions",
    "fund_stories",
    "fund_votes",
    "fund_postings",
)


def upgrade() -> None:
    op.create_table(
        "fund_purposes",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column(
            "free", sa.Boolean(), sa.Computed("code = 'free'", persisted=True), nullable=False
        ),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_purposes")),
        sa.UniqueConstraint("code", name=op.f("uq_fund_purposes_code")),
        sa.UniqueConstraint("id", "free", name="uq_fund_purposes_free"),
    )
    op.create_table(
        "fund_terms",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("words", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("source", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("dated", sa.String(length=10), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_terms")),
        sa.UniqueConstraint("code", name=op.f("uq_fund_terms_code")),
    )
    op.create_table(
        "fund_boxes",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["purpose_id"], ["fund_purposes.id"], name=op.f("fk_fund_boxes_purpose_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_fund_boxes_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_boxes")),
        sa.UniqueConstraint("code", name=op.f("uq_fund_boxes_code")),
    )
    op.create_table(
        "fund_sources",
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("document", sa.String(length=100), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("about", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_fund_sources_amount")),
        sa.CheckConstraint("until >= since", name=op.f("ck_fund_sources_order")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_fund_sources_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_sources")),
    )
    op.create_table(
        "fund_accounts",
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("book", sa.String(length=10), nullable=False),
        sa.Column("may_overdraw", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_fund_accounts_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_accounts")),
        sa.UniqueConstraint("code", name=op.f("uq_fund_accounts_code")),
        sa.UniqueConstraint("id", "book", name="uq_fund_accounts_book"),
        sa.UniqueConstraint("id", "may_overdraw", name="uq_fund_accounts_overdraw"),
    )
    op.create_table(
        "fund_disclosures",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("before_number", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=True),
        sa.Column("corrects_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(before_number IS NULL) = (previous IS NULL)", name=op.f("ck_fund_disclosures_chained")
        ),
        sa.CheckConstraint(
            "(corrects_id IS NULL) = (reason IS NULL)", name=op.f("ck_fund_disclosures_why")
        ),
        sa.CheckConstraint(
            "number >= 1 AND CASE WHEN number = 1 THEN before_number IS NULL ELSE before_number IS NOT NULL AND before_number = number - 1 END",
            name=op.f("ck_fund_disclosures_follows"),
        ),
        sa.ForeignKeyConstraint(
            ["before_number", "previous"],
            ["fund_disclosures.number", "fund_disclosures.digest"],
            name="fk_fund_disclosures_chain",
        ),
        sa.ForeignKeyConstraint(
            ["before_number"], ["fund_disclosures.number"], name="fk_fund_disclosures_before"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_fund_disclosures_by_id")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["fund_disclosures.id"], name=op.f("fk_fund_disclosures_corrects_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_disclosures")),
        sa.UniqueConstraint("code", name=op.f("uq_fund_disclosures_code")),
        sa.UniqueConstraint("number", "digest", name="uq_fund_disclosures_chain"),
        sa.UniqueConstraint("number", name="uq_fund_disclosures_number"),
    )
    op.create_table(
        "fund_gifts",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("before_number", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("submission", sa.String(length=64), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("purpose_id", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("shown_as", sa.String(length=10), nullable=False),
        sa.Column("shown", sa.String(length=60), nullable=False),
        sa.Column("campaign", sa.String(length=40), nullable=True),
        sa.Column("point", sa.String(length=40), nullable=True),
        sa.Column("fundraiser", sa.String(length=40), nullable=True),
        sa.Column("keeper_id", sa.BigInteger(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(shown_as = 'anonymous') = (shown = '')", name=op.f("ck_fund_gifts_shown")
        ),
        sa.CheckConstraint(
            "shown_as <> 'initial' OR length(shown) = 1", name=op.f("ck_fund_gifts_initial")
        ),
        sa.CheckConstraint(
            "shown_as IN ('name', 'initial', 'anonymous')", name=op.f("ck_fund_gifts_shown_as")
        ),
        sa.CheckConstraint(
            "way IN ('point', 'box', 'event', 'bank')", name=op.f("ck_fund_gifts_way")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_fund_gifts_amount")),
        sa.CheckConstraint(
            "number >= 1 AND CASE WHEN number = 1 THEN before_number IS NULL ELSE before_number IS NOT NULL AND before_number = number - 1 END",
            name=op.f("ck_fund_gifts_follows"),
        ),
        sa.ForeignKeyConstraint(
            ["before_number"], ["fund_gifts.number"], name="fk_fund_gifts_before"
        ),
        sa.ForeignKeyConstraint(["keeper_id"], ["people.id"], name=op.f("fk_fund_gifts_keeper_id")),
        sa.ForeignKeyConstraint(
            ["purpose_id"], ["fund_purposes.id"], name=op.f("fk_fund_gifts_purpose_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_fund_gifts_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_gifts")),
        sa.UniqueConstraint("code", name=op.f("uq_fund_gifts_code")),
        sa.UniqueConstraint("id", "amount", name="uq_fund_gifts_amount"),
        sa.UniqueConstraint("id", "purpose_id", name="uq_fund_gifts_purpose"),
        sa.UniqueConstraint("number", name="uq_fund_gifts_number"),
        sa.UniqueConstraint("submission", name=op.f("uq_fund_gifts_submission")),
    )
    op.create_index(op.f("ix_fund_gifts_campaign"), "fund_gifts", ["campaign"], unique=False)
    op.create_index(op.f("ix_fund_gifts_purpose_id"), "fund_gifts", ["purpose_id"], unique=False)
    op.create_index(op.f("ix_fund_gifts_received_on"), "fund_gifts", ["received_on"], unique=False)
    op.create_table(
        "fund_handovers",
        sa.Column("from_id", sa.BigInteger(), nullable=False),
        sa.Column("to_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "amount > 0 AND from_id <> to_id", name=op.f("ck_fund_handovers_between_two")
        ),
        sa.ForeignKeyConstraint(["from_id"], ["people.id"], name=op.f("fk_fund_handovers_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["people.id"], name=op.f("fk_fund_handovers_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_handovers")),
    )
    op.create_index(op.f("ix_fund_handovers_to_id"), "fund_handovers", ["to_id"], unique=False)
    op.create_index(
        "uq_fund_handovers_open",
        "fund_handovers",
        ["from_id"],
        unique=True,
        postgresql_where=sa.text("accepted_at IS NULL AND declined_at IS NULL"),
    )
    op.create_table(
        "fund_lines",
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("purpose", sa.String(length=100), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("about", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("stops", sa.String(length=100), server_default="", nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_fund_lines_amount")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["fund_sources.id"], name=op.f("fk_fund_lines_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_lines")),
    )
    op.create_index(op.f("ix_fund_lines_source_id"), "fund_lines", ["source_id"], unique=False)
    op.create_table(
        "fund_members",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("seat", sa.String(length=10), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "seat IN ('chair', 'member', 'supervisor')", name=op.f("ck_fund_members_seat")
        ),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_fund_members_order")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_fund_members_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_members")),
    )
    op.create_index(
        "uq_fund_members_now",
        "fund_members",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "fund_notes",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_fund_notes_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_notes")),
    )
    op.create_index(op.f("ix_fund_notes_key"), "fund_notes", ["key"], unique=False)
    op.create_table(
        "fund_donors",
        sa.Column("gift_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["gift_id"], ["fund_gifts.id"], name=op.f("fk_fund_donors_gift_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_donors")),
        sa.UniqueConstraint("gift_id", name=op.f("uq_fund_donors_gift_id")),
    )
    op.create_table(
        "fund_entries",
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
        sa.CheckConstraint("book IN ('charity', 'public')", name=op.f("ck_fund_entries_book")),
        sa.CheckConstraint("account_id <> other_id", name=op.f("ck_fund_entries_two_sides")),
        sa.CheckConstraint(
            "account_id IS NULL OR number >= 1 AND CASE WHEN number = 1 THEN before_number IS NULL AND before = 0 ELSE before_number IS NOT NULL AND before_number = number - 1 END",
            name=op.f("ck_fund_entries_follows"),
        ),
        sa.CheckConstraint("after = before + (amount)", name=op.f("ck_fund_entries_sum")),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_fund_entries_something")),
        sa.CheckConstraint("may_overdraw OR after >= 0", name=op.f("ck_fund_entries_overdraft")),
        sa.CheckConstraint(
            "reverses IS NULL OR reason IS NOT NULL", name=op.f("ck_fund_entries_why")
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "before_number", "before"],
            ["fund_entries.account_id", "fund_entries.number", "fund_entries.after"],
            name="fk_fund_entries_chain",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "book"],
            ["fund_accounts.id", "fund_accounts.book"],
            name="fk_fund_entries_book",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "may_overdraw"],
            ["fund_accounts.id", "fund_accounts.may_overdraw"],
            name="fk_fund_entries_overdraw",
        ),
        sa.ForeignKeyConstraint(
            ["key", "other_id", "account_id", "opposite"],
            [
                "fund_entries.key",
                "fund_entries.account_id",
                "fund_entries.other_id",
                "fund_entries.amount",
            ],
            name="fk_fund_entries_mirror",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["other_id", "book"],
            ["fund_accounts.id", "fund_accounts.book"],
            name="fk_fund_entries_other_book",
        ),
        sa.ForeignKeyConstraint(
            ["reverses", "account_id", "other_id", "opposite"],
            [
                "fund_entries.key",
                "fund_entries.account_id",
                "fund_entries.other_id",
                "fund_entries.amount",
            ],
            name="fk_fund_entries_reverses",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_entries")),
        sa.UniqueConstraint("account_id", "number", "after", name="uq_fund_entries_chain"),
        sa.UniqueConstraint("account_id", "number", name="uq_fund_entries_number"),
        sa.UniqueConstraint("key", "account_id", "other_id", "amount", name="uq_fund_entries_side"),
        sa.UniqueConstraint("key", "account_id", name="uq_fund_entries_once"),
        sa.UniqueConstraint("reverses", "account_id", name="uq_fund_entries_reversed"),
    )
    op.create_index(op.f("ix_fund_entries_kind"), "fund_entries", ["kind"], unique=False)
    op.create_table(
        "fund_gift_acts",
        sa.Column("gift_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("before", sa.String(length=10), nullable=True),
        sa.Column("slip", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(state = 'reversed') = (reason IS NOT NULL)", name=op.f("ck_fund_gift_acts_why")
        ),
        sa.CheckConstraint(
            "state = 'held' AND before IS NULL OR state = 'banked' AND before IS NULL OR state = 'banked' AND before = 'held' OR state = 'confirmed' AND before = 'banked' OR state = 'reversed' AND before = 'held' OR state = 'reversed' AND before = 'banked' OR state = 'reversed' AND before = 'confirmed'",
            name=op.f("ck_fund_gift_acts_order"),
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["people.id"], name=op.f("fk_fund_gift_acts_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["gift_id", "before"],
            ["fund_gift_acts.gift_id", "fund_gift_acts.state"],
            name="fk_fund_gift_acts_before",
        ),
        sa.ForeignKeyConstraint(
            ["gift_id"], ["fund_gifts.id"], name=op.f("fk_fund_gift_acts_gift_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_gift_acts")),
        sa.UniqueConstraint(
            "gift_id", "before", name="uq_fund_gift_acts_before", postgresql_nulls_not_distinct=True
        ),
        sa.UniqueConstraint("gift_id", "state", name="uq_fund_gift_acts_state"),
    )
    op.create_index(op.f("ix_fund_gift_acts_slip"), "fund_gift_acts", ["slip"], unique=False)
    op.create_table(
        "fund_openings",
        sa.Column("box_id", sa.BigInteger(), nullable=False),
        sa.Column("gift_id", sa.BigInteger(), nullable=False),
        sa.Column("first_id", sa.BigInteger(), nullable=False),
        sa.Column("second_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("n_10000", sa.BigInteger(), nullable=False),
        sa.Column("n_5000", sa.BigInteger(), nullable=False),
        sa.Column("n_2000", sa.BigInteger(), nullable=False),
        sa.Column("n_1000", sa.BigInteger(), nullable=False),
        sa.Column("n_500", sa.BigInteger(), nullable=False),
        sa.Column("n_100", sa.BigInteger(), nullable=False),
        sa.Column("n_50", sa.BigInteger(), nullable=False),
        sa.Column("n_10", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "amount * 100 = n_10000 * 10000 + n_5000 * 5000 + n_2000 * 2000 + n_1000 * 1000 + n_500 * 500 + n_100 * 100 + n_50 * 50 + n_10 * 10",
            name=op.f("ck_fund_openings_counted"),
        ),
        sa.CheckConstraint("first_id <> second_id", name=op.f("ck_fund_openings_two_people")),
        sa.CheckConstraint(
            "n_10000 >= 0 AND n_5000 >= 0 AND n_2000 >= 0 AND n_1000 >= 0 AND n_500 >= 0 AND n_100 >= 0 AND n_50 >= 0 AND n_10 >= 0",
            name=op.f("ck_fund_openings_coins"),
        ),
        sa.ForeignKeyConstraint(
            ["box_id"], ["fund_boxes.id"], name=op.f("fk_fund_openings_box_id")
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["people.id"], name=op.f("fk_fund_openings_first_id")
        ),
        sa.ForeignKeyConstraint(
            ["gift_id", "amount"],
            ["fund_gifts.id", "fund_gifts.amount"],
            name="fk_fund_openings_gift",
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["people.id"], name=op.f("fk_fund_openings_second_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_openings")),
        sa.UniqueConstraint("gift_id", name=op.f("uq_fund_openings_gift_id")),
    )
    op.create_index(op.f("ix_fund_openings_box_id"), "fund_openings", ["box_id"], unique=False)
    op.create_table(
        "fund_payouts",
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("submission", sa.String(length=64), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("purpose_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("payee", sa.String(length=100), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=True),
        sa.Column("file_no", sa.String(length=40), nullable=True),
        sa.Column("care", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("checked_by", sa.BigInteger(), nullable=True),
        sa.Column("sent_by", sa.BigInteger(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("acts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'resolved', 'checked', 'sent', 'posted', 'returned')",
            name=op.f("ck_fund_payouts_state"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_fund_payouts_amount")),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_fund_payouts_asked_by")),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["people.id"], name=op.f("fk_fund_payouts_checked_by")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_fund_payouts_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["purpose_id"], ["fund_purposes.id"], name=op.f("fk_fund_payouts_purpose_id")
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["people.id"], name=op.f("fk_fund_payouts_sent_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_fund_payouts_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_payouts")),
        sa.UniqueConstraint("code", name=op.f("uq_fund_payouts_code")),
        sa.UniqueConstraint("id", "amount", name="uq_fund_payouts_amount"),
        sa.UniqueConstraint(
            "id", "asked_by", "checked_by", "sent_by", name="uq_fund_payouts_hands"
        ),
        sa.UniqueConstraint("id", "purpose_id", name="uq_fund_payouts_purpose"),
        sa.UniqueConstraint("submission", name=op.f("uq_fund_payouts_submission")),
    )
    op.create_index(op.f("ix_fund_payouts_posted_on"), "fund_payouts", ["posted_on"], unique=False)
    op.create_index(
        op.f("ix_fund_payouts_purpose_id"), "fund_payouts", ["purpose_id"], unique=False
    )
    op.create_index(op.f("ix_fund_payouts_unit_id"), "fund_payouts", ["unit_id"], unique=False)
    op.create_table(
        "fund_gift_uses",
        sa.Column("gift_id", sa.BigInteger(), nullable=False),
        sa.Column("gift_number", sa.BigInteger(), nullable=False),
        sa.Column("gift_before_number", sa.BigInteger(), nullable=True),
        sa.Column("gift_before", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("gift_after", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("gift_amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("payout_id", sa.BigInteger(), nullable=True),
        sa.Column("payout_number", sa.BigInteger(), nullable=True),
        sa.Column("payout_before_number", sa.BigInteger(), nullable=True),
        sa.Column("payout_before", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("payout_after", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("purpose_id", sa.BigInteger(), nullable=False),
        sa.Column("free", sa.Boolean(), nullable=False),
        sa.Column("allowed_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "needs",
            sa.String(length=10),
            sa.Computed(
                "CASE WHEN payout_id IS NULL THEN 'reversed' ELSE 'confirmed' END", persisted=True
            ),
            nullable=True,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "CASE WHEN payout_id IS NULL THEN allowed_id IS NULL ELSE allowed_id IS NOT NULL AND (allowed_id = purpose_id OR free) END",
            name=op.f("ck_fund_gift_uses_purpose"),
        ),
        sa.CheckConstraint(
            "CASE WHEN payout_id IS NULL THEN num_nonnulls(payout_number, payout_before_number, payout_before, payout_after) = 0 ELSE payout_number IS NOT NULL AND payout_before IS NOT NULL AND payout_after IS NOT NULL END",
            name=op.f("ck_fund_gift_uses_payout_or_back"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_fund_gift_uses_amount")),
        sa.CheckConstraint(
            "gift_after = gift_before + (-amount)", name=op.f("ck_fund_gift_uses_gift_sum")
        ),
        sa.CheckConstraint("gift_after >= 0", name=op.f("ck_fund_gift_uses_left")),
        sa.CheckConstraint(
            "gift_id IS NULL OR gift_number >= 1 AND CASE WHEN gift_number = 1 THEN gift_before_number IS NULL AND gift_before = gift_amount ELSE gift_before_number IS NOT NULL AND gift_before_number = gift_number - 1 END",
            name=op.f("ck_fund_gift_uses_gift_follows"),
        ),
        sa.CheckConstraint(
            "payout_after = payout_before + (amount)", name=op.f("ck_fund_gift_uses_payout_sum")
        ),
        sa.CheckConstraint(
            "payout_id IS NOT NULL OR (gift_number = 1 AND gift_after = 0)",
            name=op.f("ck_fund_gift_uses_given_back"),
        ),
        sa.CheckConstraint(
            "payout_id IS NULL OR payout_number >= 1 AND CASE WHEN payout_number = 1 THEN payout_before_number IS NULL AND payout_before = 0 ELSE payout_before_number IS NOT NULL AND payout_before_number = payout_number - 1 END",
            name=op.f("ck_fund_gift_uses_payout_follows"),
        ),
        sa.ForeignKeyConstraint(
            ["gift_id", "gift_amount"],
            ["fund_gifts.id", "fund_gifts.amount"],
            name="fk_fund_gift_uses_gift",
        ),
        sa.ForeignKeyConstraint(
            ["gift_id", "gift_before_number", "gift_before"],
            ["fund_gift_uses.gift_id", "fund_gift_uses.gift_number", "fund_gift_uses.gift_after"],
            name="fk_fund_gift_uses_gift_chain",
        ),
        sa.ForeignKeyConstraint(
            ["gift_id", "needs"],
            ["fund_gift_acts.gift_id", "fund_gift_acts.state"],
            name="fk_fund_gift_uses_confirmed",
        ),
        sa.ForeignKeyConstraint(
            ["gift_id", "purpose_id"],
            ["fund_gifts.id", "fund_gifts.purpose_id"],
            name="fk_fund_gift_uses_gift_purpose",
        ),
        sa.ForeignKeyConstraint(
            ["payout_id", "allowed_id"],
            ["fund_payouts.id", "fund_payouts.purpose_id"],
            name="fk_fund_gift_uses_payout_purpose",
        ),
        sa.ForeignKeyConstraint(
            ["payout_id", "payout_before_number", "payout_before"],
            [
                "fund_gift_uses.payout_id",
                "fund_gift_uses.payout_number",
                "fund_gift_uses.payout_after",
            ],
            name="fk_fund_gift_uses_payout_chain",
        ),
        sa.ForeignKeyConstraint(
            ["purpose_id", "free"],
            ["fund_purposes.id", "fund_purposes.free"],
            name="fk_fund_gift_uses_free",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_gift_uses")),
        sa.UniqueConstraint(
            "gift_id", "gift_number", "gift_after", name="uq_fund_gift_uses_gift_chain"
        ),
        sa.UniqueConstraint("gift_id", "gift_number", name="uq_fund_gift_uses_gift_number"),
        sa.UniqueConstraint(
            "payout_id", "payout_number", "payout_after", name="uq_fund_gift_uses_payout_chain"
        ),
        sa.UniqueConstraint("payout_id", "payout_number", name="uq_fund_gift_uses_payout_number"),
    )
    op.create_index(
        op.f("ix_fund_gift_uses_payout_id"), "fund_gift_uses", ["payout_id"], unique=False
    )
    op.create_table(
        "fund_payout_acts",
        sa.Column("payout_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("token_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor_kind", sa.String(length=20), server_default="person", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["people.id"], name=op.f("fk_fund_payout_acts_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["fund_payouts.id"], name=op.f("fk_fund_payout_acts_payout_id")
        ),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_tokens.id"], name=op.f("fk_fund_payout_acts_token_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_payout_acts")),
        sa.UniqueConstraint(
            "payout_id", "number", name=op.f("uq_fund_payout_acts_payout_id_number")
        ),
    )
    op.create_table(
        "fund_resolutions",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("before_number", sa.BigInteger(), nullable=True),
        sa.Column("payout_id", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("members", sa.BigInteger(), nullable=False),
        sa.Column("yes", sa.BigInteger(), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("abstained", sa.BigInteger(), nullable=False),
        sa.Column("recused", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "2 * (yes + no + abstained) > members AND 2 * yes > yes + no + abstained",
            name=op.f("ck_fund_resolutions_carried"),
        ),
        sa.CheckConstraint(
            "number >= 1 AND CASE WHEN number = 1 THEN before_number IS NULL ELSE before_number IS NOT NULL AND before_number = number - 1 END",
            name=op.f("ck_fund_resolutions_follows"),
        ),
        sa.ForeignKeyConstraint(
            ["before_number"], ["fund_resolutions.number"], name="fk_fund_resolutions_before"
        ),
        sa.ForeignKeyConstraint(
            ["payout_id", "amount"],
            ["fund_payouts.id", "fund_payouts.amount"],
            name="fk_fund_resolutions_amount",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_resolutions")),
        sa.UniqueConstraint("id", "payout_id", "amount", name="uq_fund_resolutions_about"),
        sa.UniqueConstraint("number", name="uq_fund_resolutions_number"),
        sa.UniqueConstraint("payout_id", name=op.f("uq_fund_resolutions_payout_id")),
    )
    op.create_table(
        "fund_stories",
        sa.Column("payout_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("heads", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("heads BETWEEN 0 AND 1000000", name=op.f("ck_fund_stories_heads")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_fund_stories_by_id")),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["fund_payouts.id"], name=op.f("fk_fund_stories_payout_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_stories")),
        sa.UniqueConstraint("payout_id", "number", name="uq_fund_stories_number"),
    )
    op.create_table(
        "fund_votes",
        sa.Column("payout_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("vote", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "vote IN ('yes', 'no', 'abstain', 'recused')", name=op.f("ck_fund_votes_vote")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["fund_members.id"], name=op.f("fk_fund_votes_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["fund_payouts.id"], name=op.f("fk_fund_votes_payout_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_votes")),
        sa.UniqueConstraint("payout_id", "member_id", name="uq_fund_votes_once"),
    )
    op.create_table(
        "fund_postings",
        sa.Column("payout_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("resolution_id", sa.BigInteger(), nullable=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.Column("covered", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("checked_by", sa.BigInteger(), nullable=False),
        sa.Column("sent_by", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=60), server_default="", nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "asked_by <> checked_by AND checked_by <> sent_by AND asked_by <> sent_by",
            name=op.f("ck_fund_postings_three_people"),
        ),
        sa.CheckConstraint("covered = amount", name=op.f("ck_fund_postings_covered")),
        sa.ForeignKeyConstraint(
            ["payout_id", "asked_by", "checked_by", "sent_by"],
            [
                "fund_payouts.id",
                "fund_payouts.asked_by",
                "fund_payouts.checked_by",
                "fund_payouts.sent_by",
            ],
            name="fk_fund_postings_hands",
        ),
        sa.ForeignKeyConstraint(
            ["payout_id", "last_number", "covered"],
            [
                "fund_gift_uses.payout_id",
                "fund_gift_uses.payout_number",
                "fund_gift_uses.payout_after",
            ],
            name="fk_fund_postings_cover",
        ),
        sa.ForeignKeyConstraint(
            ["resolution_id", "payout_id", "amount"],
            ["fund_resolutions.id", "fund_resolutions.payout_id", "fund_resolutions.amount"],
            name="fk_fund_postings_resolution",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_postings")),
        sa.UniqueConstraint("payout_id", name=op.f("uq_fund_postings_payout_id")),
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

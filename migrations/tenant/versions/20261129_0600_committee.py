"""Meetings of the committee with agenda, who is here, votes on items; payouts that give gifts back.

Why: what the committee decides hangs on an evening that can be read again, and a gift that the host
has confirmed goes back by a resolution alone. What was before stays true: such gifts and payouts
are written into fund_earlier once, which the runtime can only read.
Locks: people, api_tokens, fund_gifts and fund_members for a moment; fund_payouts is written anew,
fund_gift_acts, fund_votes and fund_resolutions get a column each in the rows of before.
"""

import sqlalchemy as sa
from alembic import op

revision = "committee"
down_revision = "points"
branch_labels = None
depends_on = None

_NEW = ("fund_earlier", "fund_meetings", "fund_meeting_acts", "fund_items", "fund_present")
_BEFORE = "state = 'reversed' AND before = 'confirmed'"
_FILL = (
    f"INSERT INTO fund_earlier (gift_id) SELECT gift_id FROM fund_gift_acts WHERE {_BEFORE}",
    f"UPDATE fund_gift_acts SET earlier_id = gift_id WHERE {_BEFORE}",
    "INSERT INTO fund_earlier (payout_id) SELECT payout_id FROM fund_votes"
    " UNION SELECT payout_id FROM fund_resolutions",
    "UPDATE fund_votes SET earlier_id = payout_id",
    "UPDATE fund_resolutions SET earlier_id = payout_id",
)


def _id() -> sa.Column:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _foreign(
    table: str, *columns: str, other: str, theirs: tuple[str, ...], name: str = ""
) -> None:
    op.create_foreign_key(
        op.f(f"fk_{table}_{name or columns[0]}"), table, other, list(columns), list(theirs)
    )


def upgrade() -> None:
    _meetings()
    _columns()
    for statement in _FILL:
        op.execute(statement)
    _constraints()
    for table, rights in (("fund_earlier", "INSERT, UPDATE, DELETE"),
                          ("fund_meeting_acts", "UPDATE, DELETE")):  # fmt: skip
        op.execute(
            f"""DO $$ BEGIN
              IF EXISTS (SELECT FROM pg_roles WHERE rolname = current_schema()) THEN
                EXECUTE format('REVOKE {rights} ON {table} FROM %I', current_schema());
              END IF;
            END $$"""
        )


def _meetings() -> None:
    op.create_table(
        "fund_earlier",
        sa.Column("gift_id", sa.BigInteger(), nullable=True),
        sa.Column("payout_id", sa.BigInteger(), nullable=True),
        _id(),
        sa.CheckConstraint(
            "num_nonnulls(gift_id, payout_id) = 1", name=op.f("ck_fund_earlier_one")
        ),
        sa.ForeignKeyConstraint(
            ["gift_id"], ["fund_gifts.id"], name=op.f("fk_fund_earlier_gift_id")
        ),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["fund_payouts.id"], name=op.f("fk_fund_earlier_payout_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_earlier")),
        sa.UniqueConstraint("gift_id", name=op.f("uq_fund_earlier_gift_id")),
        sa.UniqueConstraint("payout_id", name=op.f("uq_fund_earlier_payout_id")),
        info={"append_only": True},
    )
    op.create_table(
        "fund_meetings",
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("hour", sa.Time(), nullable=True),
        sa.Column("place", sa.String(length=60), nullable=True),
        sa.Column("called_by", sa.BigInteger(), nullable=True),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("acts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        _id(),
        sa.CheckConstraint(
            "state IN ('planned', 'held', 'closed', 'called_off')",
            name=op.f("ck_fund_meetings_state"),
        ),
        sa.CheckConstraint("(hour IS NULL) = (place IS NULL)", name=op.f("ck_fund_meetings_where")),
        sa.ForeignKeyConstraint(
            ["called_by"], ["people.id"], name=op.f("fk_fund_meetings_called_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_meetings")),
        sa.UniqueConstraint("code", name=op.f("uq_fund_meetings_code")),
        sa.UniqueConstraint("id", "state", "acts", name="uq_fund_meetings_acts"),
        sa.UniqueConstraint("number", name=op.f("uq_fund_meetings_number")),
    )
    op.create_index(op.f("ix_fund_meetings_on"), "fund_meetings", ["on"], unique=False)
    op.create_table(
        "fund_meeting_acts",
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("token_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor_kind", sa.String(length=20), server_default="person", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _id(),
        sa.Column(
            "last",
            sa.String(length=20),
            sa.Computed(
                "CASE WHEN state IN ('closed', 'called_off') THEN state END", persisted=True
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["people.id"], name=op.f("fk_fund_meeting_acts_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "last", "number"],
            ["fund_meetings.id", "fund_meetings.state", "fund_meetings.acts"],
            name="fk_fund_meeting_acts_last",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["fund_meetings.id"], name=op.f("fk_fund_meeting_acts_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_tokens.id"], name=op.f("fk_fund_meeting_acts_token_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_meeting_acts")),
        sa.UniqueConstraint(
            "meeting_id", "number", name=op.f("uq_fund_meeting_acts_meeting_id_number")
        ),
        info={"append_only": True},
    )
    op.create_table(
        "fund_items",
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("payout_id", sa.BigInteger(), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=True),
        sa.Column("said", sa.String(length=500), nullable=True),
        _id(),
        sa.CheckConstraint("num_nonnulls(payout_id, subject) = 1", name=op.f("ck_fund_items_one")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["fund_meetings.id"], name=op.f("fk_fund_items_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["fund_payouts.id"], name=op.f("fk_fund_items_payout_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_items")),
        sa.UniqueConstraint("id", "meeting_id", "payout_id", name="uq_fund_items_meeting"),
        sa.UniqueConstraint("id", "payout_id", name="uq_fund_items_payout"),
        sa.UniqueConstraint("meeting_id", "number", name="uq_fund_items_number"),
    )
    op.create_index(op.f("ix_fund_items_payout_id"), "fund_items", ["payout_id"], unique=False)
    op.create_table(
        "fund_present",
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _id(),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["fund_meetings.id"], name=op.f("fk_fund_present_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["fund_members.id"], name=op.f("fk_fund_present_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_present")),
        sa.UniqueConstraint("meeting_id", "member_id", name="uq_fund_present_once"),
    )


def _columns() -> None:
    number = sa.BigInteger()
    op.add_column("fund_payouts", sa.Column("gift_id", number, nullable=True))
    op.add_column(
        "fund_payouts",
        sa.Column(
            "back", number, sa.Computed("COALESCE(gift_id, 0)", persisted=True), nullable=False
        ),
    )
    op.add_column("fund_gift_uses", sa.Column("back", number, server_default="0", nullable=False))
    for table, columns in (
        ("fund_gift_acts", ("payout_id", "earlier_id")),
        ("fund_votes", ("item_id", "meeting_id", "earlier_id")),
        ("fund_resolutions", ("item_id", "earlier_id")),
    ):
        for column in columns:
            op.add_column(table, sa.Column(column, number, nullable=True))


def _constraints() -> None:
    op.create_index(op.f("ix_fund_payouts_gift_id"), "fund_payouts", ["gift_id"], unique=False)
    op.create_index(
        "uq_fund_payouts_asked_back",
        "fund_payouts",
        ["gift_id"],
        unique=True,
        postgresql_where=sa.text("state NOT IN ('posted', 'returned')"),
    )
    op.create_unique_constraint("uq_fund_payouts_gift", "fund_payouts", ["id", "gift_id"])
    op.create_unique_constraint("uq_fund_payouts_back", "fund_payouts", ["id", "back"])
    op.drop_constraint("uq_fund_votes_once", "fund_votes")
    op.create_unique_constraint(
        "uq_fund_votes_once",
        "fund_votes",
        ["payout_id", "member_id", "item_id"],
        postgresql_nulls_not_distinct=True,
    )
    _foreign("fund_payouts", "gift_id", other="fund_gifts", theirs=("id",))
    _foreign("fund_gift_uses", "payout_id", "back", other="fund_payouts", theirs=("id", "back"),
             name="back")  # fmt: skip
    _foreign("fund_gift_acts", "payout_id", "gift_id", other="fund_payouts",
             theirs=("id", "gift_id"), name="payout")  # fmt: skip
    _foreign("fund_gift_acts", "payout_id", other="fund_resolutions", theirs=("payout_id",),
             name="resolution")  # fmt: skip
    _foreign("fund_gift_acts", "earlier_id", other="fund_earlier", theirs=("gift_id",))
    _foreign("fund_votes", "item_id", "meeting_id", "payout_id", other="fund_items",
             theirs=("id", "meeting_id", "payout_id"), name="item")  # fmt: skip
    _foreign("fund_votes", "meeting_id", "member_id", other="fund_present",
             theirs=("meeting_id", "member_id"), name="here")  # fmt: skip
    _foreign("fund_resolutions", "item_id", "payout_id", other="fund_items",
             theirs=("id", "payout_id"), name="item")  # fmt: skip
    for table in ("fund_votes", "fund_resolutions"):
        _foreign(table, "earlier_id", other="fund_earlier", theirs=("payout_id",))
    for table, name, condition in _CHECKS:
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)


_CHECKS = (
    ("fund_gift_uses", "back", "back = 0 OR payout_id IS NOT NULL AND (back = gift_id OR free)"),
    (
        "fund_gift_acts",
        "by_resolution",
        "state <> 'reversed' OR before <> 'confirmed' OR num_nonnulls(payout_id, earlier_id) = 1",
    ),
    ("fund_gift_acts", "earlier", "earlier_id = gift_id"),
    ("fund_votes", "where", "(item_id IS NULL) = (meeting_id IS NULL)"),
    ("fund_votes", "in_meeting", "num_nonnulls(item_id, earlier_id) = 1"),
    ("fund_votes", "earlier", "earlier_id = payout_id"),
    ("fund_resolutions", "in_meeting", "num_nonnulls(item_id, earlier_id) = 1"),
    ("fund_resolutions", "earlier", "earlier_id = payout_id"),
)


def downgrade() -> None:
    for table, name in (
        ("fund_resolutions", "item"),
        ("fund_resolutions", "earlier_id"),
        ("fund_votes", "item"),
        ("fund_votes", "here"),
        ("fund_votes", "earlier_id"),
        ("fund_gift_acts", "payout"),
        ("fund_gift_acts", "resolution"),
        ("fund_gift_acts", "earlier_id"),
        ("fund_gift_uses", "back"),
    ):
        op.drop_constraint(op.f(f"fk_{table}_{name}"), table)
    for table, name, _condition in _CHECKS:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
    op.drop_constraint("uq_fund_votes_once", "fund_votes")
    op.create_unique_constraint("uq_fund_votes_once", "fund_votes", ["payout_id", "member_id"])
    for table, columns in (
        ("fund_resolutions", ("item_id", "earlier_id")),
        ("fund_votes", ("item_id", "meeting_id", "earlier_id")),
        ("fund_gift_acts", ("payout_id", "earlier_id")),
        ("fund_gift_uses", ("back",)),
        ("fund_payouts", ("back", "gift_id")),
    ):
        for column in columns:
            op.drop_column(table, column)
    for table in reversed(_NEW):
        op.drop_table(table)

"""Demands with their full table of states, a clock in working time, helpers, followers, answers.

Why: a demand that nobody accepts climbs by itself, several units handle one together, the resident
has the last word, and figures are read off one table. What a district has keeps its meaning: one
kind of demands, the terms that the shipped packages have, counts recomputed from custody. Working
time of demands that were finished before is estimated from a forty-hour week, since the calendar
of those days is not known. Locks: demands and custody, for as long as it takes to rewrite them.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "five_levels"
down_revision = "notices"
branch_labels = None
depends_on = None

_STATES = (
    "waiting accepted doubted asked suspended resolved confirmed ended declined withdrawn merged"
)
_STATES_BEFORE = "waiting accepted resolved ended withdrawn"
_CHANNELS = "own desk phone patrol room workbook api open311"
_BACKFILL = (
    """INSERT INTO demand_kinds (code, name, hint, position) SELECT 'demands',
    '{"zh": "群众诉求", "en": "Demands"}', '{"zh": "身边的问题", "en": "What is wrong around you"}', 0
    WHERE EXISTS (SELECT FROM demand_categories)""",
    """INSERT INTO demand_terms (warn_percent, confirm_days, reopen_days, appeal_days, answer_days,
    review_hours) SELECT 75, 7, 15, 15, 5, 8 WHERE EXISTS (SELECT FROM demand_categories)""",
    """INSERT INTO demand_reason_codes (code, use, name, position)
    SELECT code, use, name::jsonb, position FROM (VALUES
    ('third_party', 'suspend', '{"zh": "等待其他单位答复", "en": "Waiting for others"}', 0),
    ('cannot_verify', 'decline', '{"zh": "事实无法核实", "en": "Cannot be verified"}', 1)
    ) AS given (code, use, name, position) WHERE EXISTS (SELECT FROM demand_categories)""",
    "UPDATE demand_categories SET kind = 'demands'",
    "UPDATE custody SET verb = 'take_over' WHERE verb = 'merge'",
    "UPDATE custody SET actor_kind = 'system' WHERE actor_id IS NULL",
    """UPDATE demands SET kind = 'demands', clock = 1, next_at = due_at, warn_at = due_at,
    running_since = CASE WHEN ended_at IS NULL THEN filed_at END,
    worked_minutes = coalesce(extract(epoch FROM ended_at - filed_at) / 60 * 40 / 168, 0)""",
    """UPDATE demands SET acts = told.acts, passed_up = told.passed_up, returned = told.returned,
    accepted_at = told.accepted_at, accepted_in_time = told.accepted_at <= told.first_due
    FROM (SELECT demand_id, max(number) AS acts,
            count(*) FILTER (WHERE verb = 'pass_up') AS passed_up,
            count(*) FILTER (WHERE verb = 'return_down') AS returned,
            min(at) FILTER (WHERE verb = 'accept') AS accepted_at,
            min(due_at) FILTER (WHERE verb = 'file') AS first_due
          FROM custody GROUP BY demand_id) AS told WHERE told.demand_id = demands.id""",
    """UPDATE demands SET peak = coalesce((
        SELECT max(levels.position) FROM custody JOIN ladder_levels AS levels
        ON levels.code = custody.level AND levels.ladder = 'escalation'
        WHERE custody.demand_id = demands.id), 0)""",
)
#: What came by other ways has no filer, without whom it could not be stored before.
_ONLY_OWN = """DO $$ BEGIN IF EXISTS (SELECT FROM demands WHERE filed_by_id IS NULL
    OR state NOT IN ('waiting', 'accepted', 'resolved', 'ended', 'withdrawn')) THEN
    RAISE EXCEPTION 'demands stand in states that the older version does not know'; END IF; END $$"""


def _one_of(column: str, words: str) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words.split())})"


def upgrade() -> None:
    op.create_table(
        "demand_kinds",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("hint", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("appointments", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_kinds")),
        sa.UniqueConstraint("code", name=op.f("uq_demand_kinds_code")),
    )
    op.create_table(
        "demand_reason_codes",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("use", sa.String(length=20), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_reason_codes")),
        sa.UniqueConstraint("code", name=op.f("uq_demand_reason_codes_code")),
    )
    op.create_table(
        "demand_terms",
        sa.Column("warn_percent", sa.BigInteger(), nullable=False),
        sa.Column("confirm_days", sa.BigInteger(), nullable=False),
        sa.Column("reopen_days", sa.BigInteger(), nullable=False),
        sa.Column("appeal_days", sa.BigInteger(), nullable=False),
        sa.Column("answer_days", sa.BigInteger(), nullable=False),
        sa.Column("review_hours", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_terms")),
    )
    op.create_table(
        "demand_guides",
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("bring", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("steps", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("cost", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("takes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("counter", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("slot_minutes", sa.BigInteger(), nullable=True),
        sa.Column("per_slot", sa.BigInteger(), nullable=True),
        sa.Column("days_ahead", sa.BigInteger(), server_default="14", nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["category"], ["demand_categories.code"], name=op.f("fk_demand_guides_category")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_guides")),
        sa.UniqueConstraint("category", name=op.f("uq_demand_guides_category")),
    )
    op.create_table(
        "reply_templates",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("verb", sa.String(length=20), nullable=True),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("text", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("retired", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["category"], ["demand_categories.code"], name=op.f("fk_reply_templates_category")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_templates")),
        sa.UniqueConstraint("code", name=op.f("uq_reply_templates_code")),
    )
    op.create_index(
        op.f("ix_reply_templates_category"), "reply_templates", ["category"], unique=False
    )
    op.create_table(
        "demand_followers",
        sa.Column("demand_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["demand_id"], ["demands.id"], name=op.f("fk_demand_followers_demand_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_demand_followers_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_followers")),
        sa.UniqueConstraint(
            "demand_id", "person_id", name=op.f("uq_demand_followers_demand_id_person_id")
        ),
    )
    op.create_index(
        op.f("ix_demand_followers_person_id"), "demand_followers", ["person_id"], unique=False
    )
    op.create_table(
        "demand_helpers",
        sa.Column("demand_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["demand_id"], ["demands.id"], name=op.f("fk_demand_helpers_demand_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_demand_helpers_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_helpers")),
    )
    op.create_index(
        op.f("ix_demand_helpers_demand_id"), "demand_helpers", ["demand_id"], unique=False
    )
    op.create_index(
        op.f("ix_demand_helpers_next_at"),
        "demand_helpers",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_demand_helpers_unit_id"),
        "demand_helpers",
        ["unit_id"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "uq_demand_helpers_open",
        "demand_helpers",
        ["demand_id", "unit_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "public_answers",
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("demand_id", sa.BigInteger(), nullable=True),
        sa.Column("written_by_id", sa.BigInteger(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["category"], ["demand_categories.code"], name=op.f("fk_public_answers_category")
        ),
        sa.ForeignKeyConstraint(
            ["demand_id"], ["demands.id"], name=op.f("fk_public_answers_demand_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["people.id"], name=op.f("fk_public_answers_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_answers")),
        sa.UniqueConstraint("code", name=op.f("uq_public_answers_code")),
        sa.UniqueConstraint("demand_id", name=op.f("uq_public_answers_demand_id")),
    )
    op.create_index(
        op.f("ix_public_answers_category"), "public_answers", ["category"], unique=False
    )
    op.create_index(
        op.f("ix_public_answers_published_at"), "public_answers", ["published_at"], unique=False
    )
    op.add_column("custody", sa.Column("with_unit_id", sa.BigInteger(), nullable=True))
    op.add_column("custody", sa.Column("code", sa.String(length=40), nullable=True))
    op.add_column("custody", sa.Column("rating", sa.BigInteger(), nullable=True))
    op.add_column(
        "custody",
        sa.Column("internal", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column(
        "custody",
        sa.Column("actor_kind", sa.String(length=20), server_default="person", nullable=False),
    )
    op.create_foreign_key(
        op.f("fk_custody_with_unit_id"), "custody", "units", ["with_unit_id"], ["id"]
    )
    op.add_column("demand_categories", sa.Column("kind", sa.String(length=40), nullable=True))
    op.add_column(
        "demand_categories",
        sa.Column(
            "open_to_neighbours", sa.Boolean(), server_default=sa.text("false"), nullable=False
        ),
    )
    op.add_column(
        "demand_categories",
        sa.Column("retired", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.create_index(op.f("ix_demand_categories_kind"), "demand_categories", ["kind"], unique=False)
    op.create_foreign_key(
        op.f("fk_demand_categories_kind"), "demand_categories", "demand_kinds", ["kind"], ["code"]
    )
    op.add_column("demand_deadlines", sa.Column("category", sa.String(length=40), nullable=True))
    op.drop_constraint(op.f("uq_demand_deadlines_level"), "demand_deadlines", type_="unique")
    op.create_unique_constraint(
        op.f("uq_demand_deadlines_level_category"),
        "demand_deadlines",
        ["level", "category"],
        postgresql_nulls_not_distinct=True,
    )
    op.create_foreign_key(
        op.f("fk_demand_deadlines_category"),
        "demand_deadlines",
        "demand_categories",
        ["category"],
        ["code"],
    )
    op.add_column("demands", sa.Column("kind", sa.String(length=40), nullable=True))
    op.add_column("demands", sa.Column("spot", sa.String(length=100), nullable=True))
    op.add_column("demands", sa.Column("appointment_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "demands", sa.Column("channel", sa.String(length=20), server_default="own", nullable=False)
    )
    op.add_column("demands", sa.Column("entered_by_id", sa.BigInteger(), nullable=True))
    op.add_column("demands", sa.Column("caller_name", sa.LargeBinary(), nullable=True))
    op.add_column("demands", sa.Column("caller_phone", sa.LargeBinary(), nullable=True))
    op.add_column(
        "demands",
        sa.Column("anonymous", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column(
        "demands",
        sa.Column(
            "open_to_neighbours", sa.Boolean(), server_default=sa.text("false"), nullable=False
        ),
    )
    op.add_column("demands", sa.Column("acts", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("demands", sa.Column("merged_into_id", sa.BigInteger(), nullable=True))
    op.add_column("demands", sa.Column("supervised_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("demands", sa.Column("appealed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("demands", sa.Column("reason_code", sa.String(length=40), nullable=True))
    op.add_column(
        "demands", sa.Column("clock", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.add_column("demands", sa.Column("warn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("demands", sa.Column("next_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("demands", sa.Column("given_minutes", sa.BigInteger(), nullable=True))
    op.add_column("demands", sa.Column("left_minutes", sa.BigInteger(), nullable=True))
    op.add_column("demands", sa.Column("running_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("demands", sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("demands", sa.Column("accepted_in_time", sa.Boolean(), nullable=True))
    op.add_column(
        "demands", sa.Column("worked_minutes", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.add_column("demands", sa.Column("peak", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column(
        "demands", sa.Column("passed_up", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.add_column(
        "demands", sa.Column("climbed", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.add_column(
        "demands", sa.Column("returned", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.add_column(
        "demands", sa.Column("reopened", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.add_column("demands", sa.Column("rating", sa.BigInteger(), nullable=True))
    op.alter_column("demands", "filed_by_id", existing_type=sa.BIGINT(), nullable=True)
    op.drop_index(op.f("ix_demands_holder_id_state_due_at"), table_name="demands")
    op.drop_index(op.f("ix_demands_unit_id"), table_name="demands")
    op.create_index(op.f("ix_demands_filed_at"), "demands", ["filed_at"], unique=False)
    op.create_index(
        "ix_demands_finished",
        "demands",
        ["ended_at"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NOT NULL"),
    )
    op.create_index(
        "ix_demands_living_place",
        "demands",
        ["unit_id", "category"],
        unique=False,
        postgresql_where=sa.text(
            "state IN ('waiting', 'accepted', 'doubted', 'asked', 'suspended')"
        ),
    )
    op.create_index(
        op.f("ix_demands_merged_into_id"),
        "demands",
        ["merged_into_id"],
        unique=False,
        postgresql_where=sa.text("merged_into_id IS NOT NULL"),
    )
    op.create_index(
        "ix_demands_next",
        "demands",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_index(
        "ix_demands_queue",
        "demands",
        ["holder_id", "due_at"],
        unique=False,
        postgresql_where=sa.text(
            "state IN ('waiting', 'accepted', 'doubted', 'asked', 'suspended')"
        ),
    )
    op.create_index(
        op.f("ix_demands_unit_id_filed_at"), "demands", ["unit_id", "filed_at"], unique=False
    )
    op.drop_constraint(op.f("ck_demands_state"), "demands", type_="check")
    op.create_check_constraint(op.f("ck_demands_state"), "demands", _one_of("state", _STATES))
    op.create_check_constraint(op.f("ck_demands_channel"), "demands", _one_of("channel", _CHANNELS))
    op.create_check_constraint(op.f("ck_demands_rating"), "demands", "rating BETWEEN 1 AND 5")
    for statement in _BACKFILL:
        op.execute(sa.text(statement))
    op.alter_column("demand_categories", "kind", nullable=False)
    op.alter_column("demands", "kind", nullable=False)
    op.create_foreign_key(
        op.f("fk_demands_entered_by_id"), "demands", "people", ["entered_by_id"], ["id"]
    )
    op.create_foreign_key(op.f("fk_demands_kind"), "demands", "demand_kinds", ["kind"], ["code"])
    op.create_foreign_key(
        op.f("fk_demands_merged_into_id"), "demands", "demands", ["merged_into_id"], ["id"]
    )


def downgrade() -> None:
    op.drop_constraint(op.f("fk_demands_merged_into_id"), "demands", type_="foreignkey")
    op.drop_constraint(op.f("fk_demands_kind"), "demands", type_="foreignkey")
    op.drop_constraint(op.f("fk_demands_entered_by_id"), "demands", type_="foreignkey")
    op.drop_index(op.f("ix_demands_unit_id_filed_at"), table_name="demands")
    op.drop_index(
        "ix_demands_queue",
        table_name="demands",
        postgresql_where=sa.text(
            "state IN ('waiting', 'accepted', 'doubted', 'asked', 'suspended')"
        ),
    )
    op.drop_index(
        "ix_demands_next", table_name="demands", postgresql_where=sa.text("next_at IS NOT NULL")
    )
    op.drop_index(
        op.f("ix_demands_merged_into_id"),
        table_name="demands",
        postgresql_where=sa.text("merged_into_id IS NOT NULL"),
    )
    op.drop_index(
        "ix_demands_living_place",
        table_name="demands",
        postgresql_where=sa.text(
            "state IN ('waiting', 'accepted', 'doubted', 'asked', 'suspended')"
        ),
    )
    op.drop_index(
        "ix_demands_finished",
        table_name="demands",
        postgresql_where=sa.text("ended_at IS NOT NULL"),
    )
    op.drop_index(op.f("ix_demands_filed_at"), table_name="demands")
    op.create_index(op.f("ix_demands_unit_id"), "demands", ["unit_id"], unique=False)
    op.create_index(
        op.f("ix_demands_holder_id_state_due_at"),
        "demands",
        ["holder_id", "state", "due_at"],
        unique=False,
    )
    op.execute(_ONLY_OWN)
    op.drop_constraint(op.f("ck_demands_state"), "demands", type_="check")
    op.create_check_constraint(
        op.f("ck_demands_state"), "demands", _one_of("state", _STATES_BEFORE)
    )
    op.drop_constraint(op.f("ck_demands_channel"), "demands", type_="check")
    op.drop_constraint(op.f("ck_demands_rating"), "demands", type_="check")
    op.alter_column("demands", "filed_by_id", existing_type=sa.BIGINT(), nullable=False)
    op.drop_column("demands", "rating")
    op.drop_column("demands", "reopened")
    op.drop_column("demands", "returned")
    op.drop_column("demands", "climbed")
    op.drop_column("demands", "passed_up")
    op.drop_column("demands", "peak")
    op.drop_column("demands", "worked_minutes")
    op.drop_column("demands", "accepted_in_time")
    op.drop_column("demands", "accepted_at")
    op.drop_column("demands", "running_since")
    op.drop_column("demands", "left_minutes")
    op.drop_column("demands", "given_minutes")
    op.drop_column("demands", "next_at")
    op.drop_column("demands", "warn_at")
    op.drop_column("demands", "clock")
    op.drop_column("demands", "reason_code")
    op.drop_column("demands", "appealed_at")
    op.drop_column("demands", "supervised_at")
    op.drop_column("demands", "merged_into_id")
    op.drop_column("demands", "acts")
    op.drop_column("demands", "open_to_neighbours")
    op.drop_column("demands", "anonymous")
    op.drop_column("demands", "caller_phone")
    op.drop_column("demands", "caller_name")
    op.drop_column("demands", "entered_by_id")
    op.drop_column("demands", "channel")
    op.drop_column("demands", "appointment_at")
    op.drop_column("demands", "spot")
    op.drop_column("demands", "kind")
    op.drop_constraint(op.f("fk_demand_deadlines_category"), "demand_deadlines", type_="foreignkey")
    op.drop_constraint(
        op.f("uq_demand_deadlines_level_category"), "demand_deadlines", type_="unique"
    )
    op.create_unique_constraint(
        op.f("uq_demand_deadlines_level"),
        "demand_deadlines",
        ["level"],
        postgresql_nulls_not_distinct=False,
    )
    op.drop_column("demand_deadlines", "category")
    op.drop_constraint(op.f("fk_demand_categories_kind"), "demand_categories", type_="foreignkey")
    op.drop_index(op.f("ix_demand_categories_kind"), table_name="demand_categories")
    op.drop_column("demand_categories", "retired")
    op.drop_column("demand_categories", "open_to_neighbours")
    op.drop_column("demand_categories", "kind")
    op.drop_constraint(op.f("fk_custody_with_unit_id"), "custody", type_="foreignkey")
    op.drop_column("custody", "actor_kind")
    op.drop_column("custody", "internal")
    op.drop_column("custody", "rating")
    op.drop_column("custody", "code")
    op.drop_column("custody", "with_unit_id")
    op.drop_index(op.f("ix_public_answers_published_at"), table_name="public_answers")
    op.drop_index(op.f("ix_public_answers_category"), table_name="public_answers")
    op.drop_table("public_answers")
    op.drop_index(
        "uq_demand_helpers_open",
        table_name="demand_helpers",
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(
        op.f("ix_demand_helpers_unit_id"),
        table_name="demand_helpers",
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(
        op.f("ix_demand_helpers_next_at"),
        table_name="demand_helpers",
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.drop_index(op.f("ix_demand_helpers_demand_id"), table_name="demand_helpers")
    op.drop_table("demand_helpers")
    op.drop_index(op.f("ix_demand_followers_person_id"), table_name="demand_followers")
    op.drop_table("demand_followers")
    op.drop_index(op.f("ix_reply_templates_category"), table_name="reply_templates")
    op.drop_table("reply_templates")
    op.drop_table("demand_guides")
    op.drop_table("demand_terms")
    op.drop_table("demand_reason_codes")
    op.drop_table("demand_kinds")

"""Activities, their sessions, who signed up, and the places: a row each.

Why: rooms can be booked, but nobody could say what happens in them and who comes. That nobody has a
place which somebody else has the rows of ``seats`` keep, that nobody signs up twice two partial
unique indexes. New tables alone. Acts may only grow.
Locks: none.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "activities"
down_revision = "visits"
branch_labels = None
depends_on = None

_ONLY_GROWS = ("session_acts", "signup_acts")


def upgrade() -> None:
    for make in _MAKE:
        make()
    for table in _ONLY_GROWS:
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


def _activity_terms() -> None:
    op.create_table(
        "activity_terms",
        sa.Column("use", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("offer_hours", sa.BigInteger(), server_default="24", nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("use IN ('kind', 'tag')", name=op.f("ck_activity_terms_use")),
        sa.CheckConstraint(
            "offer_hours BETWEEN 1 AND 720", name=op.f("ck_activity_terms_offer_hours")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_terms")),
        sa.UniqueConstraint("code", name=op.f("uq_activity_terms_code")),
    )


def _activities() -> None:
    op.create_table(
        "activities",
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("submission", sa.String(length=40), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=True),
        sa.Column("title", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "text", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False
        ),
        sa.Column(
            "bring", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
        sa.Column(
            "audience", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=True),
        sa.Column("project", sa.String(length=40), nullable=True),
        sa.Column("template", sa.String(length=40), nullable=True),
        sa.Column("min_people", sa.BigInteger(), nullable=True),
        sa.Column("max_people", sa.BigInteger(), nullable=True),
        sa.Column("resident_fen", sa.BigInteger(), nullable=True),
        sa.Column("market_fen", sa.BigInteger(), nullable=True),
        sa.Column("concession_fen", sa.BigInteger(), nullable=True),
        sa.Column("course", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("public", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "min_people >= 1 AND max_people >= 1", name=op.f("ck_activities_people")
        ),
        sa.CheckConstraint(
            "resident_fen >= 0 AND market_fen >= 0 AND concession_fen >= 0",
            name=op.f("ck_activities_prices"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_activities_organisation_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_activities_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sa.UniqueConstraint("code", name=op.f("uq_activities_code")),
        sa.UniqueConstraint("submission", name=op.f("uq_activities_submission")),
    )
    op.create_index(op.f("ix_activities_kind"), "activities", ["kind"], unique=False)
    op.create_index(
        op.f("ix_activities_organisation_id"), "activities", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_activities_project"), "activities", ["project"], unique=False)
    op.create_index(op.f("ix_activities_tag"), "activities", ["tag"], unique=False)
    op.create_index(op.f("ix_activities_unit_id"), "activities", ["unit_id"], unique=False)


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("head_id", sa.BigInteger(), nullable=True),
        sa.Column("room_id", sa.BigInteger(), nullable=True),
        sa.Column("booking_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "address", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column(
            "starts_at",
            sa.DateTime(timezone=True),
            sa.Computed("lower(during)", persisted=True),
            nullable=False,
        ),
        sa.Column(
            "minutes",
            sa.BigInteger(),
            sa.Computed(
                "(extract(epoch FROM upper(during) - lower(during)) / 60)::bigint", persisted=True
            ),
            nullable=False,
        ),
        sa.Column("capacity", sa.BigInteger(), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancel_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sequence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cause", sa.String(length=200), nullable=True),
        sa.Column("held_by", sa.BigInteger(), nullable=True),
        sa.Column("closed_by", sa.BigInteger(), nullable=True),
        sa.Column(
            "begun",
            sa.Boolean(),
            sa.Computed("state IN ('running', 'held', 'closed')", persisted=True),
            nullable=False,
        ),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("acts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'running', 'held', 'closed', 'cancelled')",
            name=op.f("ck_sessions_state"),
        ),
        sa.CheckConstraint(
            "NOT isempty(during) AND lower_inc(during) AND NOT upper_inc(during) AND NOT lower_inf(during) AND NOT upper_inf(during)",
            name=op.f("ck_sessions_during_half_open"),
        ),
        sa.CheckConstraint("capacity >= 1", name=op.f("ck_sessions_capacity")),
        sa.CheckConstraint("closed_by <> held_by", name=op.f("ck_sessions_two_people")),
        sa.CheckConstraint(
            "head_id <> id AND (head_id IS NULL OR capacity IS NULL)", name=op.f("ck_sessions_head")
        ),
        sa.CheckConstraint(
            "num_nonnulls(booking_id, address) = 1", name=op.f("ck_sessions_one_place")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_sessions_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_sessions_booking_id")
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["people.id"], name=op.f("fk_sessions_closed_by")),
        sa.ForeignKeyConstraint(["head_id"], ["sessions.id"], name=op.f("fk_sessions_head_id")),
        sa.ForeignKeyConstraint(["held_by"], ["people.id"], name=op.f("fk_sessions_held_by")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_sessions_room_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_sessions_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("booking_id", name=op.f("uq_sessions_booking_id")),
        sa.UniqueConstraint("code", name=op.f("uq_sessions_code")),
        sa.UniqueConstraint("id", "begun", name=op.f("uq_sessions_id_begun")),
    )
    op.create_index(op.f("ix_sessions_activity_id"), "sessions", ["activity_id"], unique=False)
    op.create_index(
        "ix_sessions_during", "sessions", ["during"], unique=False, postgresql_using="gist"
    )
    op.create_index(op.f("ix_sessions_head_id"), "sessions", ["head_id"], unique=False)
    op.create_index(
        "ix_sessions_next",
        "sessions",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_sessions_room_id"), "sessions", ["room_id"], unique=False)
    op.create_index(op.f("ix_sessions_starts_at"), "sessions", ["starts_at"], unique=False)
    op.create_index(op.f("ix_sessions_unit_id"), "sessions", ["unit_id"], unique=False)


def _session_acts() -> None:
    op.create_table(
        "session_acts",
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("token_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor_kind", sa.String(length=20), server_default="person", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_session_acts_actor_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_session_acts_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_tokens.id"], name=op.f("fk_session_acts_token_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_acts")),
        sa.UniqueConstraint("session_id", "number", name=op.f("uq_session_acts_session_id_number")),
        info={"append_only": True},
    )


def _signups() -> None:
    op.create_table(
        "signups",
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("submission", sa.String(length=40), nullable=True),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("guest_name", sa.LargeBinary(), nullable=True),
        sa.Column("guest_phone", sa.LargeBinary(), nullable=True),
        sa.Column("guest_hash", sa.String(length=64), nullable=True),
        sa.Column("party", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("photo_consent", sa.String(length=10), nullable=False),
        sa.Column("passed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("acts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "photo_consent IN ('yes', 'no', 'guardian')", name=op.f("ck_signups_photo_consent")
        ),
        sa.CheckConstraint(
            "state <> 'offered' OR next_at IS NOT NULL", name=op.f("ck_signups_offered_until")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'offered', 'confirmed', 'cancelled', 'declined', 'expired')",
            name=op.f("ck_signups_state"),
        ),
        sa.CheckConstraint("party BETWEEN 1 AND 9", name=op.f("ck_signups_party")),
        sa.CheckConstraint(
            "person_id IS NULL OR guest_name IS NULL", name=op.f("ck_signups_one_owner")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_signups_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_signups_person_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_signups_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signups")),
        sa.UniqueConstraint("code", name=op.f("uq_signups_code")),
        sa.UniqueConstraint("id", "session_id", name=op.f("uq_signups_id_session_id")),
        sa.UniqueConstraint("submission", name=op.f("uq_signups_submission")),
    )
    op.create_index(op.f("ix_signups_guest_hash"), "signups", ["guest_hash"], unique=False)
    op.create_index(
        "ix_signups_next",
        "signups",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_signups_person_id"), "signups", ["person_id"], unique=False)
    op.create_index(
        "uq_signups_guest",
        "signups",
        ["session_id", "guest_hash"],
        unique=True,
        postgresql_where=sa.text("state IN ('waiting', 'offered', 'confirmed')"),
    )
    op.create_index(
        "uq_signups_person",
        "signups",
        ["session_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('waiting', 'offered', 'confirmed')"),
    )


def _signup_acts() -> None:
    op.create_table(
        "signup_acts",
        sa.Column("signup_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("token_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor_kind", sa.String(length=20), server_default="person", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_signup_acts_actor_id")),
        sa.ForeignKeyConstraint(
            ["signup_id"], ["signups.id"], name=op.f("fk_signup_acts_signup_id")
        ),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_tokens.id"], name=op.f("fk_signup_acts_token_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signup_acts")),
        sa.UniqueConstraint("signup_id", "number", name=op.f("uq_signup_acts_signup_id_number")),
        info={"append_only": True},
    )


def _seats() -> None:
    op.create_table(
        "seats",
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("seat", sa.BigInteger(), nullable=False),
        sa.Column("signup_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("seat >= 1", name=op.f("ck_seats_seat")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_seats_session_id")),
        sa.ForeignKeyConstraint(
            ["signup_id", "session_id"],
            ["signups.id", "signups.session_id"],
            name=op.f("fk_seats_signup_id_session_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
        sa.UniqueConstraint("session_id", "seat", name=op.f("uq_seats_session_id_seat")),
    )
    op.create_index("ix_seats_signup_id", "seats", ["signup_id"], unique=False)


_TABLES = (
    "activity_terms",
    "activities",
    "sessions",
    "session_acts",
    "signups",
    "signup_acts",
    "seats",
)
_MAKE = (
    _activity_terms,
    _activities,
    _sessions,
    _session_acts,
    _signups,
    _signup_acts,
    _seats,
)

"""Venues: ways in, money spent, closures; bookings of rooms with their terms, series and acts.

Why: rooms have hours and a keeper, and nobody could say who uses one when. That two never have one
room at one time the database keeps itself, by an exclusion that needs no extension. New tables, and
three columns that are empty (nobody knows yet). Acts and money spent may only grow.
Locks: venues, for a moment.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "bookings"
down_revision = "support"
branch_labels = None
depends_on = None

_ONLY_GROWS = ("booking_acts", "venue_spendings")
_WAYS_IN = ("step_free", "lift", "toilet")


def upgrade() -> None:
    for way in _WAYS_IN:
        op.add_column("venues", sa.Column(way, sa.Boolean(), nullable=True))
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
    for way in _WAYS_IN:
        op.drop_column("venues", way)


def _venue_spendings() -> None:
    op.create_table(
        "venue_spendings",
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=100), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("amount_yuan", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("voids_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("amount_yuan > 0", name=op.f("ck_venue_spendings_amount")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_venue_spendings_by_id")),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venues.id"], name=op.f("fk_venue_spendings_venue_id")
        ),
        sa.ForeignKeyConstraint(
            ["voids_id"], ["venue_spendings.id"], name=op.f("fk_venue_spendings_voids_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue_spendings")),
        sa.UniqueConstraint("voids_id", name=op.f("uq_venue_spendings_voids_id")),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_venue_spendings_venue_id"), "venue_spendings", ["venue_id"], unique=False
    )


def _closures() -> None:
    op.create_table(
        "closures",
        sa.Column("venue_id", sa.BigInteger(), nullable=True),
        sa.Column("room_id", sa.BigInteger(), nullable=True),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(venue_id IS NULL) <> (room_id IS NULL)", name=op.f("ck_closures_one_place")
        ),
        sa.CheckConstraint(
            "NOT isempty(during) AND lower_inc(during) AND NOT upper_inc(during) AND NOT lower_inf(during) AND NOT upper_inf(during)",
            name=op.f("ck_closures_half_open"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_closures_by_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_closures_room_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_closures_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closures")),
    )
    op.create_index(op.f("ix_closures_room_id"), "closures", ["room_id"], unique=False)
    op.create_index(op.f("ix_closures_venue_id"), "closures", ["venue_id"], unique=False)


def _booking_terms() -> None:
    op.create_table(
        "booking_terms",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.String(length=20), nullable=False),
        sa.Column("notice_hours", sa.BigInteger(), nullable=False),
        sa.Column("ahead_days", sa.BigInteger(), nullable=False),
        sa.Column("longest_minutes", sa.BigInteger(), nullable=False),
        sa.Column("buffer_minutes", sa.BigInteger(), nullable=False),
        sa.Column("grace_minutes", sa.BigInteger(), nullable=False),
        sa.Column("approval", sa.Boolean(), nullable=False),
        sa.Column("holidays", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_terms")),
        sa.UniqueConstraint("code", name=op.f("uq_booking_terms_code")),
    )


def _room_rules() -> None:
    op.create_table(
        "room_rules",
        sa.Column("room_id", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.String(length=20), nullable=False),
        sa.Column("notice_hours", sa.BigInteger(), nullable=False),
        sa.Column("ahead_days", sa.BigInteger(), nullable=False),
        sa.Column("longest_minutes", sa.BigInteger(), nullable=False),
        sa.Column("buffer_minutes", sa.BigInteger(), nullable=False),
        sa.Column("grace_minutes", sa.BigInteger(), nullable=False),
        sa.Column("approval", sa.Boolean(), nullable=False),
        sa.Column("holidays", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "who IN ('everybody', 'organisations', 'staff')", name=op.f("ck_room_rules_who")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_room_rules_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_rules")),
        sa.UniqueConstraint("room_id", name=op.f("uq_room_rules_room_id")),
    )


def _booking_series() -> None:
    op.create_table(
        "booking_series",
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("every", sa.String(length=20), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_series")),
        sa.UniqueConstraint("code", name=op.f("uq_booking_series_code")),
    )


def _bookings() -> None:
    op.create_table(
        "bookings",
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("submission", sa.String(length=40), nullable=True),
        sa.Column("room_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("blocked", postgresql.TSTZRANGE(), nullable=False),
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
        sa.Column("series_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=True),
        sa.Column("organisation_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("guest_name", sa.LargeBinary(), nullable=True),
        sa.Column("guest_phone", sa.LargeBinary(), nullable=True),
        sa.Column("guest_hash", sa.String(length=64), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("applicant_id", sa.BigInteger(), nullable=True),
        sa.Column("approver_id", sa.BigInteger(), nullable=True),
        sa.Column("cause", sa.String(length=20), nullable=True),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("acts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("int8range(room_id, room_id, '[]')"), "&&"),
            (sa.column("blocked"), "&&"),
            where=sa.text("state IN ('confirmed', 'in_use', 'done')"),
            using="gist",
            name="ex_bookings_alone",
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'confirmed', 'in_use', 'done', 'declined', 'cancelled', 'released', 'skipped')",
            name=op.f("ck_bookings_state"),
        ),
        sa.CheckConstraint(
            "NOT isempty(during) AND lower_inc(during) AND NOT upper_inc(during) AND NOT lower_inf(during) AND NOT upper_inf(during)",
            name=op.f("ck_bookings_during_half_open"),
        ),
        sa.CheckConstraint("approver_id <> applicant_id", name=op.f("ck_bookings_two_people")),
        sa.CheckConstraint(
            "during <@ blocked AND lower(during) = lower(blocked) AND lower_inc(blocked) AND NOT upper_inc(blocked)",
            name=op.f("ck_bookings_blocked"),
        ),
        sa.CheckConstraint(
            "person_id IS NULL OR guest_name IS NULL", name=op.f("ck_bookings_one_owner")
        ),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["people.id"], name=op.f("fk_bookings_applicant_id")
        ),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["people.id"], name=op.f("fk_bookings_approver_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_bookings_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_bookings_person_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_bookings_room_id")),
        sa.ForeignKeyConstraint(
            ["series_id"], ["booking_series.id"], name=op.f("fk_bookings_series_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_bookings_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sa.UniqueConstraint("code", name=op.f("uq_bookings_code")),
        sa.UniqueConstraint("submission", name=op.f("uq_bookings_submission")),
    )
    op.create_index(
        "ix_bookings_during", "bookings", ["during"], unique=False, postgresql_using="gist"
    )
    op.create_index(op.f("ix_bookings_guest_hash"), "bookings", ["guest_hash"], unique=False)
    op.create_index(
        "ix_bookings_next",
        "bookings",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_bookings_organisation_id"), "bookings", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_bookings_person_id"), "bookings", ["person_id"], unique=False)
    op.create_index(op.f("ix_bookings_room_id"), "bookings", ["room_id"], unique=False)
    op.create_index(op.f("ix_bookings_series_id"), "bookings", ["series_id"], unique=False)
    op.create_index(op.f("ix_bookings_starts_at"), "bookings", ["starts_at"], unique=False)
    op.create_index(op.f("ix_bookings_unit_id"), "bookings", ["unit_id"], unique=False)


def _booking_acts() -> None:
    op.create_table(
        "booking_acts",
        sa.Column("booking_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("token_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor_kind", sa.String(length=20), server_default="person", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_booking_acts_actor_id")),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_booking_acts_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_tokens.id"], name=op.f("fk_booking_acts_token_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_acts")),
        sa.UniqueConstraint("booking_id", "number", name=op.f("uq_booking_acts_booking_id_number")),
        info={"append_only": True},
    )


_TABLES = (
    "venue_spendings",
    "closures",
    "booking_terms",
    "room_rules",
    "booking_series",
    "bookings",
    "booking_acts",
)
_MAKE = (
    _venue_spendings,
    _closures,
    _booking_terms,
    _room_rules,
    _booking_series,
    _bookings,
    _booking_acts,
)

"""Visits of delegations with their stops, guests and reception lists; the ledger of the media.

Why: who comes to see the place needs a letter, rooms and a guide, and a list that is not changed
afterwards; what was reported was a number that nobody could open. New tables alone. Acts and frozen
lists may only grow. No lock but a moment on what they point at.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "visits"
down_revision = "places"
branch_labels = None
depends_on = None

_ONLY_GROWS = ("visit_acts", "visit_lists")


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


def _visit_terms() -> None:
    op.create_table(
        "visit_terms",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("words", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("source", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("dated", sa.String(length=10), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_terms")),
        sa.UniqueConstraint("code", name=op.f("uq_visit_terms_code")),
    )


def _visits() -> None:
    op.create_table(
        "visits",
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("day_code", sa.String(length=26), nullable=False),
        sa.Column("submission", sa.String(length=40), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("from_org", sa.String(length=100), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("letter_no", sa.String(length=60), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("guests_n", sa.BigInteger(), nullable=False),
        sa.Column("escorts_n", sa.BigInteger(), nullable=True),
        sa.Column("contact_name", sa.LargeBinary(), nullable=True),
        sa.Column("contact_phone", sa.LargeBinary(), nullable=True),
        sa.Column("contact_mail", sa.LargeBinary(), nullable=True),
        sa.Column("contact_hash", sa.String(length=64), nullable=True),
        sa.Column("erase_after", sa.Date(), nullable=False),
        sa.Column("pledge", sa.String(length=10), nullable=True),
        sa.Column("pledge_by", sa.Date(), nullable=True),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("acts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "level IN ('leaders', 'meeting', 'peers', 'others')", name=op.f("ck_visits_level")
        ),
        sa.CheckConstraint("pledge IN ('yes', 'part', 'no')", name=op.f("ck_visits_pledge")),
        sa.CheckConstraint(
            "state IN ('asked', 'checked', 'confirmed', 'held', 'followed', 'declined', 'cancelled')",
            name=op.f("ck_visits_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('confirmed', 'held', 'followed') OR letter_no IS NOT NULL",
            name=op.f("ck_visits_letter"),
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_visits_order")),
        sa.CheckConstraint("guests_n BETWEEN 1 AND 500", name=op.f("ck_visits_guests")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_visits_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
        sa.UniqueConstraint("code", name=op.f("uq_visits_code")),
        sa.UniqueConstraint("day_code", name=op.f("uq_visits_day_code")),
        sa.UniqueConstraint("submission", name=op.f("uq_visits_submission")),
    )
    op.create_index(op.f("ix_visits_contact_hash"), "visits", ["contact_hash"], unique=False)
    op.create_index(op.f("ix_visits_erase_after"), "visits", ["erase_after"], unique=False)
    op.create_index(op.f("ix_visits_starts_at"), "visits", ["starts_at"], unique=False)
    op.create_index(op.f("ix_visits_unit_id"), "visits", ["unit_id"], unique=False)


def _visit_acts() -> None:
    op.create_table(
        "visit_acts",
        sa.Column("visit_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("token_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor_kind", sa.String(length=20), server_default="person", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_visit_acts_actor_id")),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_tokens.id"], name=op.f("fk_visit_acts_token_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_visit_acts_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_acts")),
        sa.UniqueConstraint("visit_id", "number", name=op.f("uq_visit_acts_visit_id_number")),
        info={"append_only": True},
    )


def _visit_stops() -> None:
    op.create_table(
        "visit_stops",
        sa.Column("visit_id", sa.BigInteger(), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("room_id", sa.BigInteger(), nullable=True),
        sa.Column("venue_id", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.String(length=60), nullable=True),
        sa.Column("guide_id", sa.BigInteger(), nullable=True),
        sa.Column("booking_id", sa.BigInteger(), nullable=True),
        sa.Column("living", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("int8range(guide_id, guide_id, '[]')"), "&&"),
            (sa.column("during"), "&&"),
            where=sa.text("living AND guide_id IS NOT NULL"),
            using="gist",
            name="ex_visit_stops_guide",
        ),
        postgresql.ExcludeConstraint(
            (sa.text("int8range(room_id, room_id, '[]')"), "&&"),
            (sa.column("during"), "&&"),
            where=sa.text("living AND room_id IS NOT NULL"),
            using="gist",
            name="ex_visit_stops_room",
        ),
        postgresql.ExcludeConstraint(
            (sa.text("int8range(visit_id, visit_id, '[]')"), "&&"),
            (sa.column("during"), "&&"),
            where=sa.text("living AND visit_id IS NOT NULL"),
            using="gist",
            name="ex_visit_stops_visit",
        ),
        sa.CheckConstraint("kind IN ('planned', 'chosen')", name=op.f("ck_visit_stops_kind")),
        sa.CheckConstraint(
            "num_nonnulls(room_id, venue_id, place) = 1 OR kind = 'chosen' AND num_nonnulls(room_id, venue_id, place) = 0",
            name=op.f("ck_visit_stops_one_place"),
        ),
        sa.CheckConstraint(
            "NOT isempty(during) AND lower_inc(during) AND NOT upper_inc(during) AND NOT lower_inf(during) AND NOT upper_inf(during)",
            name=op.f("ck_visit_stops_half_open"),
        ),
        sa.CheckConstraint("no >= 1", name=op.f("ck_visit_stops_no")),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_visit_stops_booking_id")
        ),
        sa.ForeignKeyConstraint(["guide_id"], ["people.id"], name=op.f("fk_visit_stops_guide_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_visit_stops_room_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_visit_stops_venue_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_visit_stops_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_stops")),
        sa.UniqueConstraint(
            "visit_id",
            "no",
            deferrable=True,
            initially="DEFERRED",
            name=op.f("uq_visit_stops_visit_id_no"),
        ),
    )
    op.create_index(op.f("ix_visit_stops_guide_id"), "visit_stops", ["guide_id"], unique=False)
    op.create_index(op.f("ix_visit_stops_visit_id"), "visit_stops", ["visit_id"], unique=False)
    op.create_index(
        "uq_visit_stops_chosen",
        "visit_stops",
        ["visit_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'chosen'"),
    )


def _visit_guests() -> None:
    op.create_table(
        "visit_guests",
        sa.Column("visit_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("post", sa.String(length=60), nullable=False),
        sa.Column("erase_after", sa.Date(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_visit_guests_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_guests")),
    )
    op.create_index(
        op.f("ix_visit_guests_erase_after"), "visit_guests", ["erase_after"], unique=False
    )
    op.create_index(op.f("ix_visit_guests_visit_id"), "visit_guests", ["visit_id"], unique=False)


def _visit_costs() -> None:
    op.create_table(
        "visit_costs",
        sa.Column("visit_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("fen > 0", name=op.f("ck_visit_costs_fen")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_visit_costs_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_costs")),
    )
    op.create_index(op.f("ix_visit_costs_visit_id"), "visit_costs", ["visit_id"], unique=False)


def _visit_questions() -> None:
    op.create_table(
        "visit_questions",
        sa.Column("visit_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=True),
        sa.Column("answered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "published_at IS NULL OR answer IS NOT NULL", name=op.f("ck_visit_questions_answered")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["people.id"], name=op.f("fk_visit_questions_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visits.id"], name=op.f("fk_visit_questions_visit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_questions")),
    )
    op.create_index(
        op.f("ix_visit_questions_visit_id"), "visit_questions", ["visit_id"], unique=False
    )


def _visit_ratings() -> None:
    op.create_table(
        "visit_ratings",
        sa.Column("visit_id", sa.BigInteger(), nullable=False),
        sa.Column("useful", sa.BigInteger(), nullable=False),
        sa.Column("missing", sa.String(length=300), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("useful BETWEEN 1 AND 5", name=op.f("ck_visit_ratings_useful")),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visits.id"], name=op.f("fk_visit_ratings_visit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_ratings")),
    )
    op.create_index(op.f("ix_visit_ratings_visit_id"), "visit_ratings", ["visit_id"], unique=False)


def _visit_lists() -> None:
    op.create_table(
        "visit_lists",
        sa.Column("visit_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_visit_lists_by_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_visit_lists_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_lists")),
        sa.UniqueConstraint("visit_id", "number", name=op.f("uq_visit_lists_visit_id_number")),
        info={"append_only": True},
    )


def _outlets() -> None:
    op.create_table(
        "outlets",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("tier", sa.String(length=20), nullable=False),
        sa.Column("host", sa.String(length=100), server_default="", nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "tier IN ('national', 'provincial', 'city', 'county', 'portal')",
            name=op.f("ck_outlets_tier"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlets")),
        sa.UniqueConstraint("code", name=op.f("uq_outlets_code")),
    )
    op.create_index(
        "uq_outlets_host", "outlets", ["host"], unique=True, postgresql_where=sa.text("host <> ''")
    )


def _coverages() -> None:
    op.create_table(
        "coverages",
        sa.Column("outlet_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("reprint_of_id", sa.BigInteger(), nullable=True),
        sa.Column("about", sa.String(length=10), nullable=True),
        sa.Column("about_code", sa.String(length=40), nullable=True),
        sa.Column("link_state", sa.String(length=10), server_default="unknown", nullable=False),
        sa.Column("link_on", sa.Date(), nullable=True),
        sa.Column("counted", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("about IN ('room', 'visit', 'demand')", name=op.f("ck_coverages_about")),
        sa.CheckConstraint(
            "link_state = 'unknown' OR link_on IS NOT NULL", name=op.f("ck_coverages_link_on")
        ),
        sa.CheckConstraint(
            "link_state IN ('unknown', 'alive', 'gone')", name=op.f("ck_coverages_link_state")
        ),
        sa.CheckConstraint(
            "(about IS NULL) = (about_code IS NULL)", name=op.f("ck_coverages_about_code")
        ),
        sa.CheckConstraint("reprint_of_id <> id", name=op.f("ck_coverages_reprint_of")),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name=op.f("fk_coverages_outlet_id")),
        sa.ForeignKeyConstraint(
            ["reprint_of_id"], ["coverages.id"], name=op.f("fk_coverages_reprint_of_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_coverages_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverages")),
        sa.UniqueConstraint("outlet_id", "url", name=op.f("uq_coverages_outlet_id_url")),
    )
    op.create_index(op.f("ix_coverages_published_on"), "coverages", ["published_on"], unique=False)
    op.create_index(
        op.f("ix_coverages_reprint_of_id"), "coverages", ["reprint_of_id"], unique=False
    )
    op.create_index(op.f("ix_coverages_unit_id"), "coverages", ["unit_id"], unique=False)


_TABLES = (
    "visit_terms",
    "visits",
    "visit_acts",
    "visit_stops",
    "visit_guests",
    "visit_costs",
    "visit_questions",
    "visit_ratings",
    "visit_lists",
    "outlets",
    "coverages",
)
_MAKE = (
    _visit_terms,
    _visits,
    _visit_acts,
    _visit_stops,
    _visit_guests,
    _visit_costs,
    _visit_questions,
    _visit_ratings,
    _visit_lists,
    _outlets,
    _coverages,
)

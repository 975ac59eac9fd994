"""Merchants that are shown, walks and their stops.

Why: a food street and an evening's walk are shown and printed by the district itself.
Locks: none on what is there but a moment on units, rooms and venues.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "places"
down_revision = "bookings"
branch_labels = None
depends_on = None

_WHEN = sa.DateTime(timezone=True)
_STEP_FREE = "step_free IN ('yes', 'no', 'unknown')"


def _id() -> sa.Column:
    return sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False)


def _json(name: str, default: str | None = None, *, nullable: bool = False) -> sa.Column:
    jsonb = postgresql.JSONB(astext_type=sa.Text())
    return sa.Column(name, jsonb, server_default=default, nullable=nullable)


def _step_free() -> sa.Column:
    unknown = sa.text("'unknown'")
    return sa.Column("step_free", sa.String(length=10), server_default=unknown, nullable=False)


def _sample() -> sa.Column:
    return sa.Column("sample", sa.Boolean(), server_default=sa.false(), nullable=False)


def _points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _merchants() -> None:
    op.create_table(
        "merchant_kinds",
        _id(),
        sa.Column("code", sa.String(length=40), nullable=False),
        _json("name"),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", _WHEN, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merchant_kinds")),
        sa.UniqueConstraint("code", name=op.f("uq_merchant_kinds_code")),
    )
    op.create_table(
        "merchants",
        _id(),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("kind_id", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        _json("name"),
        _json("sells"),
        _json("place", "{}"),
        _json("concession", "{}"),
        _json("hours"),
        _step_free(),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("consent_until", sa.Date(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("retired_at", _WHEN, nullable=True),
        _sample(),
        sa.CheckConstraint(_STEP_FREE, name=op.f("ck_merchants_step_free")),
        sa.CheckConstraint("position BETWEEN 0 AND 9999", name=op.f("ck_merchants_position")),
        _points("merchants", "unit_id", "units"),
        _points("merchants", "kind_id", "merchant_kinds"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merchants")),
        sa.UniqueConstraint("code", name=op.f("uq_merchants_code")),
    )
    op.create_index(op.f("ix_merchants_unit_id"), "merchants", ["unit_id"])


def _routes() -> None:
    op.create_table(
        "routes",
        _id(),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        _json("name"),
        _json("purpose"),
        _json("start", "{}"),
        _step_free(),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("edits", sa.BigInteger(), server_default="0", nullable=False),
        _json("before", nullable=True),
        _sample(),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'withdrawn')", name=op.f("ck_routes_state")
        ),
        sa.CheckConstraint(_STEP_FREE, name=op.f("ck_routes_step_free")),
        _points("routes", "unit_id", "units"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routes")),
        sa.UniqueConstraint("code", name=op.f("uq_routes_code")),
    )
    op.create_index(op.f("ix_routes_unit_id"), "routes", ["unit_id"])


def _stops() -> None:
    op.create_table(
        "route_stops",
        _id(),
        sa.Column("route_id", sa.BigInteger(), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("room_id", sa.BigInteger(), nullable=True),
        sa.Column("venue_id", sa.BigInteger(), nullable=True),
        sa.Column("merchant_id", sa.BigInteger(), nullable=True),
        _json("name", "{}"),
        _json("what", "{}"),
        _step_free(),
        sa.CheckConstraint("no >= 1", name=op.f("ck_route_stops_no")),
        sa.CheckConstraint("minutes BETWEEN 0 AND 240", name=op.f("ck_route_stops_minutes")),
        sa.CheckConstraint("no > 1 OR minutes = 0", name=op.f("ck_route_stops_begins")),
        sa.CheckConstraint(
            "num_nonnulls(room_id, venue_id, merchant_id, NULLIF(name, '{}'::jsonb)) = 1",
            name=op.f("ck_route_stops_one_of"),
        ),
        sa.CheckConstraint(_STEP_FREE, name=op.f("ck_route_stops_step_free")),
        _points("route_stops", "route_id", "routes"),
        _points("route_stops", "room_id", "rooms"),
        _points("route_stops", "venue_id", "venues"),
        _points("route_stops", "merchant_id", "merchants"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_stops")),
        sa.UniqueConstraint(
            "route_id",
            "no",
            name=op.f("uq_route_stops_route_id_no"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index(op.f("ix_route_stops_merchant_id"), "route_stops", ["merchant_id"])


def upgrade() -> None:
    _merchants()
    _routes()
    _stops()


def downgrade() -> None:
    for table in ("route_stops", "routes", "merchants", "merchant_kinds"):
        op.drop_table(table)

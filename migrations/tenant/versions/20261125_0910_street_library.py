"""The district's library of rooms, fields that streets own, settings of streets, their own times.

Why: a change of the district reaches its streets in whatever they have not changed themselves. The
library of a district that is there is the package it was made from; what a street has and the
package does not say, or says otherwise, is the street's own. Locks: the small tables of rooms and
of time limits, for a moment.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "street_library"
down_revision = "setup_imports"
branch_labels = None
depends_on = None

_JSON = postgresql.JSONB(astext_type=sa.Text())
_CENTRE = ("name", "seal", "purpose")
_PLATFORM = (*_CENTRE, "position")
_ROOM = (*_PLATFORM, "services", "hours", "platform")


def upgrade() -> None:
    _make_library()
    _make_settings()
    for table in ("centres", "platforms", "rooms"):
        op.add_column(
            table, sa.Column("own", _JSON, server_default=sa.text("'[]'"), nullable=False)
        )
    op.add_column("demand_deadlines", sa.Column("unit_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_demand_deadlines_unit_id"), "demand_deadlines", "units", ["unit_id"], ["id"]
    )
    op.drop_constraint(op.f("uq_demand_deadlines_level_category"), "demand_deadlines")
    op.create_unique_constraint(
        op.f("uq_demand_deadlines_level_category_unit_id"),
        "demand_deadlines",
        ["level", "category", "unit_id"],
        postgresql_nulls_not_distinct=True,
    )
    _fill(op.get_bind())


def _words() -> list[sa.Column[Any]]:
    return [
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", _JSON, nullable=False),
        sa.Column("purpose", _JSON, nullable=False),
        sa.Column("seal", sa.String(length=1), nullable=False),
    ]


def _key() -> sa.Column[Any]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _make_library() -> None:
    op.create_table(
        "centre_templates",
        *_words(),
        _key(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre_templates")),
        sa.UniqueConstraint("code", name=op.f("uq_centre_templates_code")),
    )
    op.create_table(
        "platform_templates",
        *_words(),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        _key(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_templates")),
        sa.UniqueConstraint("code", name=op.f("uq_platform_templates_code")),
    )
    op.create_table(
        "room_templates",
        *_words(),
        sa.Column("platform", sa.String(length=40), nullable=False),
        sa.Column("services", _JSON, nullable=False),
        sa.Column("hours", _JSON, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("called", _JSON, server_default=sa.text("'{}'"), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        _key(),
        sa.ForeignKeyConstraint(
            ["platform"], ["platform_templates.code"], name=op.f("fk_room_templates_platform")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_templates")),
        sa.UniqueConstraint("code", name=op.f("uq_room_templates_code")),
    )
    op.create_index(op.f("ix_room_templates_platform"), "room_templates", ["platform"])
    op.create_table(
        "library_answers",
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        _key(),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_library_answers_unit_id")),
        sa.ForeignKeyConstraint(
            ["code"],
            ["room_templates.code"],
            name=op.f("fk_library_answers_code"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_answers")),
        sa.UniqueConstraint("unit_id", "code", name=op.f("uq_library_answers_unit_id_code")),
    )


def _make_settings() -> None:
    op.create_table(
        "place_settings",
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("contact", sa.String(length=60), nullable=True),
        sa.Column("address", _JSON, nullable=True),
        sa.Column("welcome", _JSON, nullable=True),
        sa.Column("hours", _JSON, nullable=True),
        _key(),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_place_settings_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_settings")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_place_settings_unit_id")),
    )
    op.create_table(
        "bulk_changes",
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rooms", _JSON, nullable=False),
        sa.Column("settings", _JSON, nullable=False),
        sa.Column("added", _JSON, nullable=False),
        sa.Column("platforms", _JSON, nullable=False),
        _key(),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_bulk_changes_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_changes")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_bulk_changes_unit_id")),
    )
    op.create_index(op.f("ix_bulk_changes_at"), "bulk_changes", ["at"])


def _fill(connection: sa.Connection) -> None:
    """The library as the package had it, and what streets have made of it since."""
    rooms = connection.execute(
        sa.text(
            "SELECT content->'rooms' FROM installed_packages ORDER BY installed_at DESC LIMIT 1"
        )
    ).scalar()
    if not rooms:
        return
    centre = {key: rooms["centre"][key] for key in ("code", *_CENTRE)}
    platforms = [{**row, "position": i} for i, row in enumerate(rooms["platforms"], start=1)]
    templates = [{**row, "position": i} for i, row in enumerate(rooms["rooms"], start=1)]
    _insert(connection, "centre_templates", [centre])
    _insert(connection, "platform_templates", platforms)
    _insert(connection, "room_templates", templates)
    _compare(connection, "SELECT * FROM centres", "centres", _CENTRE, [centre])
    _compare(connection, "SELECT * FROM platforms", "platforms", _PLATFORM, platforms)
    query = (
        "SELECT r.*, p.code AS platform FROM rooms AS r JOIN platforms AS p ON p.id = r.platform_id"
    )
    _compare(connection, query, "rooms", _ROOM, templates)


def _insert(connection: sa.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    kinds = {"name": _JSON, "purpose": _JSON, "services": _JSON, "hours": _JSON}
    for row in rows:
        columns = [sa.column(name, kinds.get(name)) for name in row]
        connection.execute(sa.table(table, *columns).insert().values(row))


def _compare(
    connection: sa.Connection,
    query: str,
    table: str,
    fields: tuple[str, ...],
    templates: list[dict[str, Any]],
) -> None:
    by_code = {row["code"]: row for row in templates}
    things = sa.table(table, sa.column("id"), sa.column("own", _JSON))
    for thing in connection.execute(sa.text(query)).mappings().all():
        like = by_code.get(thing["code"])
        own = sorted(f for f in fields if like is None or thing[f] != like[f])
        if own:
            connection.execute(things.update().where(things.c.id == thing["id"]).values(own=own))


def downgrade() -> None:
    op.execute("DELETE FROM demand_deadlines WHERE unit_id IS NOT NULL")
    op.drop_constraint(op.f("uq_demand_deadlines_level_category_unit_id"), "demand_deadlines")
    op.create_unique_constraint(
        op.f("uq_demand_deadlines_level_category"),
        "demand_deadlines",
        ["level", "category"],
        postgresql_nulls_not_distinct=True,
    )
    op.drop_constraint(op.f("fk_demand_deadlines_unit_id"), "demand_deadlines", type_="foreignkey")
    op.drop_column("demand_deadlines", "unit_id")
    for table in ("centres", "platforms", "rooms"):
        op.drop_column(table, "own")
    for table in ("bulk_changes", "place_settings", "library_answers", "room_templates",
                  "platform_templates", "centre_templates"):  # fmt: skip
        op.drop_table(table)

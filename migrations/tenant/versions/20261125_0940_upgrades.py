"""Districts take upgrades: the content that was installed in one shape, orders kept, a history.

Why: what a district was made from is the base of every merge. Installed contents of the first days
were written field by field; they become what stands in the files. Words and ladders stood in no
order; they get that of the package. Locks: small tables, for a moment.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "upgrades"
down_revision = "culture_editions"
branch_labels = None
depends_on = None

#: What was written out although a file does not say it: field → the value that goes unsaid.
_UNSAID: dict[str, Any] = {
    "departments": [], "guides": [], "templates": [], "administers": False, "resident": False,
    "appointments": False, "open_to_neighbours": False, "slot_minutes": None, "per_slot": None,
    "days_ahead": 14, "verb": None,
}  # fmt: skip
_WHEN = sa.DateTime(timezone=True)
_KEEP_HISTORY = """DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = current_schema()) THEN
    EXECUTE format('REVOKE UPDATE, DELETE ON package_changes FROM %I', current_schema());
  END IF;
END $$"""


def upgrade() -> None:
    op.add_column(
        "words", sa.Column("position", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.add_column(
        "ladders", sa.Column("position", sa.BigInteger(), server_default="0", nullable=False)
    )
    _reshape(op.get_bind())
    op.execute(
        "UPDATE words SET position = w.place FROM"
        " (SELECT id, row_number() OVER (ORDER BY id) AS place FROM words) w WHERE w.id = words.id"
    )
    op.execute(
        "UPDATE ladders SET position = l.place FROM"
        " (SELECT id, row_number() OVER (ORDER BY id) AS place FROM ladders) l"
        " WHERE l.id = ladders.id"
    )
    _tables()


def _tables() -> None:
    op.create_table(
        "package_drafts",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("decisions", JSONB(), nullable=False),
        sa.Column("changed_at", _WHEN, nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_drafts")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_package_drafts_key_version")),
    )
    op.create_table(
        "package_changes",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("before", JSONB(), nullable=False),
        sa.Column("after", JSONB(), nullable=False),
        sa.Column("base", JSONB(), nullable=False),
        sa.Column("decisions", JSONB(), nullable=False),
        sa.Column("counts", JSONB(), nullable=False),
        sa.Column("actor_kind", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("actor_name", sa.String(length=100), nullable=False),
        sa.Column("at", _WHEN, nullable=False),
        sa.Column("undoes_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "kind IN ('install', 'upgrade', 'exchange', 'undo')",
            name=op.f("ck_package_changes_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["package_changes.id"], name=op.f("fk_package_changes_undoes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_changes")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_package_changes_undoes_id")),
    )
    op.execute(_KEEP_HISTORY)


def _reshape(bind: sa.Connection) -> None:
    """Give every installed content the shape of the files."""
    for row_id, content in bind.execute(sa.text("SELECT id, content FROM installed_packages")):
        if "roles" in content:
            bind.execute(
                sa.text(
                    "UPDATE installed_packages SET content = CAST(:new AS jsonb) WHERE id = :id"
                ),
                {"new": json.dumps(_parts(content)), "id": row_id},
            )


def _parts(old: dict[str, Any]) -> dict[str, Any]:
    """The old shape named the fields of the loaded package: its files' names are others."""
    said = _said(old)
    demands = said["demands"]
    for row in demands["categories"]:
        if row.get("kind") is None:
            row.pop("kind", None)
    for name in ("deadlines", "templates"):
        for row in demands.get(name, ()):
            if row.get("category") is None:
                row.pop("category", None)
    for row in demands.get("guides", ()):
        if row.get("level") is None:
            row.pop("level", None)
    return {
        "package": said["head"],
        "territory": said["territory"],
        "accounts": {"roles": said["roles"]},
        "rooms": said["rooms"],
        "demands": demands,
        "workdays": {"week": _week(said["workdays"])},
        "words": {"words": said["words"]},
    }


def _said(value: Any) -> Any:
    """The value without what goes unsaid, at any depth."""
    if isinstance(value, dict):
        return {
            name: _said(each)
            for name, each in value.items()
            if name not in _UNSAID or each != _UNSAID[name]
        }
    return [_said(each) for each in value] if isinstance(value, list) else value


def _week(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each pair of times once, with all its days."""
    days: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in rows:
        days[row["opens"], row["closes"]].update(row["days"])
    return [{"days": sorted(days[o, c]), "opens": o, "closes": c} for o, c in sorted(days)]


def downgrade() -> None:
    op.drop_table("package_changes")
    op.drop_table("package_drafts")
    op.drop_column("ladders", "position")
    op.drop_column("words", "position")

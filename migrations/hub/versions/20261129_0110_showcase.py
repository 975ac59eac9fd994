"""Demos of guests' own, how far guests come, and screens; districts from which demos are copied.

Why: a guest gets a demo of his own in seconds; counts say how far guests come; a screen in a hall is
known by a code. Locks: tenants, for a moment.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "showcase"
down_revision = "operator"
branch_labels = None
depends_on = None

_WHEN = sa.DateTime(timezone=True)
_KINDS = "kind IN ('standard', 'trial', 'demo'{})"
_STEPS = "step IN ('visited', 'opened', 'played', 'taken', 'wanted', 'made')"


def _id(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _district(table: str, column: str = "tenant_id") -> sa.schema.SchemaItem:
    return sa.ForeignKeyConstraint([column], ["hub.tenants.id"], name=op.f(f"fk_{table}_{column}"))


def _kinds(more: str) -> None:
    op.drop_constraint(op.f("ck_tenants_kind"), "tenants", schema="hub")
    op.create_check_constraint(
        op.f("ck_tenants_kind"), "tenants", _KINDS.format(more), schema="hub"
    )


def upgrade() -> None:
    _kinds(", 'template'")
    op.create_table(
        "demo_grants",
        *_id("demo_grants"),
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("shown_by", sa.BigInteger(), nullable=True),
        sa.Column("wish", JSONB(), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("asked_at", _WHEN, nullable=False),
        sa.Column("anew_at", _WHEN, nullable=True),
        sa.Column("played", JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("wanted_at", _WHEN, nullable=True),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        _district("demo_grants"),
        _district("demo_grants", "shown_by"),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_demo_grants_tenant_id")),
        schema="hub",
    )
    op.create_index(
        op.f("ix_demo_grants_address_hash"), "demo_grants", ["address_hash"], schema="hub"
    )
    op.create_table(
        "funnel_steps",
        *_id("funnel_steps"),
        sa.Column("step", sa.String(length=10), nullable=False),
        sa.Column("at", _WHEN, nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), nullable=True),
        sa.Column("shown_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(_STEPS, name=op.f("ck_funnel_steps_step")),
        _district("funnel_steps"),
        _district("funnel_steps", "shown_by"),
        sa.UniqueConstraint("step", "tenant_id", name=op.f("uq_funnel_steps_step_tenant_id")),
        schema="hub",
    )
    op.create_index(op.f("ix_funnel_steps_shown_by"), "funnel_steps", ["shown_by"], schema="hub")
    op.create_table(
        "screens",
        *_id("screens"),
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), server_default="", nullable=False),
        sa.Column("code", sa.String(length=8), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("asked_at", _WHEN, nullable=False),
        sa.Column("paired_at", _WHEN, nullable=True),
        sa.Column("seen_at", _WHEN, nullable=True),
        _district("screens"),
        sa.UniqueConstraint("code", name=op.f("uq_screens_code")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_screens_token_hash")),
        schema="hub",
    )
    op.create_index(op.f("ix_screens_tenant_id"), "screens", ["tenant_id"], schema="hub")


def downgrade() -> None:
    for table in ("screens", "funnel_steps", "demo_grants"):
        op.drop_table(table, schema="hub")
    _kinds("")

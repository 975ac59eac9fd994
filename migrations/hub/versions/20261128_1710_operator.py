"""What operators see and set of a district: quotas, usage, codes of before, proof of a host.

Why: a district is renamed and its printed links lead on; a host leads there only once it is proved.
Hosts of before were entered by hand and stay good.
Locks: tenants and hosts, for a moment.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "operator"
down_revision = "seals"
branch_labels = None
depends_on = None

_WHEN = sa.DateTime(timezone=True)
_QUOTAS = ("quota_bytes", "quota_people", "quota_sms")


def upgrade() -> None:
    op.add_column("tenants", sa.Column("support_until", _WHEN, nullable=True), schema="hub")
    for name in _QUOTAS:
        op.add_column("tenants", sa.Column(name, sa.BigInteger(), nullable=True), schema="hub")
    op.create_table(
        "old_codes",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("at", _WHEN, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["hub.tenants.id"], name=op.f("fk_old_codes_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_old_codes")),
        sa.UniqueConstraint("code", name=op.f("uq_old_codes_code")),
        schema="hub",
    )
    op.create_index(op.f("ix_old_codes_tenant_id"), "old_codes", ["tenant_id"], schema="hub")
    op.create_table(
        "usage",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("at", _WHEN, nullable=False),
        sa.Column("seen_at", _WHEN, nullable=True),
        sa.Column("edition", sa.String(length=100), nullable=True),
        sa.Column("counts", JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["hub.tenants.id"], name=op.f("fk_usage_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usage")),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_usage_tenant_id")),
        schema="hub",
    )
    op.add_column(
        "hosts",
        sa.Column("proof", sa.String(length=64), server_default="", nullable=False),
        schema="hub",
    )
    for name in ("asked_at", "proved_at"):
        op.add_column("hosts", sa.Column(name, _WHEN, nullable=True), schema="hub")
    op.execute("UPDATE hub.hosts SET proved_at = now()")


def downgrade() -> None:
    for name in ("proved_at", "asked_at", "proof"):
        op.drop_column("hosts", name, schema="hub")
    op.drop_table("usage", schema="hub")
    op.drop_table("old_codes", schema="hub")
    for name in ("support_until", *_QUOTAS):
        op.drop_column("tenants", name, schema="hub")

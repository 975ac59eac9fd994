"""Registrations: residents who ask for an account by themselves.

Why: nobody got an account alone. A new table; nothing that is there is touched.
Locks: none.
"""

import sqlalchemy as sa
from alembic import op

revision = "registrations"
down_revision = "short_texts"
branch_labels = None
depends_on = None

_WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "registrations",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.Column("phone_hash", sa.String(length=64), nullable=False),
        sa.Column("password_hash", sa.Text()),
        sa.Column("home_unit_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), server_default="asked", nullable=False),
        sa.Column("at", _WHEN, nullable=False),
        sa.Column("decided_at", _WHEN),
        sa.Column("decided_by_id", sa.BigInteger()),
        sa.Column("person_id", sa.BigInteger()),
        sa.CheckConstraint(
            "state IN ('asked', 'confirmed', 'refused')", name=op.f("ck_registrations_state")
        ),
        sa.CheckConstraint(
            "(state = 'asked') = (decided_at IS NULL) AND (state = 'confirmed') = "
            "(person_id IS NOT NULL)",
            name=op.f("ck_registrations_decided"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_registrations_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["home_unit_id"], ["units.id"], name=op.f("fk_registrations_home_unit_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_registrations_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sa.UniqueConstraint("person_id", name=op.f("uq_registrations_person_id")),
    )
    op.create_index(op.f("ix_registrations_phone_hash"), "registrations", ["phone_hash"])
    op.create_index(
        op.f("ix_registrations_home_unit_id"), "registrations", ["home_unit_id"],
        postgresql_where=sa.text("state = 'asked'"),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("registrations")

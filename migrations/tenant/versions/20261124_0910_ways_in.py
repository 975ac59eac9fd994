"""Counters with hours, workbooks that wait, and when somebody was first told of a demand.

Why: an affair is settled at the counter of a level, whose hours are given to one each; a workbook
is looked at before it becomes demands. Locks: demands, for as long as two small indexes take.
"""

import sqlalchemy as sa
from alembic import op

revision = "ways_in"
down_revision = "retired_reasons"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("demand_guides", sa.Column("level", sa.String(length=40), nullable=True))
    op.add_column("demands", sa.Column("received_on", sa.Date(), nullable=True))
    op.create_index(
        "ix_demands_appointments",
        "demands",
        ["category", "unit_id", "appointment_at"],
        postgresql_where=sa.text("appointment_at IS NOT NULL"),
    )
    op.create_index(
        "ix_demands_entered",
        "demands",
        ["entered_by_id", "id"],
        postgresql_where=sa.text("entered_by_id IS NOT NULL"),
    )
    op.create_table(
        "demand_imports",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.String(length=26), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("made", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "state IN ('checked', 'running', 'done', 'stopped')",
            name=op.f("ck_demand_imports_state"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_demand_imports_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_imports")),
        sa.UniqueConstraint("person_id", name=op.f("uq_demand_imports_person_id")),
        sa.UniqueConstraint("token", name=op.f("uq_demand_imports_token")),
    )


def downgrade() -> None:
    op.drop_table("demand_imports")
    op.drop_index("ix_demands_entered", table_name="demands")
    op.drop_index("ix_demands_appointments", table_name="demands")
    op.drop_column("demands", "received_on")
    op.drop_column("demand_guides", "level")

"""Sign-ins of operators are rows, tries are counted for whom they are about; a second step.

Why: as in districts (tenant revision ``sign_ins``). Locks: tries and operators, for a moment.
"""

import sqlalchemy as sa
from alembic import op

revision = "sign_ins"
down_revision = "archives"
branch_labels = None
depends_on = None

_WHEN = sa.DateTime(timezone=True)


def _of_owner(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["hub.operators.id"], name=op.f(f"fk_{table}_owner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    op.add_column("tries", sa.Column("about", sa.String(length=64), nullable=True), schema="hub")
    op.add_column("tries", sa.Column("last_at", _WHEN, nullable=True), schema="hub")
    op.create_index(op.f("ix_tries_about"), "tries", ["about"], schema="hub")
    op.create_table(
        "sign_ins",
        *_of_owner("sign_ins"),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("app", sa.String(length=60), nullable=True),
        sa.Column("began_at", _WHEN, nullable=False),
        sa.Column("seen_at", _WHEN, nullable=False),
        sa.Column("ends_at", _WHEN, nullable=True),
        sa.Column("proved_at", _WHEN, nullable=True),
        sa.UniqueConstraint("key_hash", name=op.f("uq_sign_ins_key_hash")),
        schema="hub",
    )
    op.add_column("operators", sa.Column("second_due_at", _WHEN, nullable=True), schema="hub")
    op.create_table(
        "second_factors",
        *_of_owner("second_factors"),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("credential", sa.Text(), nullable=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("host", sa.String(length=253), nullable=True),
        sa.Column("counter", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("added_at", _WHEN, nullable=False),
        sa.Column("used_at", _WHEN, nullable=True),
        schema="hub",
    )
    op.create_table(
        "spare_codes",
        *_of_owner("spare_codes"),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", _WHEN, nullable=True),
        sa.UniqueConstraint("code_hash", name=op.f("uq_spare_codes_code_hash")),
        schema="hub",
    )
    for table in ("sign_ins", "second_factors", "spare_codes"):
        op.create_index(op.f(f"ix_{table}_owner_id"), table, ["owner_id"], schema="hub")


def downgrade() -> None:
    for table in ("spare_codes", "second_factors", "sign_ins"):
        op.drop_table(table, schema="hub")
    op.drop_column("operators", "second_due_at", schema="hub")
    op.drop_index(op.f("ix_tries_about"), table_name="tries", schema="hub")
    op.drop_column("tries", "last_at", schema="hub")
    op.drop_column("tries", "about", schema="hub")

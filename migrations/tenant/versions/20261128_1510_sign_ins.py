"""Sign-ins are rows, tries are counted for whom they are about, and there is a second step.

Why: signing out must end what was copied from the browser, people see where they are signed in and
end it, wrong passwords of strangers must not lock out the owner, and a password alone must not be
enough for who may do much. New tables and columns; who is signed in today signs in once more.
Locks: tries and people, for a moment.
"""

import sqlalchemy as sa
from alembic import op

revision = "sign_ins"
down_revision = "apps"
branch_labels = None
depends_on = None

_WHEN = sa.DateTime(timezone=True)


def _of_owner(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f(f"fk_{table}_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    op.add_column("tries", sa.Column("about", sa.String(length=64), nullable=True))
    op.add_column("tries", sa.Column("last_at", _WHEN, nullable=True))
    op.create_index(op.f("ix_tries_about"), "tries", ["about"])
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
    )
    op.add_column("people", sa.Column("second_due_at", _WHEN, nullable=True))
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
    )
    op.create_table(
        "spare_codes",
        *_of_owner("spare_codes"),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", _WHEN, nullable=True),
        sa.UniqueConstraint("code_hash", name=op.f("uq_spare_codes_code_hash")),
    )
    op.create_table(
        "second_rules",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("grace_days", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_rules")),
    )
    op.create_table(
        "second_resets",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", _WHEN, nullable=False),
        sa.Column("done_by_id", sa.BigInteger(), nullable=True),
        sa.Column("done_at", _WHEN, nullable=True),
        sa.CheckConstraint("done_by_id <> asked_by_id", name=op.f("ck_second_resets_two")),
        *(
            sa.ForeignKeyConstraint([name], ["people.id"], name=op.f(f"fk_second_resets_{name}"))
            for name in ("person_id", "asked_by_id", "done_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_resets")),
    )
    op.create_index(op.f("ix_second_resets_person_id"), "second_resets", ["person_id"])
    for table in ("sign_ins", "second_factors", "spare_codes"):
        op.create_index(op.f(f"ix_{table}_owner_id"), table, ["owner_id"])


def downgrade() -> None:
    for table in ("second_resets", "second_rules", "spare_codes", "second_factors", "sign_ins"):
        op.drop_table(table)
    op.drop_column("people", "second_due_at")
    op.drop_index(op.f("ix_tries_about"), table_name="tries")
    op.drop_column("tries", "last_at")
    op.drop_column("tries", "about")

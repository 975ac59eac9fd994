"""Sign-ins are rows, and tries are counted for whom they are about.

Why: signing out must end what was copied from the browser, people see where they are signed in and
end it, and wrong passwords of strangers must not lock out the owner. New table and columns; who is
signed in today signs in once more.
Locks: tries, for a moment.
"""

import sqlalchemy as sa
from alembic import op

revision = "sign_ins"
down_revision = "apps"
branch_labels = None
depends_on = None

_WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("tries", sa.Column("about", sa.String(length=64), nullable=True))
    op.add_column("tries", sa.Column("last_at", _WHEN, nullable=True))
    op.create_index(op.f("ix_tries_about"), "tries", ["about"])
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("app", sa.String(length=60), nullable=True),
        sa.Column("began_at", _WHEN, nullable=False),
        sa.Column("seen_at", _WHEN, nullable=False),
        sa.Column("ends_at", _WHEN, nullable=True),
        sa.Column("proved_at", _WHEN, nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_sign_ins_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_sign_ins_key_hash")),
    )
    op.create_index(op.f("ix_sign_ins_owner_id"), "sign_ins", ["owner_id"])


def downgrade() -> None:
    op.drop_table("sign_ins")
    op.drop_index(op.f("ix_tries_about"), table_name="tries")
    op.drop_column("tries", "last_at")
    op.drop_column("tries", "about")

"""Those who vouch for people (OpenID Connect), beside the apps that bring residents in.

Why: staff of a city sign in with the account that they have there already. Identities belong to an
app or to one who vouches; those that are there belong to apps.
Locks: identities, for a moment.
"""

import sqlalchemy as sa
from alembic import op

revision = "providers"
down_revision = "sign_ins"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "providers",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("client_id", sa.String(length=200), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_providers")),
        sa.UniqueConstraint("code", name=op.f("uq_providers_code")),
        sa.UniqueConstraint("issuer", name=op.f("uq_providers_issuer")),
    )
    op.alter_column("identities", "app_id", nullable=True)
    op.add_column("identities", sa.Column("provider_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_identities_provider_id"), "identities", "providers", ["provider_id"], ["id"]
    )
    op.create_unique_constraint(
        op.f("uq_identities_provider_id_subject_hash"),
        "identities",
        ["provider_id", "subject_hash"],
    )
    op.create_check_constraint(
        op.f("ck_identities_one_side"), "identities", "(app_id IS NULL) <> (provider_id IS NULL)"
    )


def downgrade() -> None:
    op.execute("DELETE FROM identities WHERE app_id IS NULL")
    op.drop_constraint(op.f("ck_identities_one_side"), "identities", type_="check")
    op.drop_column("identities", "provider_id")
    op.alter_column("identities", "app_id", nullable=False)
    op.drop_table("providers")

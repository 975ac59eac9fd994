"""Who came: marks and voids, which only grow.

Why: sessions take place, and nobody could say who was there. That nobody is marked twice, that a
void is never void and that nobody was at what has not begun, is kept by keys and checks over
columns that are computed, without a trigger. A new table alone.
Locks: sessions, signups, people and units, for a moment.
"""

import sqlalchemy as sa
from alembic import op

revision = "attendance"
down_revision = "activities"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendances",
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("begun", sa.Boolean(), sa.Computed("true", persisted=True), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=4), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("band", sa.String(length=10), nullable=False),
        sa.Column("signup_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "subject",
            sa.String(length=24),
            sa.Computed(
                "CASE WHEN person_id IS NOT NULL THEN 'p' || CAST(person_id AS text) WHEN kind = 'person' THEN 's' || CAST(signup_id AS text) END",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("voids_id", sa.BigInteger(), nullable=True),
        sa.Column("follows_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "target",
            sa.String(length=4),
            sa.Computed("CASE WHEN voids_id IS NOT NULL THEN 'mark' END", persisted=True),
            nullable=True,
        ),
        sa.Column(
            "before",
            sa.String(length=4),
            sa.Computed("CASE WHEN follows_id IS NOT NULL THEN 'void' END", persisted=True),
            nullable=True,
        ),
        sa.Column("cause", sa.String(length=200), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(length=10), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(kind = 'person') = (subject IS NOT NULL)", name=op.f("ck_attendances_subject")
        ),
        sa.CheckConstraint(
            "(what = 'void') = (voids_id IS NOT NULL)", name=op.f("ck_attendances_void")
        ),
        sa.CheckConstraint(
            "band IN ('child', 'adult', 'elder', 'other')", name=op.f("ck_attendances_band")
        ),
        sa.CheckConstraint(
            "follows_id IS NULL OR kind = 'person'", name=op.f("ck_attendances_follows")
        ),
        sa.CheckConstraint(
            "how IN ('scanned', 'shown', 'found', 'tally', 'paper')",
            name=op.f("ck_attendances_how"),
        ),
        sa.CheckConstraint("kind <> 'person' OR n <= 1", name=op.f("ck_attendances_one_person")),
        sa.CheckConstraint(
            "kind IN ('person', 'listed', 'tally')", name=op.f("ck_attendances_kind")
        ),
        sa.CheckConstraint(
            "what = 'mark' OR (n = 0 AND follows_id IS NULL)",
            name=op.f("ck_attendances_void_is_none"),
        ),
        sa.CheckConstraint("what = 'void' OR n BETWEEN 1 AND 5000", name=op.f("ck_attendances_n")),
        sa.CheckConstraint("what IN ('mark', 'void')", name=op.f("ck_attendances_what")),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_attendances_actor_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_attendances_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id", "begun"],
            ["sessions.id", "sessions.begun"],
            name="fk_attendances_session_id_begun",
        ),
        sa.ForeignKeyConstraint(
            ["session_id", "subject", "before", "follows_id"],
            ["attendances.session_id", "attendances.subject", "attendances.what", "attendances.id"],
            name="fk_attendances_follows",
        ),
        sa.ForeignKeyConstraint(
            ["session_id", "target", "voids_id"],
            ["attendances.session_id", "attendances.what", "attendances.id"],
            name="fk_attendances_voids",
        ),
        sa.ForeignKeyConstraint(
            ["signup_id"], ["signups.id"], name=op.f("fk_attendances_signup_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_attendances_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
        sa.UniqueConstraint("follows_id", name="uq_attendances_follows_id"),
        sa.UniqueConstraint("key", name="uq_attendances_key"),
        sa.UniqueConstraint(
            "session_id",
            "subject",
            "what",
            "id",
            name=op.f("uq_attendances_session_id_subject_what_id"),
        ),
        sa.UniqueConstraint(
            "session_id", "what", "id", name=op.f("uq_attendances_session_id_what_id")
        ),
        sa.UniqueConstraint("voids_id", name="uq_attendances_voids_id"),
    )
    op.create_index(op.f("ix_attendances_person_id"), "attendances", ["person_id"], unique=False)
    op.create_index(op.f("ix_attendances_session_id"), "attendances", ["session_id"], unique=False)
    op.create_index(op.f("ix_attendances_signup_id"), "attendances", ["signup_id"], unique=False)
    op.create_index(
        "ix_attendances_unit_id_held_at", "attendances", ["unit_id", "held_at"], unique=False
    )
    op.create_index(
        "uq_attendances_once",
        "attendances",
        ["session_id", "subject"],
        unique=True,
        postgresql_where=sa.text("what = 'mark' AND follows_id IS NULL"),
    )
    op.execute(
        """DO $$ BEGIN
          IF EXISTS (SELECT FROM pg_roles WHERE rolname = current_schema()) THEN
            EXECUTE format('REVOKE UPDATE, DELETE ON attendances FROM %I', current_schema());
          END IF;
        END $$"""
    )


def downgrade() -> None:
    op.drop_table("attendances")

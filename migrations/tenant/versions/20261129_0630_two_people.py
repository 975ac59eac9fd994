"""Who wrote down what points are earned for stands beside who earns; whose program asked for a room
is who asked; checks of the seals only grow.

Why: a program of one's own is no second person, and what a check found is written over by nobody.
Locks: points_accounts, points_grants, bookings and seal_checks, for a moment.
"""

import sqlalchemy as sa
from alembic import op

revision = "two_people"
down_revision = "winners"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_unique_constraint("uq_points_accounts_whose", "points_accounts", ["id", "person_id"])
    op.add_column("points_grants", sa.Column("person_id", sa.BigInteger(), nullable=True))
    op.add_column("points_grants", sa.Column("by_id", sa.BigInteger(), nullable=True))
    op.execute(
        "UPDATE points_grants SET person_id = a.person_id"
        " FROM points_accounts a WHERE a.id = account_id"
    )
    op.execute(
        "UPDATE points_grants SET by_id = NULLIF(m.actor_id, points_grants.person_id)"
        " FROM attendances m WHERE m.id = mark_id AND m.how <> 'scanned'"
    )
    op.execute(
        "UPDATE points_grants SET by_id = s.verified_by FROM services s WHERE s.id = service_id"
    )
    op.alter_column("points_grants", "person_id", nullable=False)
    op.create_foreign_key(
        "fk_points_grants_whose",
        "points_grants",
        "points_accounts",
        ["account_id", "person_id"],
        ["id", "person_id"],
    )
    op.create_foreign_key(
        op.f("fk_points_grants_by_id"), "points_grants", "people", ["by_id"], ["id"]
    )
    op.create_check_constraint(
        op.f("ck_points_grants_by_another"), "points_grants", "by_id <> person_id"
    )
    op.create_check_constraint(
        op.f("ck_points_grants_verified"),
        "points_grants",
        "service_id IS NULL OR by_id IS NOT NULL",
    )
    op.execute(
        "UPDATE bookings SET applicant_id = t.created_by_id"
        " FROM booking_acts a JOIN api_tokens t ON t.id = a.token_id"
        " WHERE a.booking_id = bookings.id AND a.number = 1 AND applicant_id IS NULL"
        " AND approver_id IS DISTINCT FROM t.created_by_id"
    )
    op.add_column("seal_checks", sa.Column("answers_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_seal_checks_answers_id"), "seal_checks", "seal_checks", ["answers_id"], ["id"]
    )
    op.create_unique_constraint(op.f("uq_seal_checks_answers_id"), "seal_checks", ["answers_id"])
    op.create_check_constraint(
        op.f("ck_seal_checks_answer"), "seal_checks", "answers_id IS NULL OR done_at IS NOT NULL"
    )
    op.execute(
        """DO $$ BEGIN
          IF EXISTS (SELECT FROM pg_roles WHERE rolname = current_schema()) THEN
            EXECUTE format('REVOKE UPDATE, DELETE ON seal_checks FROM %I', current_schema());
          END IF;
        END $$"""
    )


def downgrade() -> None:
    op.drop_column("seal_checks", "answers_id")
    for name in ("by_id", "person_id"):
        op.drop_column("points_grants", name)
    op.drop_constraint("uq_points_accounts_whose", "points_accounts")

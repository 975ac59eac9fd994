"""Pictures of sessions, with who objects to them; reminders before a session begins.

Why: a picture is seen until somebody objects, and then at once no more; who comes is reminded once,
so long before as the kind of the activity says. New tables, and two columns that have a default.
Locks: activity_terms and sessions, for a moment; neither is written anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "life"
down_revision = "fund_organs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "activity_terms",
        sa.Column("remind_hours", sa.BigInteger(), server_default="24", nullable=False),
    )
    op.create_check_constraint(
        op.f("ck_activity_terms_remind_hours"), "activity_terms", "remind_hours BETWEEN 0 AND 168"
    )
    op.add_column("sessions", sa.Column("reminded_for", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "session_pictures",
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("shows", sa.String(length=100), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "state IN ('shown', 'hidden', 'removed')", name=op.f("ck_session_pictures_state")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_session_pictures_by_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_session_pictures_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_pictures")),
        sa.UniqueConstraint("code", name=op.f("uq_session_pictures_code")),
    )
    op.create_index(
        op.f("ix_session_pictures_session_id"), "session_pictures", ["session_id"], unique=False
    )

    op.create_table(
        "picture_objections",
        sa.Column("picture_id", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("words", sa.String(length=200), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "outcome <> 'put_back' OR words IS NOT NULL", name=op.f("ck_picture_objections_words")
        ),
        sa.CheckConstraint(
            "outcome IN ('put_back', 'removed')", name=op.f("ck_picture_objections_outcome")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (outcome IS NULL)", name=op.f("ck_picture_objections_decided")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_picture_objections_by_id")),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["session_pictures.id"], name=op.f("fk_picture_objections_picture_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture_objections")),
    )
    op.create_index(
        op.f("ix_picture_objections_picture_id"), "picture_objections", ["picture_id"], unique=False
    )
    op.create_index(
        "uq_picture_objections_open",
        "picture_objections",
        ["picture_id"],
        unique=True,
        postgresql_where=sa.text("decided_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("picture_objections")
    op.drop_table("session_pictures")
    op.drop_column("sessions", "reminded_for")
    op.drop_constraint(op.f("ck_activity_terms_remind_hours"), "activity_terms")
    op.drop_column("activity_terms", "remind_hours")

"""When a district works: its week, its holidays and make-up days.

Why: deadlines counted Monday to Friday, whatever the calendar said. A district that is there
already gets the week that was counted so far, eight hours a day; which holidays it takes from the
published list, its administrator says on the page of working days. Locks: none, the tables are new.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "workdays"
down_revision = "one_number"
branch_labels = None
depends_on = None

_ORDINARY = """[{"opens": "09:00", "closes": "12:00"}, {"opens": "13:00", "closes": "18:00"}]"""


def upgrade() -> None:
    op.create_table(
        "work_calendar",
        sa.Column("version", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_calendar")),
    )
    op.create_table(
        "work_week",
        sa.Column("weekday", sa.BigInteger(), nullable=False),
        sa.Column("spans", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name=op.f("ck_work_week_weekday")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_week")),
        sa.UniqueConstraint("weekday", name=op.f("uq_work_week_weekday")),
    )
    op.create_table(
        "workday_exceptions",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("spans", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "source IN ('published', 'own')", name=op.f("ck_workday_exceptions_source")
        ),
        sa.CheckConstraint("works OR spans IS NULL", name=op.f("ck_workday_exceptions_spans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workday_exceptions")),
        sa.UniqueConstraint("day", "source", name=op.f("uq_workday_exceptions_day_source")),
    )
    op.create_table(
        "work_years",
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("origin", sa.String(length=60), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("state IN ('published', 'own')", name=op.f("ck_work_years_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_years")),
        sa.UniqueConstraint("year", name=op.f("uq_work_years_year")),
    )
    _the_week_so_far()


def _the_week_so_far() -> None:
    """Only where a package is installed: a district that is being set up gets its package's."""
    op.execute(
        sa.text(
            "INSERT INTO work_calendar (version, changed_at)"
            " SELECT gen_random_uuid(), now() WHERE EXISTS (SELECT FROM installed_packages)"
        )
    )
    op.execute(
        sa.text(
            "INSERT INTO work_week (weekday, spans)"
            " SELECT day, CASE WHEN day < 6 THEN CAST(:ordinary AS jsonb) ELSE '[]' END"
            " FROM generate_series(1, 7) AS day WHERE EXISTS (SELECT FROM installed_packages)"
        ).bindparams(ordinary=_ORDINARY)
    )


def downgrade() -> None:
    op.drop_table("work_years")
    op.drop_table("workday_exceptions")
    op.drop_table("work_week")
    op.drop_table("work_calendar")

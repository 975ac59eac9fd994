"""Questions that a category asks, what was answered, and reports that a district defines.

Why: words alone leave out what the first phone call then asks for; and the same figures are put
together by hand every month. New tables alone: nothing of what is there is rewritten. Answers may
only grow, as everything that residents said.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "questions_and_reports"
down_revision = "upgrades"
branch_labels = None
depends_on = None

_KINDS = "kind IN ('text', 'number', 'choice', 'yes_no', 'date')"
_ONLY_GROWS = """DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = current_schema()) THEN
    EXECUTE format('REVOKE UPDATE, DELETE ON demand_details FROM %I', current_schema());
  END IF;
END $$"""
_PERIODS = "period IN ('month', 'quarter', 'year')"


def upgrade() -> None:
    _questions()
    _details()
    _reports()


def _json(name: str, *, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, postgresql.JSONB(astext_type=sa.Text()), nullable=nullable)


def _flag(name: str) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False)


def _questions() -> None:
    op.create_table(
        "demand_questions",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        _json("label"),
        _json("hint"),
        sa.Column("kind", sa.String(length=20), nullable=False),
        _json("choices"),
        _flag("required"),
        _flag("personal"),
        sa.Column("position", sa.BigInteger(), nullable=False),
        _flag("retired"),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(_KINDS, name=op.f("ck_demand_questions_kind")),
        sa.ForeignKeyConstraint(
            ["category"], ["demand_categories.code"], name=op.f("fk_demand_questions_category")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_questions")),
        sa.UniqueConstraint("code", name=op.f("uq_demand_questions_code")),
    )
    op.create_index(
        op.f("ix_demand_questions_category_position"), "demand_questions", ["category", "position"]
    )


def _details() -> None:
    op.create_table(
        "demand_details",
        sa.Column("demand_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        _json("label"),
        sa.Column("position", sa.BigInteger(), nullable=False),
        _json("said", nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(said IS NULL) <> (sealed IS NULL)", name=op.f("ck_demand_details_one_answer")
        ),
        sa.ForeignKeyConstraint(
            ["demand_id"], ["demands.id"], name=op.f("fk_demand_details_demand_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_details")),
        sa.UniqueConstraint(
            "demand_id", "question", name=op.f("uq_demand_details_demand_id_question")
        ),
    )
    op.execute(_ONLY_GROWS)


def _reports() -> None:
    op.create_table(
        "demand_reports",
        sa.Column("code", sa.String(length=40), nullable=False),
        _json("title"),
        _json("summary"),
        sa.Column("period", sa.String(length=20), nullable=False),
        _json("sections"),
        sa.Column("position", sa.BigInteger(), nullable=False),
        _flag("retired"),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(_PERIODS, name=op.f("ck_demand_reports_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_reports")),
        sa.UniqueConstraint("code", name=op.f("uq_demand_reports_code")),
    )


def downgrade() -> None:
    op.drop_table("demand_reports")
    op.drop_table("demand_details")
    op.drop_table("demand_questions")

"""Organisations: types and stages of the model, the register with its acts, what is kept beside
them, five-party linkage; and premises that organisations use.

Why: organisations are incubated, and nothing in the product knew one. New tables alone: nothing of
what is there is rewritten. Acts, papers, rolls, signs of life and reviews may only grow.
Locks: none, all tables are new.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "organisations"
down_revision = "attachments"
branch_labels = None
depends_on = None

_TABLES = (
    "organisation_terms",
    "organisation_types",
    "organisation_stages",
    "organisation_pilots",
    "party_branches",
    "work_stations",
    "organisations",
    "social_workers",
    "organisation_acts",
    "organisation_areas",
    "organisation_credentials",
    "organisation_links",
    "organisation_members",
    "organisation_mentorships",
    "organisation_posts",
    "organisation_rolls",
    "organisation_signs",
    "premises_grants",
    "project_plans",
    "organisation_sessions",
    "premises_reviews",
    "project_plan_acts",
)
_ONLY_GROWS = (
    "organisation_acts",
    "organisation_credentials",
    "organisation_rolls",
    "organisation_signs",
    "premises_reviews",
    "project_plan_acts",
)


def upgrade() -> None:
    for make in _MAKE:
        make()
    for table in _ONLY_GROWS:
        op.execute(
            f"""DO $$ BEGIN
              IF EXISTS (SELECT FROM pg_roles WHERE rolname = current_schema()) THEN
                EXECUTE format('REVOKE UPDATE, DELETE ON {table} FROM %I', current_schema());
              END IF;
            END $$"""
        )


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)


def _organisation_terms() -> None:
    op.create_table(
        "organisation_terms",
        sa.Column("use", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_terms")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_terms_code")),
    )


def _organisation_types() -> None:
    op.create_table(
        "organisation_types",
        sa.Column("needs", sa.String(length=20), nullable=False),
        sa.Column("supporter", sa.String(length=40), nullable=False),
        sa.Column("silent_days", sa.BigInteger(), nullable=False),
        sa.Column("most_members", sa.BigInteger(), nullable=False),
        sa.Column("valid_months", sa.BigInteger(), nullable=True),
        sa.Column("source", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_types")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_types_code")),
    )


def _organisation_stages() -> None:
    op.create_table(
        "organisation_stages",
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("criteria", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["type"], ["organisation_types.code"], name=op.f("fk_organisation_stages_type")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_stages")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_stages_code")),
    )
    op.create_index(
        op.f("ix_organisation_stages_type"), "organisation_stages", ["type"], unique=False
    )


def _organisation_pilots() -> None:
    op.create_table(
        "organisation_pilots",
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_organisation_pilots_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_pilots")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_organisation_pilots_unit_id")),
    )


def _party_branches() -> None:
    op.create_table(
        "party_branches",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_party_branches_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_branches")),
        sa.UniqueConstraint("code", name=op.f("uq_party_branches_code")),
    )


def _work_stations() -> None:
    op.create_table(
        "work_stations",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_work_stations_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_stations")),
        sa.UniqueConstraint("code", name=op.f("uq_work_stations_code")),
    )


def _organisations() -> None:
    op.create_table(
        "organisations",
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("submission", sa.String(length=40), nullable=True),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("service_class", sa.String(length=40), nullable=True),
        sa.Column("home_unit_id", sa.BigInteger(), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column("carrier_id", sa.BigInteger(), nullable=True),
        sa.Column("branch_id", sa.BigInteger(), nullable=True),
        sa.Column("stage", sa.String(length=40), nullable=True),
        sa.Column("graduated_on", sa.Date(), nullable=True),
        sa.Column("batch", sa.BigInteger(), nullable=True),
        sa.Column("batch_on", sa.Date(), nullable=True),
        sa.Column("started_by_id", sa.BigInteger(), nullable=True),
        sa.Column("asked", sa.String(length=20), nullable=True),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("calls", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("acts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'proposed', 'refused', 'active', 'dormant', 'suspended', 'leaving', 'left')",
            name=op.f("ck_organisations_state"),
        ),
        sa.CheckConstraint(
            "(asked IS NULL) = (asked_by_id IS NULL)", name=op.f("ck_organisations_asked")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["people.id"], name=op.f("fk_organisations_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["party_branches.id"], name=op.f("fk_organisations_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["carrier_id"], ["organisations.id"], name=op.f("fk_organisations_carrier_id")
        ),
        sa.ForeignKeyConstraint(
            ["home_unit_id"], ["units.id"], name=op.f("fk_organisations_home_unit_id")
        ),
        sa.ForeignKeyConstraint(
            ["stage"], ["organisation_stages.code"], name=op.f("fk_organisations_stage")
        ),
        sa.ForeignKeyConstraint(
            ["started_by_id"], ["people.id"], name=op.f("fk_organisations_started_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["type"], ["organisation_types.code"], name=op.f("fk_organisations_type")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("code", name=op.f("uq_organisations_code")),
        sa.UniqueConstraint("submission", name=op.f("uq_organisations_submission")),
    )
    op.create_index(
        op.f("ix_organisations_home_unit_id"), "organisations", ["home_unit_id"], unique=False
    )
    op.create_index(
        "ix_organisations_next",
        "organisations",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_index(
        "uq_organisations_uscc",
        "organisations",
        ["uscc"],
        unique=True,
        postgresql_where=sa.text("state <> 'left'"),
    )
    op.create_index(
        op.f("ix_organisations_type_state"), "organisations", ["type", "state"], unique=False
    )


def _social_workers() -> None:
    op.create_table(
        "social_workers",
        sa.Column("station_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("certificate", sa.String(length=20), nullable=False),
        sa.Column("caseload", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("caseload BETWEEN 0 AND 1000", name=op.f("ck_social_workers_caseload")),
        sa.CheckConstraint("until >= since", name=op.f("ck_social_workers_span")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_social_workers_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["work_stations.id"], name=op.f("fk_social_workers_station_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_workers")),
    )
    op.create_index(
        op.f("ix_social_workers_station_id"), "social_workers", ["station_id"], unique=False
    )


def _organisation_acts() -> None:
    op.create_table(
        "organisation_acts",
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=True),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=20), nullable=True),
        sa.Column("measured", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("exception", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("first_id", sa.BigInteger(), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("token_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor_kind", sa.String(length=20), server_default="person", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "first_id IS NOT NULL OR (verb NOT IN ('enter', 'promote', 'hold', 'put_back', 'graduate', 'sleep', 'wake', 'warn', 'suspend', 'resume', 'transform', 'close')) OR actor_kind = 'clock'",
            name=op.f("ck_organisation_acts_second_pair_of_eyes"),
        ),
        sa.CheckConstraint(
            "first_id IS NULL OR first_id IS DISTINCT FROM actor_id",
            name=op.f("ck_organisation_acts_two_people"),
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["people.id"], name=op.f("fk_organisation_acts_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["people.id"], name=op.f("fk_organisation_acts_first_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_acts_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_tokens.id"], name=op.f("fk_organisation_acts_token_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_acts")),
        sa.UniqueConstraint(
            "organisation_id", "number", name=op.f("uq_organisation_acts_organisation_id_number")
        ),
        info={"append_only": True},
    )


def _organisation_areas() -> None:
    op.create_table(
        "organisation_areas",
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("people", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_areas_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_organisation_areas_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_areas")),
    )
    op.create_index(
        op.f("ix_organisation_areas_organisation_id"),
        "organisation_areas",
        ["organisation_id"],
        unique=False,
    )


def _organisation_credentials() -> None:
    op.create_table(
        "organisation_credentials",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("issuer", sa.String(length=100), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("replaces_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "kind IN ('registration', 'filing', 'recognition', 'charity', 'assessment', 'social_enterprise')",
            name=op.f("ck_organisation_credentials_kind"),
        ),
        sa.CheckConstraint(
            "valid_until >= valid_from", name=op.f("ck_organisation_credentials_span")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("fk_organisation_credentials_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_credentials_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["organisation_credentials.id"],
            name=op.f("fk_organisation_credentials_replaces_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_credentials")),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_organisation_credentials_organisation_id"),
        "organisation_credentials",
        ["organisation_id"],
        unique=False,
    )


def _organisation_links() -> None:
    op.create_table(
        "organisation_links",
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("organisation_id <> other_id", name=op.f("ck_organisation_links_two")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_links_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["organisations.id"], name=op.f("fk_organisation_links_other_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_links")),
        sa.UniqueConstraint(
            "organisation_id",
            "other_id",
            name=op.f("uq_organisation_links_organisation_id_other_id"),
        ),
    )
    op.create_index(
        op.f("ix_organisation_links_organisation_id"),
        "organisation_links",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_organisation_links_other_id"), "organisation_links", ["other_id"], unique=False
    )


def _organisation_members() -> None:
    op.create_table(
        "organisation_members",
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("child", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=False),
        sa.Column("guardian_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "NOT child OR guardian_on IS NOT NULL", name=op.f("ck_organisation_members_guardian")
        ),
        sa.CheckConstraint(
            "person_id IS NOT NULL OR name IS NOT NULL",
            name=op.f("ck_organisation_members_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_members_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_organisation_members_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_members")),
    )
    op.create_index(
        op.f("ix_organisation_members_organisation_id"),
        "organisation_members",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_organisation_members_person_id"),
        "organisation_members",
        ["person_id"],
        unique=False,
    )
    op.create_index(
        "uq_organisation_members_person",
        "organisation_members",
        ["organisation_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("left_on IS NULL"),
    )


def _organisation_mentorships() -> None:
    op.create_table(
        "organisation_mentorships",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("mentor_id", sa.BigInteger(), nullable=True),
        sa.Column("hours", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "kind IN ('business', 'party', 'social_work')",
            name=op.f("ck_organisation_mentorships_kind"),
        ),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (mentor_id IS NULL)",
            name=op.f("ck_organisation_mentorships_one_mentor"),
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["organisations.id"], name=op.f("fk_organisation_mentorships_mentor_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_mentorships_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_organisation_mentorships_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_mentorships")),
    )
    op.create_index(
        op.f("ix_organisation_mentorships_organisation_id"),
        "organisation_mentorships",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_organisation_mentorships_person_id"),
        "organisation_mentorships",
        ["person_id"],
        unique=False,
    )


def _organisation_posts() -> None:
    op.create_table(
        "organisation_posts",
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "role IN ('leader', 'contact', 'finance')", name=op.f("ck_organisation_posts_role")
        ),
        sa.CheckConstraint(
            "person_id IS NOT NULL OR name IS NOT NULL", name=op.f("ck_organisation_posts_somebody")
        ),
        sa.CheckConstraint("until >= since", name=op.f("ck_organisation_posts_span")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_posts_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_organisation_posts_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_posts")),
    )
    op.create_index(
        op.f("ix_organisation_posts_organisation_id"),
        "organisation_posts",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_organisation_posts_person_id"), "organisation_posts", ["person_id"], unique=False
    )
    op.create_index(
        "uq_organisation_posts_leader",
        "organisation_posts",
        ["organisation_id"],
        unique=True,
        postgresql_where=sa.text("role = 'leader' AND until IS NULL"),
    )


def _organisation_rolls() -> None:
    op.create_table(
        "organisation_rolls",
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("party", sa.BigInteger(), nullable=False),
        sa.Column("league", sa.BigInteger(), nullable=False),
        sa.Column("pioneers", sa.BigInteger(), nullable=False),
        sa.Column("others", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "party >= 0 AND league >= 0 AND pioneers >= 0 AND others >= 0",
            name=op.f("ck_organisation_rolls_counts"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_organisation_rolls_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_rolls_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_rolls")),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_organisation_rolls_organisation_id"),
        "organisation_rolls",
        ["organisation_id"],
        unique=False,
    )


def _organisation_signs() -> None:
    op.create_table(
        "organisation_signs",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("people", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "kind IN ('activity', 'party_activity', 'promotion', 'visit', 'proof')",
            name=op.f("ck_organisation_signs_kind"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_organisation_signs_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_signs_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_signs")),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_organisation_signs_organisation_id"),
        "organisation_signs",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_organisation_signs_organisation_id_on"),
        "organisation_signs",
        ["organisation_id", "on"],
        unique=False,
    )


def _premises_grants() -> None:
    op.create_table(
        "premises_grants",
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("room_id", sa.BigInteger(), nullable=True),
        sa.Column("area_m2", sa.BigInteger(), nullable=False),
        sa.Column("rent_yuan", sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column(
            "paid_yuan", sa.Numeric(precision=10, scale=2), server_default="0", nullable=False
        ),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "area_m2 > 0 AND rent_yuan >= 0 AND paid_yuan >= 0",
            name=op.f("ck_premises_grants_numbers"),
        ),
        sa.CheckConstraint("until >= since", name=op.f("ck_premises_grants_span")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_premises_grants_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_premises_grants_room_id")),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venues.id"], name=op.f("fk_premises_grants_venue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_premises_grants")),
    )
    op.create_index(
        op.f("ix_premises_grants_organisation_id"),
        "premises_grants",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_premises_grants_venue_id"), "premises_grants", ["venue_id"], unique=False
    )


def _project_plans() -> None:
    op.create_table(
        "project_plans",
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("station_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("acts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "state IN ('checking', 'returned', 'passed', 'running', 'finished', 'dropped')",
            name=op.f("ck_project_plans_state"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_project_plans_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["work_stations.id"], name=op.f("fk_project_plans_station_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_plans")),
        sa.UniqueConstraint("code", name=op.f("uq_project_plans_code")),
    )
    op.create_index(
        op.f("ix_project_plans_organisation_id"), "project_plans", ["organisation_id"], unique=False
    )
    op.create_index(
        op.f("ix_project_plans_station_id"), "project_plans", ["station_id"], unique=False
    )


def _organisation_sessions() -> None:
    op.create_table(
        "organisation_sessions",
        sa.Column("mentorship_id", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.String(length=300), nullable=False),
        sa.Column("mentor_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("group_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "minutes BETWEEN 5 AND 720", name=op.f("ck_organisation_sessions_minutes")
        ),
        sa.ForeignKeyConstraint(
            ["mentorship_id"],
            ["organisation_mentorships.id"],
            name=op.f("fk_organisation_sessions_mentorship_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_sessions")),
    )
    op.create_index(
        op.f("ix_organisation_sessions_mentorship_id"),
        "organisation_sessions",
        ["mentorship_id"],
        unique=False,
    )


def _premises_reviews() -> None:
    op.create_table(
        "premises_reviews",
        sa.Column("grant_id", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_premises_reviews_by_id")),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["premises_grants.id"], name=op.f("fk_premises_reviews_grant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_premises_reviews")),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_premises_reviews_grant_id"), "premises_reviews", ["grant_id"], unique=False
    )


def _project_plan_acts() -> None:
    op.create_table(
        "project_plan_acts",
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("token_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor_kind", sa.String(length=20), server_default="person", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["people.id"], name=op.f("fk_project_plan_acts_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["project_plans.id"], name=op.f("fk_project_plan_acts_plan_id")
        ),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_tokens.id"], name=op.f("fk_project_plan_acts_token_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_plan_acts")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_project_plan_acts_plan_id_number")),
        info={"append_only": True},
    )


_MAKE = (
    _organisation_terms,
    _organisation_types,
    _organisation_stages,
    _organisation_pilots,
    _party_branches,
    _work_stations,
    _organisations,
    _social_workers,
    _organisation_acts,
    _organisation_areas,
    _organisation_credentials,
    _organisation_links,
    _organisation_members,
    _organisation_mentorships,
    _organisation_posts,
    _organisation_rolls,
    _organisation_signs,
    _premises_grants,
    _project_plans,
    _organisation_sessions,
    _premises_reviews,
    _project_plan_acts,
)
